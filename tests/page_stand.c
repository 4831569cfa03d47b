#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "hub/accounts.h"
#include "hub/hub_routes.h"
#include "hub/secret.h"
#include "tests/page_stand.h"

int
page_stand_open(void **state)
{
    struct page_stand *s = calloc(1, sizeof *s);
    char path[128];
    struct problem why = {0};
    snprintf(s->folder, sizeof s->folder, "/tmp/staffroom-page-XXXXXX");
    if (!secret_start() || !mkdtemp(s->folder))
        return -1;
    snprintf(path, sizeof path, "%s/hub.sqlite", s->folder);
    s->hub.store = hub_store_open(path, &why);
    if (!s->hub.store)
        fail_msg("%s", why.text);
    s->hub.now = (struct now){.mono_ms = 60000, .wall_s = PAGE_NOW_S};
    s->site = "same-origin";
    s->origin = "";
    s->host = "hub.example";
    s->peer = "192.0.2.7";
    *state = s;
    return 0;
}

int
page_stand_close(void **state)
{
    static const char *const files[] = {"", "-wal", "-shm"};
    struct page_stand *s = *state;
    char path[128];
    http_answer_destroy(&s->answer);
    hub_close(&s->hub);
    arena_destroy(&s->arena);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/hub.sqlite%s", s->folder, files[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/revision", s->folder);
    unlink(path);
    rmdir(s->folder);
    free(s);
    return 0;
}

/* ---- a browser ---------------------------------------------------------- */

static const char *
header(const struct http_request *r, const char *name)
{
    const struct page_stand *s = r->connection;
    bool is_post = r->method == HTTP_POST;
    if (strcasecmp(name, "Cookie") == 0)
        return s->cookie;
    if (strcasecmp(name, "Accept") == 0)
        return "text/html";
    if (strcasecmp(name, "Host") == 0)
        return s->host;
    if (strcasecmp(name, "Sec-Fetch-Site") == 0)
        return is_post ? s->site : "none";
    if (strcasecmp(name, "Origin") == 0)
        return is_post ? s->origin : "";
    return "";
}

/* name=value up to the first ;, gone when the age is 0. */
static void
take_cookies(struct page_stand *s)
{
    for (int i = 0; i < s->answer.header_count; i++) {
        const char *value = s->answer.headers[i].value;
        if (strcasecmp(s->answer.headers[i].name, "Set-Cookie") != 0)
            continue;
        bool is_said = strncmp(value, "staffroom-said=", 15) == 0;
        bool is_known = strstr(value, "staffroom-known=") != NULL;
        char *kept = is_said ? s->said : is_known ? s->known : s->session;
        size_t size = is_said    ? sizeof s->said
                      : is_known ? sizeof s->known
                                 : sizeof s->session;
        bool is_gone = strstr(value, "Max-Age=0") != NULL;
        snprintf(kept, size, "%.*s", is_gone ? 0 : (int) strcspn(value, ";"),
                 value);
    }
}

static int
ask(struct page_stand *s, enum http_method method, const char *target,
    const char *body)
{
    struct http_request r = {.method = method,
                             .body = body,
                             .body_len = strlen(body),
                             .peer = s->peer,
                             .header = header,
                             .connection = s,
                             .arena = &s->arena};
    http_answer_destroy(&s->answer);
    arena_reset(&s->arena);
    s->hub.person = (struct hub_person){0};
    s->hub.session = (struct hub_session){0};
    snprintf(s->cookie, sizeof s->cookie, "%s; %s; %s", s->session, s->said,
             s->known);
    assert_true(http_target_read(&s->arena, target, &r.path, &r.query));
    routes_answer(&hub_routes, &s->hub, &r, &s->answer);
    take_cookies(s);
    return s->answer.status;
}

int
page_stand_get(struct page_stand *s, const char *path)
{
    return ask(s, HTTP_GET, path, "");
}

int
page_stand_post(struct page_stand *s, const char *path, const char *form)
{
    return ask(s, HTTP_POST, path, form);
}

