#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/memory.h"
#include "hub/server_part.h"

/* A body that is too long is read on to here all the same, and thrown away:
   who has not finished speaking does not hear a refusal (RFC 9112 §9.6). */
#define HEARD_OUT_BYTES ((uint64_t) 1024 * 1024)

#define SPARE_MOST_BYTES ((size_t) 8 * 1024)

#define PAGE_POLICY                                                            \
    "default-src 'none'; style-src 'self'; img-src 'self'; "                   \
    "script-src 'self'; connect-src 'self'; font-src 'self'; "                 \
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

static const struct {
    const char *name, *value;
} always[] = {
    {"X-Content-Type-Options", "nosniff"},
    // Nothing of ours leaves for elsewhere. Not no-referrer: with that,
    // browsers send "Origin: null" with our own forms (Fetch §3.2.5), and one
    // that knows no Sec-Fetch-Site (Safari before 16.4) could not sign in.
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};

/* Headers of which there may be one: with two of them, two programs would
   each believe another. */
static const char *const once[] = {
    "Host",          "Content-Length",    "Transfer-Encoding",
    "Authorization", "Content-Type",      "Cookie",
    "Origin",        "X-Forwarded-Proto", "Sec-Fetch-Site",
};
#define ONCE_COUNT (sizeof once / sizeof *once)

struct head {
    const char *next; // where the next header must begin; NULL: not known
    unsigned seen;    // of `once`, bit by bit
    bool is_broken;
};

void *
exchange_begin(void *data, const char *target, struct MHD_Connection *c)
{
    struct exchange *e = memory_take_zeroed(sizeof *e);
    e->server = data;
    e->connection = c;
    e->server->exchange_count++;
    e->target = memory_copy_string(target);
    e->arena = e->server->spare;
    e->server->spare = (struct arena){0};
    e->target_at = target;
    return e;
}

void
exchange_end(void *data, struct MHD_Connection *c, void **own,
             enum MHD_RequestTerminationCode how)
{
    (void) data, (void) how;
    struct exchange *e = *own;
    if (!e)
        return;
    line_renew(line_of(c));
    e->server->exchange_count--;
    text_destroy(&e->body);
    free(e->target);
    // A small one is kept: taking it anew would be a tenth of a short answer.
    arena_destroy(&e->server->spare);
    if (e->arena.given_bytes <= SPARE_MOST_BYTES) {
        arena_reset(&e->arena);
        e->server->spare = e->arena;
    } else {
        arena_destroy(&e->arena);
    }
    free(e);
    *own = NULL;
}

/* ---- the head ---- */

static bool
is_token(const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = name[i];
        bool is_letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                         (c >= 'A' && c <= 'Z');
        if (!is_letter && (c == '\0' || !strchr("!#$%&'*+-.^_`|~", c)))
            return false;
    }
    return len > 0;
}

static bool
has_control(const char *value, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (((unsigned char) value[i] < 0x20 && value[i] != '\t') ||
            value[i] == 0x7f)
            return true;
    return false;
}

static enum MHD_Result
read_header(void *data, enum MHD_ValueKind kind, const char *name,
            size_t name_len, const char *value, size_t value_len)
{
    (void) kind;
    struct head *h = data;
    if (!is_token(name, name_len) || !value || has_control(value, value_len))
        h->is_broken = true;
    // libmicrohttpd 0.9.75 lets NUL, bare LF and folded lines through and reads
    // what is left. It does not move heads, so a gap tells.
    if (h->next && h->next != name)
        h->is_broken = true;
    if (h->next && value)
        h->next = value + value_len + 2;
    for (size_t i = 0; i < ONCE_COUNT; i++) {
        if ((name[0] | 0x20) != (once[i][0] | 0x20) || // most are sorted out
            strcasecmp(name, once[i]) != 0)
            continue;
        h->is_broken |= (h->seen & 1u << i) != 0;
        h->seen |= 1u << i;
    }
    return MHD_YES;
}

static struct head
read_head(const struct exchange *e, struct MHD_Connection *c,
          const char *version)
{
    struct head h = {0};
    // From 1.0 on the library refuses these itself and lays out otherwise.
    if (MHD_VERSION < 0x01000000) {
        const char *end = e->target_at + strlen(e->target);
        h.is_broken = end + 1 != version;
        h.next = version + strlen(version) + 2;
    }
    MHD_get_connection_values_n(c, MHD_HEADER_KIND, read_header, &h);
    return h;
}

