#include "io/http_client_transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "io/http_client_facts.h"
#include "io/http_client_url.h"
#include "io/http_guard.h"

#define SLOW_BYTES_PER_S 50L
#define REDIRECTS_MOST 5
#define HEADERS_MOST ((size_t) 64 * 1024)
#define RETRY_AFTER_MOST_S (24 * 60 * 60)
#define SEEK_MS 5000

/*
 * Called with what came after decompression, which is what has to be counted:
 * Content-Length, and libcurl's own limit, only see the bytes on the wire.
 */
static size_t
take_body(char *bytes, size_t size, size_t count, void *data)
{
    struct transfer *t = data;
    size_t len = size * count;
    if (len > t->most_bytes - t->body.len) {
        t->refusal = REFUSAL_TOO_LARGE;
        return 0;
    }
    text_add(&t->body, bytes, len);
    return len;
}

/* libcurl keeps all headers and sets no limit to their number. */
static size_t
count_header(char *bytes, size_t size, size_t count, void *data)
{
    struct transfer *t = data;
    (void) bytes;
    t->header_bytes += size * count;
    if (t->header_bytes > HEADERS_MOST) {
        t->refusal = REFUSAL_LONG_HEADERS;
        return 0;
    }
    return size * count;
}

/* A token, or what somebody wrote, in plain letters: for the hub on this very
   machine only. */
static bool
must_stay_here(const struct transfer *t)
{
    return t->is_secret && !http_url_is_secure(t->url);
}

static bool
may_connect(struct transfer *t, enum http_place place)
{
    if (must_stay_here(t) && place != HTTP_PLACE_LOOPBACK) {
        t->refusal = REFUSAL_SECRET;
        return false;
    }
    // Behind a proxy the address is the proxy's; names were looked at before.
    if (!t->is_guarded || t->is_proxied || http_guard_allows(place, t->allowed))
        return true;
    t->was_guard_hit = true;
    return false;
}

/* Sees every address a name resolves to, just before it is connected. */
static curl_socket_t
open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void) purpose;
    if (!may_connect(data, http_place_of(&address->addr)))
        return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC,
                  address->protocol);
}

/* Sees connections that were kept open, too: these open no socket. */
static int
look_before_request(void *data, char *remote, char *local, int remote_port,
                    int local_port)
{
    (void) local, (void) remote_port, (void) local_port;
    return may_connect(data, http_place_of_text(remote))
               ? CURL_PREREQFUNC_OK
               : CURL_PREREQFUNC_ABORT;
}

static void
set_callbacks(struct transfer *t)
{
    curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
    curl_easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->error);
    curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, count_header);
    curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(t->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(t->easy, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(t->easy, CURLOPT_PREREQFUNCTION, look_before_request);
    curl_easy_setopt(t->easy, CURLOPT_PREREQDATA, t);
}

static void
set_options(struct transfer *t)
{
    const struct transfer_options *o = t->options;
    CURL *e = t->easy;
    curl_easy_reset(e);
    set_callbacks(t);
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    // getaddrinfo cannot be interrupted: a thread of libcurl's that hangs in
    // it is left to itself instead of being waited for.
    curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L); // see transfer_follow
    curl_easy_setopt(e, CURLOPT_CERTINFO, 1L);
    curl_easy_setopt(e, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
    curl_easy_setopt(e, CURLOPT_NOPROXY, ""); // see transfer_start
    curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long) o->connect_ms);
    curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES_PER_S);
    curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, (long) o->slow_after_s);
    curl_easy_setopt(e, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) t->most_bytes);
    // A filter's new certificate is noticed within the hour, not the day.
    curl_easy_setopt(e, CURLOPT_CA_CACHE_TIMEOUT, 3600L);
    if (*o->ca_file) {
        curl_easy_setopt(e, CURLOPT_CAINFO, o->ca_file);
        curl_easy_setopt(e, CURLOPT_PROXY_CAINFO, o->ca_file);
    }
    if (*o->user_agent)
        curl_easy_setopt(e, CURLOPT_USERAGENT, o->user_agent);
    curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers);
}

