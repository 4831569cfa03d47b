#ifndef BAD_SERVER_H
#define BAD_SERVER_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Starts tests/bad_server.py, a real web server that misbehaves on request,
 * and tells it what to serve. Ends with the program, whatever happens.
 */

struct bad_server {
    pid_t pid;
    int hold; // closing it ends the server
    char folder[64];
    int http, https, expired, early, unknown, misnamed; // ports
};

void bad_server_start(struct bad_server *s);
void bad_server_stop(struct bad_server *s);

/* Serves `len` bytes at /files/`name`. */
void bad_server_put(const struct bad_server *s, const char *name,
                    const void *bytes, size_t len);

/* Makes /files/`name` answer with that status; 0: as usual again. */
void bad_server_break(const struct bad_server *s, const char *name, int status);

/* How many lines of the request log begin so: "GET /files/feed.json". */
int bad_server_count(const struct bad_server *s, const char *start);

/* Removes a folder a test made, and all in it. */
void remove_folder(const char *folder);

#endif