static const char *
find_header(struct MHD_Connection *c, const char *name)
{
    const char *value = MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
    return value ? value : "";
}

static const char *
request_header(const struct http_request *r, const char *name)
{
    return find_header(r->connection, name);
}

static enum http_method
read_method(const char *method)
{
    static const struct {
        const char *name;
        enum http_method method;
    } known[] = {
        {"GET", HTTP_GET}, {"HEAD", HTTP_GET},      {"POST", HTTP_POST},
        {"PUT", HTTP_PUT}, {"DELETE", HTTP_DELETE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(method, known[i].name) == 0)
            return known[i].method;
    return HTTP_OTHER;
}

static enum MHD_Result
keep_last_forwarded(void *data, enum MHD_ValueKind kind, const char *name,
                    const char *value)
{
    (void) kind;
    const char **list = data;
    if (strcasecmp(name, "X-Forwarded-For") == 0 && value)
        *list = value;
    return MHD_YES;
}

/* What the last proxy says of who came to it; others can only have been told
   by the caller. */
static const char *
forwarded_for(struct exchange *e, struct MHD_Connection *c)
{
    const char *list = "";
    // A proxy may add to the line there is, or a line of its own.
    MHD_get_connection_values(c, MHD_HEADER_KIND, keep_last_forwarded, &list);
    const char *comma = strrchr(list, ',');
    const char *last = comma ? comma + 1 : list;
    last += strspn(last, " \t");
    size_t len = strspn(last, "0123456789abcdefABCDEF:.");
    if (len == 0 || len >= INET6_ADDRSTRLEN ||
        last[len + strspn(last + len, " ")])
        return NULL;
    return arena_copy(&e->arena, last, len);
}

static const char *
find_peer(struct exchange *e, struct MHD_Connection *c)
{
    const char *told =
        e->server->settings.is_behind_proxy ? forwarded_for(e, c) : NULL;
    return told ? told : line_of(c)->peer;
}

/* ---- the answer ---- */

static struct MHD_Response *
make_response(struct http_answer *a)
{
    struct MHD_Response *response;
    if (a->kept) {
        response = MHD_create_response_from_buffer_with_free_callback_cls(
            a->kept_len, (void *) (uintptr_t) a->kept, a->release,
            a->release_data);
        if (response)
            a->release = NULL;
    } else if (a->body.len) {
        response = MHD_create_response_from_buffer(a->body.len, a->body.bytes,
                                                   MHD_RESPMEM_MUST_FREE);
        if (response)
            a->body = (struct text){0};
    } else {
        response =
            MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    }
    return response;
}

static bool
has_header(const struct http_answer *a, const char *name)
{
    for (int i = 0; i < a->header_count; i++)
        if (strcasecmp(a->headers[i].name, name) == 0)
            return true;
    return false;
}

static bool
add_headers(struct MHD_Response *to, const struct http_answer *a)
{
    bool is_good = true;
    for (int i = 0; i < a->header_count; i++)
        is_good &= MHD_add_response_header(to, a->headers[i].name,
                                           a->headers[i].value) == MHD_YES;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        is_good &= MHD_add_response_header(to, always[i].name,
                                           always[i].value) == MHD_YES;
    if (a->type)
        is_good &=
            MHD_add_response_header(to, "Content-Type", a->type) == MHD_YES;
    if (a->type && strncmp(a->type, "text/html", 9) == 0 &&
        !has_header(a, "Content-Security-Policy"))
        is_good &= MHD_add_response_header(to, "Content-Security-Policy",
                                           PAGE_POLICY) == MHD_YES;
    if (!has_header(a, "Cache-Control"))
        is_good &=
            MHD_add_response_header(to, "Cache-Control", "no-store") == MHD_YES;
    return is_good;
}

static struct MHD_Response *
make_with_headers(struct http_answer *a)
{
    struct MHD_Response *response = make_response(a);
    if (!response) {
        log_error("an answer could not be made");
    } else if (!add_headers(response, a)) {
        log_error("an answer has a header that cannot be sent");
        MHD_destroy_response(response);
        response = NULL;
    }
    return response;
}

static void
free_made(void *made)
{
    MHD_destroy_response(made);
}

/* Takes what `a` owns. MHD_NO closes the connection. */
static enum MHD_Result
send_answer(struct MHD_Connection *c, struct http_answer *a)
{
    struct http_ready *ready = a->ready;
    struct MHD_Response *response =
        ready && ready->made ? ready->made : make_with_headers(a);
    enum MHD_Result sent =
        response ? MHD_queue_response(c, (unsigned) a->status, response)
                 : MHD_NO;
    if (ready)
        *ready = (struct http_ready){response, free_made};
    else if (response)
        MHD_destroy_response(response);
    http_answer_destroy(a);
    return sent;
}

/* ---- the exchange ---- */

static enum MHD_Result
refuse(struct MHD_Connection *c, int status, const char *title,
       const char *detail)
{
    struct http_answer a = {0};
    http_answer_problem(&a, status, title, detail);
    // What follows on this connection may be something else than it seems.
    http_answer_header(&a, "Connection", "close");
    return send_answer(c, &a);
}

static enum MHD_Result
refuse_long_body(struct MHD_Connection *c)
{
    return refuse(c, 413, "That is too long",
                  "The hub takes 64 KiB at once. Send less.");
}

static enum MHD_Result
refuse_to_wait(struct MHD_Connection *c)
{
    return refuse(c, 503, "The hub is busy",
                  "Many are waiting already. Try again in a minute.");
}

/* The head is there; a refusal here does not wait for the body. */
static enum MHD_Result
exchange_check(struct exchange *e, struct MHD_Connection *c,
               const char *version)
{
    struct head h = read_head(e, c, version);
    if (h.is_broken)
        return refuse(c, 400, "The request is ambiguous",
                      "A header is broken, or is there twice.");
    // The library would see to this one too, but sends such answers twice.
    if (strcmp(version, "HTTP/1.0") != 0 && !*find_header(c, "Host"))
        return refuse(c, 400, "The request has no Host",
                      "Say whom you are asking.");
    if (*find_header(c, "Transfer-Encoding")) {
        if (*find_header(c, "Content-Length"))
            return refuse(c, 400, "The request is ambiguous",
                          "It has two lengths.");
        return refuse(c, 411, "The length is missing",
                      "Send Content-Length; the hub takes no chunks.");
    }
    // libmicrohttpd has seen to it that this is a number.
    uint64_t len = strtoull(find_header(c, "Content-Length"), NULL, 10);
    if (len > HEARD_OUT_BYTES)
        return refuse_long_body(c);
    e->is_too_long = len > SERVER_BODY_MOST;
    return MHD_YES;
}

static enum MHD_Result
exchange_answer(struct exchange *e, struct MHD_Connection *c,
                const char *method)
{
    if (e->is_too_long)
        return refuse_long_body(c);
    if (e->is_left)
        return MHD_NO;
    arena_reset(&e->arena); // of what was not yet an answer
    struct http_request r = {
        .method = read_method(method),
        .body = text_string(&e->body),
        .body_len = e->body.len,
        .header = request_header,
        .connection = c,
        .arena = &e->arena,
        .may_wait = wait_left_ms(e) > 0,
    };
    if (!http_target_read(&e->arena, e->target, &r.path, &r.query))
        return refuse(c, 400, "The address cannot be read",
                      "It must be a plain path that begins with /.");
    r.peer = find_peer(e, c);
    struct http_answer a = {0};
    e->server->settings.answer(e->server->settings.data, &r, &a);
    if (a.wait_ms <= 0)
        return send_answer(c, &a);
    int wait = a.wait_ms;
    http_answer_destroy(&a);
    if (!r.may_wait)
        return refuse_to_wait(c);
    wait_begin(e, wait);
    return MHD_YES;
}

enum MHD_Result
exchange_go_on(void *data, struct MHD_Connection *c, const char *url,
               const char *method, const char *version, const char *upload,
               size_t *upload_len, void **own)
{
    (void) data, (void) url;
    struct exchange *e = *own;
    if (!e->is_begun) {
        e->is_begun = true;
        return exchange_check(e, c, version);
    }
    if (*upload_len == 0)
        return exchange_answer(e, c, method);
    if (!e->is_too_long)
        text_add(&e->body, upload, *upload_len);
    *upload_len = 0;
    return MHD_YES;
}
