#ifndef HUB_WEB_FILES_H
#define HUB_WEB_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "hub/http.h"

/*
 * The style sheet, scripts and pictures of the hub's pages, read once from
 * assets/web at the start: what is not in that folder then cannot be asked
 * for, whatever the path says.
 */

struct web_file {
    const char *name, *type, *bytes, *etag;
    size_t len;
};

struct web_files {
    struct web_file *files; // in the arena
    size_t count;
    struct arena arena;
};

/* STAFFROOM_ASSETS, else assets/ of the tree this program was built in, else
   /usr/share/staffroom; the `web` folder in it. False when none is there. */
bool web_files_folder(char *out, size_t size);

#define WEB_FILE_MOST_BYTES ((size_t) 2 * 1024 * 1024)

/* Plain files with an ending we know the type of; up to 256. */
bool web_files_read(struct web_files *w, const char *folder,
                    struct problem *why);
/* Photos only (.jpg, .png), from a folder that others than we may fill. One
   that is not there has none. */
bool web_files_read_photos(struct web_files *w, const char *folder,
                           struct problem *why);
void web_files_destroy(struct web_files *w);

/* 200, 304 or 404; the bytes stay ours until the server closes. */
void web_files_answer(const struct web_files *w, const char *name,
                      const struct http_request *r, struct http_answer *a);

#endif