static void
set_method(struct transfer *t, const struct http_request *r)
{
    if (r->json) // before the method, which it would set to POST
        curl_easy_setopt(t->easy, CURLOPT_COPYPOSTFIELDS, r->json);
    if (r->method)
        curl_easy_setopt(t->easy, CURLOPT_CUSTOMREQUEST, r->method);
}

static void
add_header(struct transfer *t, const char *name, const char *value)
{
    if (!value || !*value || strpbrk(value, "\r\n"))
        return;
    struct text line = {0};
    text_add_format(&line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(t->headers, line.bytes);
    if (!longer)
        memory_exhausted();
    t->headers = longer;
    text_destroy(&line);
}

static void
add_token(struct transfer *t, const char *token)
{
    struct text value = {0};
    text_add_format(&value, "Bearer %s", token);
    add_header(t, "Authorization", value.bytes);
    text_destroy(&value);
}

void
transfer_prepare(struct transfer *t, const struct transfer_options *o,
                 const struct http_request *r, char *url)
{
    if (!t->easy && !(t->easy = curl_easy_init()))
        memory_exhausted();
    t->is_busy = true;
    t->options = o;
    t->tag = r->tag;
    t->url = url;
    t->most_bytes = r->most_bytes;
    t->is_guarded = r->is_guarded;
    t->allowed = r->allowed;
    t->stays_at_origin = r->stays_at_origin;
    t->seeks_issuer = r->seeks_issuer;
    t->deadline_ms = clock_mono_ms() + o->total_ms;
    // What a screen is paired by stands in the body.
    t->is_secret = (r->bearer && *r->bearer) || r->json;
    t->stays = t->is_secret || r->method;
    add_header(t, "Accept", r->accept);
    if (r->bearer && *r->bearer)
        add_token(t, r->bearer);
    if (r->json)
        add_header(t, "Content-Type", "application/json");
    add_header(t, "If-None-Match", r->etag);
    add_header(t, "If-Modified-Since", r->last_modified);
    set_options(t);
    set_method(t, r);
}

bool
transfer_start(struct transfer *t, CURLM *multi)
{
    const struct transfer_options *o = t->options;
    char *host = http_url_host(t->url);
    // No proxy leads to this machine: it would look on its own.
    t->is_proxied = *o->proxy && !must_stay_here(t) &&
                    !http_guard_is_this_machine(host) &&
                    !http_no_proxy_has(o->no_proxy, host);
    bool may = !t->is_guarded || !t->is_proxied ||
               http_guard_allows_name(host, t->allowed);
    free(host);
    if (!may) {
        t->refusal = REFUSAL_NOT_PUBLIC;
        return false;
    }
    int64_t left_ms = t->deadline_ms - clock_mono_ms();
    text_cut(&t->body, 0);
    t->header_bytes = 0;
    t->was_guard_hit = false;
    t->error[0] = '\0';
    curl_easy_setopt(t->easy, CURLOPT_URL, t->url);
    // "" and not NULL, which would ask the environment.
    curl_easy_setopt(t->easy, CURLOPT_PROXY, t->is_proxied ? o->proxy : "");
    curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS,
                     (long) (left_ms > 0 ? left_ms : 1));
    check(curl_multi_add_handle(multi, t->easy) == CURLM_OK);
    return true;
}

static bool
is_redirect(long status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 ||
           status == 308;
}

/* Where it leads, followed or not: a page to sign in to, as a rule. */
static void
note_way(struct transfer *t, const char *to)
{
    if (http_same_origin(t->url, to))
        return;
    free(t->led_to);
    t->led_to = http_url_for_log(to);
}

/*
 * By hand, because libcurl's own following would judge neither the proxy nor
 * the guard anew at each hop, nor notice https → http after http → https.
 */
