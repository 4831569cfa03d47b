#ifndef HUB_PREVIEW_PART_H
#define HUB_PREVIEW_PART_H

#include <limits.h>

#include "base/arena.h"
#include "base/problem.h"
#include "hub/preview.h"

/*
 * What preview.c (who waits for which drawing, and what is kept) has from
 * preview_run.c (the program's runs), preview_read.c (what it said and wrote)
 * and preview_files.c.
 */

struct child;

#define PREVIEW_SLIDES_MOST 64
#define PREVIEW_PICTURES_MOST 200
#define PREVIEW_PICTURE_BYTES_MOST ((size_t) 8 * 1024 * 1024)
#define PREVIEW_DRAWINGS_MOST 24 // queued and kept

/* What is in a drawing's folder while the program runs. */
#define PREVIEW_OUT "out" // where it writes
#define PREVIEW_FEED "feed.json"
#define PREVIEW_SETTINGS "plain.conf" // not those of a kiosk on this machine

enum stage { // of a drawing, which is made in several runs
    STAGE_NONE, // a free place
    STAGE_QUEUED,
    STAGE_LIST,
    STAGE_RENDER, // when it is to be drawn
    STAGE_CHECK,  // when it is to be measured
    STAGE_DONE,
    STAGE_FAILED,
};

struct drawing {
    enum stage stage;
    struct preview_drawing is; // what callers see; its number is the folder's
    bool is_measure;
    int64_t change; // of a measure: a hash of its feed
    int64_t minute;
    enum preview_shape shape;
    bool is_nameless;
    struct arena arena;
    const char *const *names;
    size_t bytes;    // of its pictures
    int64_t used_ms; // when last asked for; FAILED: when it did
};

struct preview {
    char *folder, *program;
    int beside;
    struct drawing drawings[PREVIEW_DRAWINGS_MOST];
    struct drawing *running; // the one whose child it is
    struct child *child;
    int last_number;
};

/* ---- preview_run.c ---- */

const char *preview_folder_of(const struct preview *p, const struct drawing *d,
                              char path[PATH_MAX]);

/* The next run of a drawing: that of its stage. */
bool preview_start_run(struct preview *p, struct drawing *d,
                       struct problem *why);
/* What it has left behind, once it has ended: the drawing is at its next stage.
   False with `why` when it is of no use. */
bool preview_take_run(struct preview *p, struct drawing *d,
                      struct problem *why);
void preview_end_child(struct preview *p);

/* ---- preview_read.c ---- */

/* What --list said: one JSON object a line. In `a`. */
bool preview_read_list(struct arena *a, const struct text *said,
                       const struct preview_slide **slides, int *count,
                       const char *const **names, struct problem *why);

/* What --check said, for people: whether it is that something is left out. */
bool preview_says_cut(const struct text *said);

/*
 * What --render said, one path a line, and the files themselves: each must have
 * the name its slide gives it, and be a PNG of the shape. They are moved to
 * `folder` as 1.png, 2.png … `bytes` is their sum.
 */
bool preview_take_pictures(struct arena *a, const struct text *said,
                           const char *folder,
                           const struct preview_shape_row *shape,
                           const char *const *names,
                           struct preview_drawing *d, size_t *bytes,
                           struct problem *why);

/* ---- preview_files.c ---- */

/* The program's absolute path, to be freed; NULL when there is none. */
char *preview_find_program(const char *said);

/* Whole, or false; no fsync: nobody needs it after a power cut. */
bool preview_write(const char *folder, const char *name, const char *bytes,
                   size_t len);
/* With all that is in it; links are not followed. */
void preview_remove(const char *folder);

#endif
