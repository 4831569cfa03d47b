#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/feed_json.h"
#include "hub/device_api.h"
#include "hub/secret.h"
#include "tests/hub_stand.h"

static const struct route rows[] = {
    {HTTP_GET, "/feed.json", hub_feed_answer_public, ROUTE_ANYONE},
    {HTTP_GET, "/v1/feed.json", hub_feed_answer_device, ROUTE_DEVICE},
    {HTTP_PUT, "/v1/postits/{uuid}", device_api_put_postit, ROUTE_DEVICE},
    {HTTP_DELETE, "/v1/postits/{uuid}", device_api_take_back, ROUTE_DEVICE},
    {HTTP_PUT, "/v1/reactions/{target}/{uuid}", device_api_put_reaction,
     ROUTE_DEVICE},
    {HTTP_DELETE, "/v1/reactions/{target}/{uuid}", device_api_undo_reaction,
     ROUTE_DEVICE},
    {HTTP_PUT, "/v1/status", device_api_put_status, ROUTE_DEVICE},
    {HTTP_POST, "/v1/pair", device_api_begin_pairing, ROUTE_ANYONE},
    {HTTP_GET, "/v1/pair/{code}", device_api_end_pairing, ROUTE_ANYONE},
};

static const struct routes routes = {
    .rows = rows,
    .count = sizeof rows / sizeof *rows,
    .device = device_api_gate,
};

static const char *const store_files[] = {"", "-wal", "-shm"};

static void
open_store(struct stand *s)
{
    char path[128];
    struct problem why = {0};
    snprintf(path, sizeof path, "%s/hub.sqlite", s->folder);
    s->hub.store = hub_store_open(path, &why);
    if (!s->hub.store)
        fail_msg("%s", why.text);
}

int
stand_open(void **state)
{
    struct stand *s = calloc(1, sizeof *s);
    snprintf(s->folder, sizeof s->folder, "/tmp/staffroom-hub-XXXXXX");
    if (!secret_start() || !mkdtemp(s->folder))
        return -1;
    s->hub.now = (struct now){.mono_ms = 60000, .wall_s = STAND_NOW_S};
    s->token = s->if_none_match = "";
    s->peer = "192.0.2.7";
    open_store(s);
    *state = s;
    return 0;
}

int
stand_close(void **state)
{
    struct stand *s = *state;
    char path[128];
    http_answer_destroy(&s->answer);
    hub_feed_destroy(&s->hub.feed);
    hub_feed_destroy(&s->hub.feed); // a zeroed one is fine
    hub_store_close(s->hub.store);
    arena_destroy(&s->arena);
    for (size_t i = 0; i < sizeof store_files / sizeof *store_files; i++) {
        snprintf(path, sizeof path, "%s/hub.sqlite%s", s->folder,
                 store_files[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/revision", s->folder);
    unlink(path);
    rmdir(s->folder);
    free(s);
    return 0;
}

static const char *
header(const struct http_request *r, const char *name)
{
    const struct stand *s = r->connection;
    if (strcasecmp(name, "If-None-Match") == 0)
        return s->if_none_match;
    if (strcasecmp(name, "Authorization") == 0)
        return s->token;
    return "";
}

int
stand_ask(struct stand *s, enum http_method method, const char *path,
          const char *body)
{
    struct stand asking = *s; // with the scheme in front of its token
    char authorization[128] = "";
    http_answer_destroy(&s->answer);
    arena_reset(&s->arena);
    if (*s->token)
        snprintf(authorization, sizeof authorization, "Bearer %s", s->token);
    asking.token = authorization;
    struct http_request r = {.method = method,
                             .path = path,
                             .query = "",
                             .body = body,
                             .body_len = strlen(body),
                             .peer = s->peer,
                             .header = header,
                             .connection = &asking,
                             .arena = &s->arena};
    routes_answer(&routes, &s->hub, &r, &s->answer);
    return s->answer.status;
}

int
stand_get(struct stand *s, const char *path)
{
    return stand_ask(s, HTTP_GET, path, "");
}

const char *
stand_header(const struct stand *s, const char *name)
{
    for (int i = 0; i < s->answer.header_count; i++)
        if (strcasecmp(s->answer.headers[i].name, name) == 0)
            return s->answer.headers[i].value;
    return NULL;
}

const char *
stand_body(const struct stand *s)
{
    return s->answer.kept ? s->answer.kept : text_string(&s->answer.body);
}

void
stand_assert_problem(const struct stand *s, int status)
{
    struct problem why = {0};
    int64_t said = 0;
    assert_int_equal(s->answer.status, status);
    assert_string_equal(s->answer.type, "application/problem+json");
    const char *bytes = stand_body(s);
    struct json *body = json_open(bytes, strlen(bytes), &why);
    assert_non_null(json_string(json_get(body, "title")));
    assert_non_null(json_string(json_get(body, "detail")));
    assert_true(json_integer(json_get(body, "status"), 400, 599, &said));
    assert_int_equal(said, status);
    json_close(body);
}

struct stand_token
stand_pair(struct stand *s, const char *name, const char *school)
{
    struct stand_token given;
    char code[9];
    unsigned char secret[SECRET_BYTES], secrets_hash[HUB_HASH_BYTES];
    unsigned char token[SECRET_BYTES], tokens_hash[HUB_HASH_BYTES];
    struct problem why = {0};
    struct hub_device device;
    struct hub_store *store = s->hub.store;
    int64_t now_s = s->hub.now.wall_s;
    secret_letters("BCDFGHJKLMNPQRSTVWXZ", 8, code);
    secret_random(secret, sizeof secret);
    secret_random(token, sizeof token);
    secret_hash(secret, sizeof secret, secrets_hash);
    secret_hash(token, sizeof token, tokens_hash);
    if (!hub_store_begin_pairing(store, code, secrets_hash, now_s, &why) ||
        !hub_store_accept_pairing(store, code, name, school, now_s, &why) ||
        hub_store_end_pairing(store, code, secrets_hash, tokens_hash, now_s,
                              &s->arena, &device) != HUB_PAIRING_GIVEN)
        fail_msg("%s", why.text);
    secret_write(token, given.text);
    return given;
}

void
stand_run_sql(struct stand *s, const char *sql)
{
    char path[128];
    sqlite3 *db;
    snprintf(path, sizeof path, "%s/hub.sqlite", s->folder);
    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
    s->hub.now.mono_ms += 100; // until the hub looks for others' changes
}
