#ifndef HUB_HTTP_H
#define HUB_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

/*
 * A request and its answer, without a web server: what routes and pages work
 * with, and what a test can make by hand. One at a time, one thread.
 */

enum http_method {
    HTTP_GET, // HEAD as well: the server leaves the body out
    HTTP_POST,
    HTTP_PUT,
    HTTP_DELETE,
    HTTP_OTHER,
};

struct http_request {
    enum http_method method;
    const char *path;  // decoded once, absolute, without "..", "//" or NUL;
                       // an encoded slash is HTTP_ENCODED_SLASH
    const char *query; // as sent, behind the ?; ""
    const char *body;  // whole, NUL-terminated as well; at most 64 KiB
    size_t body_len;
    const char *peer;  // address of who asks, "" for a UNIX socket without proxy
    // Headers by their name in any case; "" when absent. Those that matter may
    // stand there once only: the server has seen to that.
    const char *(*header)(const struct http_request *r, const char *name);
    void *connection;    // the server's own
    struct arena *arena; // until the answer is sent
    bool may_wait;       // whether the answer may be http_answer.wait_ms
};

#define HTTP_HEADERS_MOST 8

/*
 * What the server has made of an answer without a body, so that the next one who
 * gets the same costs less. Whoever gives such answers keeps it, zero before the
 * first, and destroys it when the answer changes.
 */
struct http_ready {
    void *made; // owned; what it is, is up to the server
    void (*free_made)(void *made);
};
void http_ready_destroy(struct http_ready *r);

struct http_answer {
    // Above 0: there is no answer yet, and nothing else in here. The same is
    // asked again when something has ended that goes on beside the requests,
    // or after so long at the latest, and then as often as need be: what is
    // done before the answer is done every time.
    int wait_ms;
    int status;
    const char *type;   // Content-Type; NULL: no body
    struct text body;   // owned
    // Instead of `body`: bytes that outlive the request, kept by whoever gave
    // them until the server has sent them (see feed.h). `release`, where there
    // is one, is called once with `release_data` when nobody reads them any
    // more: also when the caller went away.
    const char *kept;
    size_t kept_len;
    void (*release)(void *data);
    void *release_data;
    struct {
        const char *name, *value; // live as long as the request's arena
    } headers[HTTP_HEADERS_MOST];
    int header_count;
    struct http_ready *ready; // borrowed; NULL: this answer is of its own
};

/* Beside those the server adds to every answer: nosniff, a Referer for
   ourselves only, COOP, a CSP on pages, and "Cache-Control: no-store" where the
   answer has none. */
void http_answer_header(struct http_answer *a, const char *name,
                        const char *value);
void http_answer_destroy(struct http_answer *a); // calls `release` as well

/* application/problem+json (RFC 9457): a short title, and what to do. Replaces
   the body there was; headers stay. */
void http_answer_problem(struct http_answer *a, int status, const char *title,
                         const char *detail);

/* The same, of a type (RFC 9457 §3.1.1) that programs know: ours are
   "/problems/…", relative to the hub. */
void http_answer_problem_of(struct http_answer *a, int status, const char *type,
                            const char *title, const char *detail);

/* 303 to another page of ours; `path` lives as long as the arena. */
void http_answer_go_to(struct http_answer *a, const char *path);

/* What stands in a path for %2F. A slash that divides nothing must not look
   like one that does: no file and no row of the routes is found by it. Other
   control characters never get into a path. */
#define HTTP_ENCODED_SLASH '\x1f'

/*
 * The target of a request line, as sent: /v1/postits/8f1c?x=y. The path is
 * divided at its slashes first and then decoded, once. False for whatever two
 * programs might read differently: no leading slash, a whole http:// address,
 * characters outside printable ASCII, broken percent-encoding, "//", "." and
 * "..", and an encoded backslash, control character or broken UTF-8.
 */
bool http_target_read(struct arena *a, const char *target, const char **path,
                      const char **query);

/* Whether `list`, the value of an If-None-Match (RFC 9110 §13.1.2), names this
   strong `etag`, quotes included. */
bool http_etag_is_among(const char *list, const char *etag);

#endif