bool
transfer_follow(struct transfer *t, CURLM *multi)
{
    long status = 0;
    char *to = NULL;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &to);
    if (!is_redirect(status) || !to)
        return false;
    note_way(t, to);
    if (t->stays)
        return false;
    char *url = http_url_tidy(to);
    if (!url)
        t->refusal = REFUSAL_NOT_WEB;
    else if (http_url_is_secure(t->url) && !http_url_is_secure(url))
        t->refusal = REFUSAL_NOT_SECURE;
    else if (t->stays_at_origin && !http_same_origin(t->url, url))
        t->refusal = REFUSAL_ELSEWHERE;
    else if (++t->redirects > REDIRECTS_MOST)
        t->refusal = REFUSAL_IN_CIRCLES;
    if (t->refusal) {
        free(url);
        return false;
    }
    free(t->url);
    t->url = url;
    return transfer_start(t, multi);
}

/* A value that does not fit is left out: half an ETag is a wrong one. */
static void
copy_fitting(char *out, size_t size, const char *value)
{
    out[0] = '\0';
    if (value && strlen(value) < size)
        snprintf(out, size, "%s", value);
}

static const char *
header_value(CURL *easy, const char *name)
{
    struct curl_header *found;
    if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK)
        return NULL;
    return found->value;
}

static int64_t
server_time(CURL *easy)
{
    const char *date = header_value(easy, "Date");
    const char *age = header_value(easy, "Age");
    time_t at = date ? curl_getdate(date, NULL) : -1;
    if (at <= 0)
        return 0;
    long old_s = age ? strtol(age, NULL, 10) : 0;
    return (int64_t) at + (old_s > 0 && old_s < 365L * 86400 ? old_s : 0);
}

static bool
asks_for_token(CURL *easy)
{
    const char *asked = header_value(easy, "WWW-Authenticate");
    return asked && strncasecmp(asked, "Bearer", strlen("Bearer")) == 0;
}

static void
fill_headers(const struct transfer *t, CURLcode code, struct http_reply *reply)
{
    CURL *e = t->easy;
    char *ip = NULL, *type = NULL;
    curl_off_t retry_s = 0;
    curl_easy_getinfo(e, CURLINFO_PRIMARY_IP, &ip);
    curl_easy_getinfo(e, CURLINFO_CONTENT_TYPE, &type);
    curl_easy_getinfo(e, CURLINFO_RETRY_AFTER, &retry_s);
    copy_fitting(reply->etag, sizeof reply->etag, header_value(e, "ETag"));
    copy_fitting(reply->last_modified, sizeof reply->last_modified,
                 header_value(e, "Last-Modified"));
    copy_fitting(reply->content_type, sizeof reply->content_type, type);
    copy_fitting(reply->final_url, sizeof reply->final_url, t->url);
    if (retry_s > 0)
        reply->retry_after_s =
            (int) (retry_s < RETRY_AFTER_MOST_S ? retry_s : RETRY_AFTER_MOST_S);
    reply->wants_bearer = reply->status == 401 && asks_for_token(e);
    http_facts_of(t, code, &reply->facts);
    reply->facts.server_s = server_time(e);
    if (http_url_is_secure(t->url))
        reply->server_s = reply->facts.server_s;
    if (!t->is_proxied && ip && *ip)
        reply->place = http_place_of_text(ip);
}

static void
explain(struct transfer *t, CURLcode code, struct http_reply *reply)
{
    struct http_failure f = {.code = code, .is_proxied = t->is_proxied};
    curl_easy_getinfo(t->easy, CURLINFO_SSL_VERIFYRESULT, &f.verify);
    curl_easy_getinfo(t->easy, CURLINFO_HTTP_CONNECTCODE, &f.proxy_status);
    if (code == CURLE_FILESIZE_EXCEEDED)
        t->refusal = REFUSAL_TOO_LARGE;
    if (code != CURLE_OK && t->was_guard_hit && !t->refusal)
        t->refusal = REFUSAL_NOT_PUBLIC;
    if (t->refusal)
        http_explain_refusal(t->refusal, t->most_bytes, &reply->why);
    else if (code != CURLE_OK)
        http_explain_failure(&f, &reply->why);
    else
        http_explain_status(reply->status, &reply->why);

    char *plain = http_url_for_log(t->url);
    const char *words = t->error[0] ? t->error : curl_easy_strerror(code);
    if (code == CURLE_OK)
        snprintf(reply->detail, sizeof reply->detail, "HTTP %d from %.180s",
                 reply->status, plain);
    else
        snprintf(reply->detail, sizeof reply->detail,
                 "curl %d: %.110s; HTTP %d from %.90s", (int) code, words,
                 reply->status, plain);
    free(plain);
}

