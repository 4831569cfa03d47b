#ifndef IO_HTTP_CLIENT_EXPLAIN_H
#define IO_HTTP_CLIENT_EXPLAIN_H

#include <stdbool.h>

#include <curl/curl.h>

#include "base/problem.h"

/*
 * What went wrong with a request, as a teacher can read it: what happened and
 * what to do. For http_client only. Pure.
 */

/* Reasons of our own to give a request up. */
enum http_refusal {
    REFUSAL_NONE,
    REFUSAL_TOO_LARGE,
    REFUSAL_NOT_PUBLIC,   // the guard
    REFUSAL_NOT_SECURE,   // a redirect from https to http
    REFUSAL_NOT_WEB,      // a redirect to file, ftp …
    REFUSAL_IN_CIRCLES,   // too many redirects
    REFUSAL_LONG_HEADERS, // more headers than anybody needs
    REFUSAL_ELSEWHERE,    // a redirect to another server
    REFUSAL_SECRET,       // a token would leave this machine in plain letters
};

struct http_failure {
    CURLcode code;
    long verify;       // CURLINFO_SSL_VERIFYRESULT: X509_V_ERR_…
    long proxy_status; // CURLINFO_HTTP_CONNECTCODE
    bool is_proxied;
};

void http_explain_refusal(enum http_refusal refusal, size_t most_bytes,
                          struct problem *why);
void http_explain_failure(const struct http_failure *f, struct problem *why);
void http_explain_status(long status, struct problem *why);

#endif
