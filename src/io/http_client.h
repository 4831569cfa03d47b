#ifndef IO_HTTP_CLIENT_H
#define IO_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "base/text.h"
#include "core/net_facts.h"

/*
 * HTTP and HTTPS by libcurl: several requests at once on one thread, which
 * sleeps in http_wait and nowhere else. Opened on the worker, after the first
 * picture is up: libcurl takes 10 ms to start.
 *
 * What changes something at the other end (a method other than GET), and what
 * carries a secret (a bearer token, or a body), goes to the address it was meant
 * for or nowhere: no redirect is followed, and it leaves this machine over https
 * only.
 *
 * Limits: 10 s to connect, 60 s in all, less than 50 bytes/s for 20 s is
 * given up; bodies are counted after decompression; at most 5 redirects,
 * never from https to http; TLS is always verified. For a request that seeks the
 * issuer, a certificate that is not believed is looked at once more, over a
 * connection on which nothing is said, only to learn who signed it.
 */

struct http_client;

struct http_settings {    // borrowed strings, copied; "" or NULL for none
    const char *proxy;    // the environment's proxy variables are never used
    const char *no_proxy; // hosts, domains, "*", addresses, 10.0.0.0/8
    const char *ca_file;  // besides the system's folder of them; PEM
    const char *user_agent;
    int connect_ms;   // 0: 10 s
    int total_ms;     // 0: 60 s, all redirects together
    int slow_after_s; // 0: 20 s
};

/* Starts libcurl. Never NULL. */
struct http_client *http_open(const struct http_settings *s);

/* Abandons what is under way, without waiting for it; NULL is fine. */
void http_close(struct http_client *h);

/* Where an address lives, by what was really connected to. */
enum http_place {
    HTTP_PLACE_UNKNOWN, // behind a proxy, not connected, or no host's address
    HTTP_PLACE_PUBLIC,
    HTTP_PLACE_PRIVATE, // RFC 1918, unique local, carrier NAT
    HTTP_PLACE_LINK,    // link-local
    HTTP_PLACE_LOOPBACK,
};

struct http_request {
    const char *url;
    const char *etag;          // sent as If-None-Match; "" or NULL for none
    const char *last_modified; // sent as If-Modified-Since
    const char *accept;        // media types
    const char *method;        // "PUT" …; NULL: GET
    const char *bearer;        // token (RFC 6750 §2.1); "" or NULL for none
    const char *json;          // body, sent as application/json; NULL for none
    size_t most_bytes;
    // The address came from a feed, so it may lead to public places only, and
    // to `allowed` besides (UNKNOWN: to none). Every address a name resolves
    // to and every redirect is looked at; behind a proxy only names can be.
    bool is_guarded;
    enum http_place allowed;
    bool seeks_issuer;    // of a certificate that is not believed
    bool stays_at_origin; // redirects to another scheme, host or port: refused
    int tag; // the caller's, comes back with the reply
};

enum http_outcome {
    HTTP_OK,           // 2xx with a body
    HTTP_NOT_MODIFIED, // 304
    HTTP_STATUS,       // any other status, and 2xx without a body
    HTTP_FAILED,       // no usable reply
};

struct http_reply {
    int tag;
    enum http_outcome outcome;
    int status;       // 0 when there was none
    struct text body; // owned; of a 2xx, and of a 401 that asks for a token
    char etag[256];   // these four are "" where they are longer than this
    char last_modified[64];
    char content_type[96];
    char final_url[1024];
    int retry_after_s; // 0 none; at most a day
    bool wants_bearer; // 401 that asks for a token (RFC 6750 §3)
    // The server's clock when it answered, 0 unknown: Date and Age (RFC 9111
    // §5.1: a cache in between keeps the old Date). Over https only.
    int64_t server_s;
    enum http_place place;
    struct problem why; // a teacher's sentence when it is not OK or 304
    char detail[240];   // the line for IT: libcurl's words, status, address
    struct net_answer facts; // how it came; answered_s is the caller's
};

#define HTTP_TRANSFERS_MAX 8

/* Copies the request. False when 8 are under way, or when the address is no
   http(s) address or not an allowed one. */
bool http_start(struct http_client *h, const struct http_request *r,
                struct problem *why);

/*
 * Sleeps up to `wait_ms` (-1: until woken) and fills `reply` when one is
 * ready. False: time is up or somebody woke us.
 */
bool http_wait(struct http_client *h, int wait_ms, struct http_reply *reply);
void http_reply_destroy(struct http_reply *r);

void http_wake(struct http_client *h); // from any thread

#define HTTP_WATCHED_MOST 2

/* From now on http_wait also returns, with false, when `fd` can be read: until
   it cannot any more, or another one (-1: none) is named in its place. `which`
   of those places it takes is the caller's business. Borrowed. */
void http_watch(struct http_client *h, int which, int fd);

/* Absolute form of `url` as it stands in a document at `base`: malloc'ed, or
   NULL when it is no http(s) address. */
char *http_resolve(const char *base, const char *url);

/* What of an address may be shown and logged: no user, password, query or
   fragment. Malloc'ed, never NULL. */
char *http_shown(const char *url);

/* "libcurl/8.14.1 OpenSSL/3.5.4" */
void http_describe(char *out, size_t size);

/* Same scheme, host and port. */
bool http_same_origin(const char *a, const char *b);

#endif
