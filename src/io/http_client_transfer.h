#ifndef IO_HTTP_CLIENT_TRANSFER_H
#define IO_HTTP_CLIENT_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

#include <curl/curl.h>

#include "base/text.h"
#include "io/http_client.h"
#include "io/http_client_explain.h"

/*
 * One request with all its redirects, from the address to the reply. For
 * http_client only, which owns the multi handle and decides when to sleep.
 */

struct transfer_options { // owned by the client; strings never NULL
    char *proxy, *no_proxy, *ca_file, *user_agent;
    int connect_ms, total_ms, slow_after_s;
};

struct transfer {
    CURL *easy; // owned; kept from one request to the next, with what it knows
    bool is_busy;
    int tag;
    const struct transfer_options *options; // borrowed
    char *url;                              // owned; where it is now
    struct curl_slist *headers;             // owned
    size_t most_bytes;
    bool is_guarded;
    enum http_place allowed;
    bool stays_at_origin;
    bool seeks_issuer;
    bool is_secret;  // carries a token
    bool stays;      // follows no redirect
    int redirects;
    int64_t deadline_ms; // monotonic
    bool is_proxied;
    enum http_refusal refusal;
    bool was_guard_hit; // some address was refused; another may have served
    size_t header_bytes;
    struct text body; // owned
    char *led_to;     // owned; another server it led on to; NULL
    // Owned; the answer, while only the issuer is looked for; NULL.
    struct http_reply *disbelieved;
    char error[CURL_ERROR_SIZE];
};

/* Prepares a request; `url` is taken over. */
void transfer_prepare(struct transfer *t, const struct transfer_options *o,
                      const struct http_request *r, char *url);

/* Asks for t->url; false, with t->refusal, where that must not be. */
bool transfer_start(struct transfer *t, CURLM *multi);

/* True when the answer was a redirect and the next hop is under way. */
bool transfer_follow(struct transfer *t, CURLM *multi);

/* True when a certificate was not believed, and who signed it is being asked. */
bool transfer_seek_issuer(struct transfer *t, CURLcode code, CURLM *multi);

/* Fills `reply` from an answer that is complete, or failed with `code`. */
void
transfer_reply(struct transfer *t, CURLcode code, struct http_reply *reply);

/* Ready for the next request; keeps the easy handle. */
void transfer_reset(struct transfer *t);
void transfer_destroy(struct transfer *t);

#endif
