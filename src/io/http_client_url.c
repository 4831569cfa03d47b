#include "io/http_client_url.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "base/memory.h"
#include "io/http_client.h"

/* Longer ones are refused: servers do so too (RFC 9110 §4.1 asks for 8000). */
#define URL_MOST 8000

static CURLU *
url_new(void)
{
    CURLU *u = curl_url();
    if (!u)
        memory_exhausted();
    return u;
}

/* URLENCODE mends spaces and letters that people leave in addresses. */
static bool
url_set(CURLU *u, const char *text)
{
    return strlen(text) <= URL_MOST &&
           curl_url_set(u, CURLUPART_URL, text, CURLU_URLENCODE) == CURLUE_OK;
}

/* A malloc'ed copy of one part; NULL when there is none. */
static char *
url_part(CURLU *u, CURLUPart part, unsigned flags)
{
    char *found = NULL;
    if (curl_url_get(u, part, &found, flags) != CURLUE_OK)
        return NULL;
    char *copy = memory_copy_string(found);
    curl_free(found);
    return copy;
}

static bool
is_web(CURLU *u)
{
    char *scheme = url_part(u, CURLUPART_SCHEME, 0);
    char *host = url_part(u, CURLUPART_HOST, 0);
    bool ok =
        scheme && host && *host &&
        (strcasecmp(scheme, "http") == 0 || strcasecmp(scheme, "https") == 0);
    free(scheme);
    free(host);
    return ok;
}

char *
http_resolve(const char *base, const char *url)
{
    if (!*url)
        return NULL;
    CURLU *u = url_new();
    char *whole = NULL;
    // A base that is no address only serves addresses that need none.
    if (*base && !url_set(u, base)) {
        curl_url_cleanup(u);
        u = url_new();
    }
    if (url_set(u, url) && is_web(u)) {
        curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
        whole = url_part(u, CURLUPART_URL, 0);
    }
    curl_url_cleanup(u);
    return whole;
}

char *
http_url_tidy(const char *url)
{
    return http_resolve("", url);
}

char *
http_url_origin(const char *url)
{
    CURLU *u = url_new();
    char *origin = NULL;
    if (url_set(u, url) && is_web(u)) {
        char *port = url_part(u, CURLUPART_PORT, CURLU_DEFAULT_PORT);
        curl_url_set(u, CURLUPART_USER, NULL, 0);
        curl_url_set(u, CURLUPART_PASSWORD, NULL, 0);
        curl_url_set(u, CURLUPART_PORT, port, 0);
        curl_url_set(u, CURLUPART_PATH, "/", 0);
        curl_url_set(u, CURLUPART_QUERY, NULL, 0);
        curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
        origin = url_part(u, CURLUPART_URL, 0);
        free(port);
    }
    curl_url_cleanup(u);
    return origin;
}

bool
http_same_origin(const char *a, const char *b)
{
    char *of_a = http_url_origin(a), *of_b = http_url_origin(b);
    bool same = of_a && of_b && strcasecmp(of_a, of_b) == 0;
    free(of_a);
    free(of_b);
    return same;
}

char *
http_url_host(const char *url)
{
    CURLU *u = url_new();
    char *host = url_set(u, url) ? url_part(u, CURLUPART_HOST, 0) : NULL;
    curl_url_cleanup(u);
    return host;
}

bool
http_url_is_secure(const char *url)
{
    return strncasecmp(url, "https:", strlen("https:")) == 0;
}

char *
http_shown(const char *url)
{
    return http_url_for_log(url);
}

char *
http_url_for_log(const char *url)
{
    CURLU *u = url_new();
    char *plain = NULL;
    if (url_set(u, url)) {
        curl_url_set(u, CURLUPART_USER, NULL, 0);
        curl_url_set(u, CURLUPART_PASSWORD, NULL, 0);
        curl_url_set(u, CURLUPART_QUERY, NULL, 0);
        curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
        plain = url_part(u, CURLUPART_URL, 0);
    }
    curl_url_cleanup(u);
    return plain ? plain : memory_copy_string("(no address)");
}