int
page_stand_send(struct page_stand *s, const char *path, const char *form)
{
    char begin[256], body[4096];
    snprintf(begin, sizeof begin,
             "action=\"%s\"><input type=\"hidden\" name=\"token\" value=\"",
             path);
    const char *token = strstr(page_stand_body(s), begin);
    if (!token)
        fail_msg("no form for %s on this page:\n%s", path, page_stand_body(s));
    token += strlen(begin);
    int len = snprintf(body, sizeof body, "token=%.*s&%s",
                       (int) strcspn(token, "\""), token, form);
    assert_in_range(len, 1, sizeof body - 1);
    return page_stand_post(s, path, body);
}

const char *
page_stand_header(const struct page_stand *s, const char *name)
{
    for (int i = 0; i < s->answer.header_count; i++)
        if (strcasecmp(s->answer.headers[i].name, name) == 0)
            return s->answer.headers[i].value;
    return "";
}

const char *
page_stand_body(const struct page_stand *s)
{
    return text_string(&s->answer.body);
}

void
page_stand_has(const struct page_stand *s, const char *words)
{
    if (!strstr(page_stand_body(s), words))
        fail_msg("\"%s\" is not in this page:\n%s", words, page_stand_body(s));
}

void
page_stand_has_not(const struct page_stand *s, const char *words)
{
    if (strstr(page_stand_body(s), words))
        fail_msg("\"%s\" is in this page:\n%s", words, page_stand_body(s));
}

/* ---- what is there ------------------------------------------------------ */

void
page_stand_set_up(struct page_stand *s)
{
    char path[128];
    assert_true(accounts_open_set_up(&s->hub, path, sizeof path));
    assert_int_equal(page_stand_post(s, path,
                                     "name=Maria&password=" PAGE_PASSWORD
                                     "&again=" PAGE_PASSWORD
                                     "&title=Northside&zone=Europe/London"
                                     "&schools=Hillcrest+Primary%0D%0A"
                                     "St+Aidan's"),
                     303);
}

void
page_stand_switch_on_codes(struct page_stand *s)
{
    struct arena arena = {0};
    struct problem why = {0};
    struct hub_person maria;
    assert_true(hub_store_person(s->hub.store, &arena, "Maria", &maria));
    maria.totp = PAGE_TOTP;
    if (!hub_store_change_person(s->hub.store, &maria, &why))
        fail_msg("%s", why.text);
    arena_destroy(&arena);
}

int64_t
page_stand_pair(struct page_stand *s, const char *name)
{
    static const unsigned char hash[HUB_HASH_BYTES] = {1};
    struct arena arena = {0};
    struct problem why = {0};
    const struct hub_device *list;
    char code[9];
    secret_letters("BCDFGHJKLMNPQRSTVWXZ", 8, code);
    if (!hub_store_begin_pairing(s->hub.store, code, hash, PAGE_NOW_S, &why) ||
        !hub_store_accept_pairing(s->hub.store, code, name, "hillcrest-primary",
                                  PAGE_NOW_S, &why))
        fail_msg("%s", why.text);
    int count = hub_store_devices(s->hub.store, &arena, &list);
    int64_t number = count > 0 ? list[count - 1].number : 0;
    arena_destroy(&arena);
    return number;
}

void
page_stand_postit(struct page_stand *s, int64_t device, const char *id,
                  const char *text, const char *author)
{
    struct problem why = {0};
    struct hub_postit p = {.text = text,
                           .author = author,
                           .answers = "",
                           .school = "hillcrest-primary",
                           .made_s = PAGE_NOW_S - 240,
                           .expires_s = PAGE_NOW_S + 86400};
    snprintf(p.id, sizeof p.id, "%s", id);
    assert_int_equal(
        hub_store_put_postit(s->hub.store, &p, device, PAGE_NOW_S, &why),
        HUB_PUT_NEW);
}

enum hub_postit_state
page_stand_state(struct page_stand *s, const char *id)
{
    struct arena arena = {0};
    const struct hub_postit *list;
    enum hub_postit_state state = HUB_POSTIT_DOWN;
    int count = hub_store_postits(s->hub.store, &arena, -1, PAGE_NOW_S, &list);
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].id, id) == 0)
            state = list[i].state;
    arena_destroy(&arena);
    return state;
}