static enum http_outcome
outcome_of(const struct transfer *t, CURLcode code, long status)
{
    if (code != CURLE_OK || t->refusal)
        return HTTP_FAILED;
    if (status == 304)
        return HTTP_NOT_MODIFIED;
    if (status >= 200 && status <= 299 && t->body.len)
        return HTTP_OK;
    return HTTP_STATUS;
}

static void
fill_reply(struct transfer *t, CURLcode code, struct http_reply *reply)
{
    long status = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    *reply = (struct http_reply){
        .tag = t->tag,
        .status = (int) status,
        .outcome = outcome_of(t, code, status),
    };
    fill_headers(t, code, reply);
    switch (reply->outcome) {
    case HTTP_OK:
        reply->body = t->body;
        t->body = (struct text){0};
        break;
    case HTTP_NOT_MODIFIED:
        break;
    case HTTP_STATUS:
    case HTTP_FAILED:
        explain(t, code, reply);
        if (reply->outcome == HTTP_FAILED || !reply->wants_bearer)
            break;
        reply->body = t->body;
        t->body = (struct text){0};
        break;
    }
}

/*
 * Whose certificate it is that nobody here believes is what a school's IT has
 * to know, and OpenSSL has thrown it away by now. So the server is called once
 * more and, whoever it is, told nothing: libcurl stops after the handshake.
 */
bool
transfer_seek_issuer(struct transfer *t, CURLcode code, CURLM *multi)
{
    int64_t left_ms = t->deadline_ms - clock_mono_ms();
    if (code != CURLE_PEER_FAILED_VERIFICATION || !t->seeks_issuer ||
        t->refusal || t->disbelieved || left_ms <= 0)
        return false;
    t->disbelieved = memory_take_zeroed(sizeof *t->disbelieved);
    fill_reply(t, code, t->disbelieved);
    t->disbelieved->facts.is_disbelieved = true;
    if (*t->disbelieved->facts.issuer) // GnuTLS has said so already
        return false;
    CURL *e = t->easy;
    curl_easy_setopt(e, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(e, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(e, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    curl_easy_setopt(e, CURLOPT_TIMEOUT_MS,
                     (long) (left_ms < SEEK_MS ? left_ms : SEEK_MS));
    check(curl_multi_add_handle(multi, e) == CURLM_OK);
    return true;
}

void
transfer_reply(struct transfer *t, CURLcode code, struct http_reply *reply)
{
    if (!t->disbelieved) {
        fill_reply(t, code, reply);
        return;
    }
    *reply = *t->disbelieved;
    free(t->disbelieved);
    t->disbelieved = NULL;
    if (!*reply->facts.issuer)
        http_facts_issuer(t->easy, reply->facts.issuer,
                          sizeof reply->facts.issuer);
}

void
transfer_reset(struct transfer *t)
{
    CURL *easy = t->easy;
    free(t->url);
    free(t->led_to);
    if (t->disbelieved)
        http_reply_destroy(t->disbelieved);
    free(t->disbelieved);
    curl_slist_free_all(t->headers);
    text_destroy(&t->body);
    *t = (struct transfer){.easy = easy};
}

void
transfer_destroy(struct transfer *t)
{
    transfer_reset(t);
    curl_easy_cleanup(t->easy);
    t->easy = NULL;
}
