// links: src/hub/door_log.c src/hub/seldom.c
// links: src/hub/feed*.c src/hub/device_api.c src/hub/device_api_read.c
// links: src/hub/device_api_pair.c src/hub/phone_token.c src/hub/moderation.c src/hub/bucket.c
// links: src/hub/routes.c
// links: src/hub/http.c src/hub/html.c src/hub/secret.c src/io/hub_store*.c
// links: src/io/db.c src/io/file.c src/core/feed*.c src/core/json_scan.c
// links: src/core/plain_text.c src/core/html_text.c src/core/compose.c
// links: src/core/character_reference.c src/core/board.c src/core/date.c
// links: src/core/postit_record.c src/base/*.c tests/hub_stand.c
// links: src/core/calendar_meetings.c
// libs: -lcjson -lsqlite3 -lsodium -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/compose.h"
#include "core/feed_json.h"
#include "hub/phone_token.h"
#include "hub/secret.h"
#include "tests/hub_stand.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ONE "00000000-0000-4000-8000-000000000001"
#define OTHER "00000000-0000-4000-8000-000000000002"
#define POSTIT "/v1/postits/" ONE
#define THANK "/v1/reactions/" ONE "/" OTHER
#define PLAIN                                                                  \
    "{\"sort\":\"idea\",\"colour\":\"yellow\",\"text\":\"Draw it\","           \
    "\"author\":\"Jo\",\"answers\":\"q-1\",\"made\":\"2026-11-26T10:40:00Z\"," \
    "\"expires\":\"2026-12-10T10:40:00Z\"}"
#define MADE_S (STAND_NOW_S - 120)

static int
put(struct stand *s, const char *path, const char *body)
{
    return stand_ask(s, HTTP_PUT, path, body);
}

static int
take_away(struct stand *s, const char *path)
{
    return stand_ask(s, HTTP_DELETE, path, "");
}

/* The only post-it there is, also one that had its time; in the stand's arena,
   until it asks again. */
static struct hub_postit
only_postit(struct stand *s)
{
    const struct hub_postit *list;
    int count = hub_store_postits(s->hub.store, &s->arena, -1, 0, &list);
    assert_int_equal(count, 1);
    return list[0];
}

static void
assert_no_postits(struct stand *s)
{
    const struct hub_postit *list;
    assert_int_equal(hub_store_postits(s->hub.store, &s->arena, -1, 0, &list),
                     0);
}

/* ---- post-its ----------------------------------------------------------- */

static void
a_postit_comes_and_waits(void **state)
{
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    assert_int_equal(put(s, POSTIT, PLAIN), 201);
    assert_string_equal(s->answer.type, "application/json");
    struct hub_postit p = only_postit(s);
    assert_string_equal(p.id, ONE);
    assert_string_equal(p.text, "Draw it");
    assert_string_equal(p.author, "Jo");
    assert_string_equal(p.answers, "q-1");
    assert_string_equal(p.school, "hillcrest");
    assert_int_equal(p.sort, SORT_IDEA);
    assert_int_equal(p.colour, COLOUR_YELLOW);
    assert_int_equal(p.made_s, MADE_S);
    assert_int_equal(p.expires_s, MADE_S + 14 * DAY_S);
    assert_int_equal(p.state, HUB_POSTIT_WAITING);
}

/* The reply was lost after the commit: the case to get right. */
static void
the_same_again_is_one_postit(void **state)
{
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    assert_int_equal(put(s, POSTIT, PLAIN), 201);
    s->hub.now.wall_s += 3600;
    assert_int_equal(put(s, POSTIT, PLAIN), 200);
    (void) only_postit(s);
    assert_int_equal(put(s, POSTIT,
                         "{\"sort\":\"idea\",\"colour\":\"yellow\","
                         "\"text\":\"Another\"}"),
                     409);
    stand_assert_problem(s, 409);
    assert_string_equal(only_postit(s).text, "Draw it");
}

/* Also where the hub put the time right, which is another one each time. */
static void
the_same_again_from_a_wrong_clock(void **state)
{
    static const char ahead[] =
        "{\"sort\":\"idea\",\"colour\":\"pink\",\"text\":\"x\","
        "\"made\":\"2031-01-01T00:00:00Z\"}";
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    assert_int_equal(put(s, POSTIT, ahead), 201);
    assert_int_equal(only_postit(s).made_s, STAND_NOW_S);
    s->hub.now.wall_s += 60;
    assert_int_equal(put(s, POSTIT, ahead), 200);
}

static void
what_is_taken_back_stays_away(void **state)
{
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    assert_int_equal(put(s, POSTIT, PLAIN), 201);
    assert_int_equal(take_away(s, POSTIT), 204);
    assert_null(s->answer.type);
    assert_no_postits(s);
    assert_int_equal(take_away(s, POSTIT), 204);
    assert_int_equal(put(s, POSTIT, PLAIN), 410);
    stand_assert_problem(s, 410);
}

/* The taking back overtook the post-it. */
static void
what_never_came_does_not_come_later(void **state)
{
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    assert_int_equal(take_away(s, POSTIT), 404);
    stand_assert_problem(s, 404);
    assert_int_equal(put(s, POSTIT, PLAIN), 410);
    assert_no_postits(s);
}

static void
nobody_takes_back_anothers(void **state)
{
    struct stand *s = *state;
    struct stand_token one = stand_pair(s, "One", "hillcrest");
    struct stand_token other = stand_pair(s, "Other", "hillcrest");
    s->token = one.text;
    assert_int_equal(put(s, POSTIT, PLAIN), 201);
    s->token = other.text;
    assert_int_equal(take_away(s, POSTIT), 403);
    stand_assert_problem(s, 403);
    (void) only_postit(s);
}

#define FAMILY                                                                 \
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D"                 \
    "\xF0\x9F\x91\xA7\xE2\x80\x8D\xF0\x9F\x91\xA6"
#define TEN(x) x x x x x x x x x x
#define LETTERS_140(x) TEN(x) TEN(x) TEN(x) TEN(x) TEN(TEN(x))
#define LETTERS_40(x) TEN(x) TEN(x) TEN(x) TEN(x)

/* A post-it with that member in the place of the plain one. */
static char *
with(const char *name, const char *value)
{
    static const char *const members[][2] = {
        {"sort", "\"idea\""},
        {"colour", "\"yellow\""},
        {"text", "\"Draw it\""},
        {"made", "\"2026-11-26T10:40:00Z\""},
    };
    struct text body = {0};
    text_add_format(&body, "{\"%s\":%s", name, value);
    for (size_t i = 0; i < COUNT(members); i++)
        if (strcmp(members[i][0], name) != 0)
            text_add_format(&body, ",\"%s\":%s", members[i][0], members[i][1]);
    text_add_string(&body, "}");
    return body.bytes;
}

static int
put_with(struct stand *s, const char *name, const char *value)
{
    char *body = with(name, value);
    int status = put(s, POSTIT, body);
    free(body);
    return status;
}

static void
what_a_kiosk_may_write_is_taken(void **state)
{
    static const char *const rows[][2] = {
        {"text", "\"" LETTERS_140("W") "\""},
        {"text", "\"" LETTERS_140(FAMILY) "\""},
        {"text", "\"\\\"Why?\\\" &amp; <b>\""},
        {"text", "\"\\u0041\\ud83d\\ude00\""},
        {"text", "\"  blanks around  \""},
        {"author", "\"" LETTERS_40("W") "\""},
        {"author", "\"\""},
        {"author", "null"},
        {"answers", "null"},
        {"made", "\"\""},
        {"made", "null"},
        {"unknown", "[1, 2]"},
    };
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (put_with(s, rows[i][0], rows[i][1]) != 201)
            fail_msg("row %zu: %s", i, stand_body(s));
        (void) only_postit(s);
        stand_run_sql(s, "DELETE FROM postit");
    }
}

static void
what_no_kiosk_writes_is_refused(void **state)
{
    static const char *const rows[][2] = {
        {"text", "\"" LETTERS_140("W") "W\""},
        {"text", "\"e" TEN(TEN("\xCC\x81")) "\""},
        {"text", "\"two\\nlines\""},
        {"text", "\"bell\\u0007\""},
        {"text", "\"turned \\u202e round\""},
        {"text", "\"\""},
        {"text", "\"   \""},
        {"text", "7"},
        {"text", "null"},
        {"author", "\"" LETTERS_40("W") "W\""},
        {"author", "\"a\\tb\""},
        {"author", "{}"},
        {"answers", "\"a\\nb\""},
        {"answers", "[]"},
        {"sort", "\"moan\""},
        {"sort", "\"Idea\""},
        {"sort", "null"},
        {"colour", "\"black\""},
        {"colour", "3"},
        {"made", "\"yesterday\""},
        {"made", "12"},
        {"expires", "\"soon\""},
        {"expires", "\"2026-11-26T10:40:00Z\""},
        {"expires", "\"2020-01-01T00:00:00Z\""},
    };
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (put_with(s, rows[i][0], rows[i][1]) != 422)
            fail_msg("row %zu: %s", i, stand_body(s));
        stand_assert_problem(s, 422);
    }
    assert_no_postits(s);
}

static void
what_is_no_object_is_refused(void **state)
{
    static const char *const bodies[] = {
        "",       "{",           "[]",
        "7",      "<html>",      "{} {}",
        "\xFF{}", "{\"text\":1", "{\"text\":\"\\u0000\"}",
    };
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    for (size_t i = 0; i < COUNT(bodies); i++) {
        assert_int_equal(put(s, POSTIT, bodies[i]), 422);
        stand_assert_problem(s, 422);
        assert_int_equal(put(s, THANK, bodies[i]), 422);
        assert_int_equal(put(s, "/v1/status", bodies[i]), 422);
    }
}

static void
times_are_made_sane(void **state)
{
    static const struct {
        const char *made, *expires;
        int64_t made_s, life_s;
    } rows[] = {
        {"", "", STAND_NOW_S, 14 * DAY_S},
        {"", "2026-11-27T00:00:00Z", STAND_NOW_S, 14 * DAY_S},
        {"2026-11-26T10:47:00Z", "", STAND_NOW_S + 300, 14 * DAY_S},
        {"2026-11-26T10:47:01Z", "", STAND_NOW_S, 14 * DAY_S},
        {"2030-01-01T00:00:00Z", "2030-01-02T00:00:00Z", STAND_NOW_S, DAY_S},
        {"2026-11-26T11:40:00+01:00", "2026-11-26T10:41:00Z", MADE_S, 60},
        {"2026-11-26T10:40:00Z", "2027-01-25T10:40:00Z", MADE_S, 60 * DAY_S},
        {"2026-11-26T10:40:00Z", "2027-01-25T10:40:01Z", MADE_S, 60 * DAY_S},
        {"2026-11-26T10:40:00Z", "9999-12-31T00:00:00Z", MADE_S, 60 * DAY_S},
    };
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char body[256];
        snprintf(body, sizeof body,
                 "{\"sort\":\"idea\",\"colour\":\"mint\",\"text\":\"x\","
                 "\"made\":\"%s\",\"expires\":\"%s\"}",
                 rows[i].made, rows[i].expires);
        assert_int_equal(put(s, POSTIT, body), 201);
        struct hub_postit p = only_postit(s);
        if (p.made_s != rows[i].made_s ||
            p.expires_s != rows[i].made_s + rows[i].life_s)
            fail_msg("row %zu: %lld and %lld", i, (long long) p.made_s,
                     (long long) p.expires_s);
        stand_run_sql(s, "DELETE FROM postit");
    }
}

static void
a_store_that_cannot_write_is_503(void **state)
{
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    stand_run_sql(s, "ALTER TABLE postit RENAME TO away");
    assert_int_equal(put(s, POSTIT, PLAIN), 503);
    stand_assert_problem(s, 503);
    assert_non_null(stand_header(s, "Retry-After"));
    assert_int_equal(take_away(s, POSTIT), 503);
    stand_assert_problem(s, 503);
    stand_run_sql(s, "ALTER TABLE away RENAME TO postit");
    assert_int_equal(put(s, POSTIT, PLAIN), 201);
}

/* ---- reactions ---------------------------------------------------------- */

static void
thanks_are_counted_once(void **state)
{
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    assert_int_equal(put(s, POSTIT, PLAIN), 201);
    assert_int_equal(put(s, THANK, "{\"kind\":\"thanks\"}"), 201);
    assert_int_equal(put(s, THANK, "{\"kind\":\"thanks\"}"), 200);
    assert_int_equal(only_postit(s).thanks, 1);
    assert_int_equal(take_away(s, THANK), 204);
    assert_int_equal(take_away(s, THANK), 204);
    assert_int_equal(only_postit(s).thanks, 0);
}

static void
every_kind_of_reaction_is_known(void **state)
{
    static const char *const bad[] = {"{}", "{\"kind\":\"love\"}",
                                      "{\"kind\":1}", "{\"kind\":null}"};
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    assert_int_equal(put(s, POSTIT, PLAIN), 201);
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(put(s, THANK, bad[i]), 422);
        stand_assert_problem(s, 422);
    }
    assert_int_equal(put(s, THANK, "{\"kind\":\"trying\"}"), 201);
    assert_int_equal(
        put(s, "/v1/reactions/" ONE "/" ONE, "{\"kind\":\"face-down\"}"), 201);
    assert_int_equal(only_postit(s).trying, 1);
    assert_int_equal(only_postit(s).face_down, 1);
    assert_int_equal(only_postit(s).thanks, 0);
}

static void
an_item_of_the_feed_is_thanked_too(void **state)
{
    struct stand *s = *state;
    int thanks, trying;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    assert_int_equal(
        put(s, "/v1/reactions/tag:x,2026:i 48/" ONE, "{\"kind\":\"thanks\"}"),
        201);
    assert_true(
        hub_store_reactions(s->hub.store, "tag:x,2026:i 48", &thanks, &trying));
    assert_int_equal(thanks, 1);
    // The id of a website's item is an address, its slashes sent as %2F.
    assert_int_equal(put(s,
                         "/v1/reactions/https:\037\037a.example\037?p=3/" OTHER,
                         "{\"kind\":\"trying\"}"),
                     201);
    assert_true(hub_store_reactions(s->hub.store, "https://a.example/?p=3",
                                    &thanks, &trying));
    assert_int_equal(trying, 1);
}

static void
thanks_for_what_is_gone_are_410(void **state)
{
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    assert_int_equal(put(s, POSTIT, PLAIN), 201);
    assert_int_equal(take_away(s, POSTIT), 204);
    assert_int_equal(put(s, THANK, "{\"kind\":\"thanks\"}"), 410);
}

/* ---- status ------------------------------------------------------------- */

static void
a_screen_says_how_it_is(void **state)
{
    struct stand *s = *state;
    const struct hub_device *list;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    assert_int_equal(
        put(s, "/v1/status",
            "{\"revision\":12,\"shown_since\":\"2026-11-26T10:40:00Z\","
            "\"version\":\"1.0\",\"size\":\"1920x1080\",\"unsent\":3,"
            "\"clock\":\"doubtful\",\"disk_free_mb\":1234}"),
        200);
    assert_int_equal(hub_store_devices(s->hub.store, &s->arena, &list), 1);
    assert_int_equal(list[0].revision, 12);
    assert_int_equal(list[0].shown_since_s, MADE_S);
    assert_string_equal(list[0].version, "1.0");
    assert_string_equal(list[0].size, "1920x1080");
    assert_string_equal(list[0].clock, "doubtful");
    assert_int_equal(list[0].unsent, 3);
    assert_int_equal(list[0].disk_free_mb, 1234);
    assert_string_equal(list[0].name, "Hillcrest");
}

static void
a_status_is_checked(void **state)
{
    static const struct {
        const char *body;
        int status;
    } rows[] = {
        {"{}", 200},
        {"{\"revision\":null,\"shown_since\":null,\"clock\":\"\"}", 200},
        {"{\"revision\":-1}", 422},
        {"{\"revision\":\"12\"}", 422},
        {"{\"unsent\":1e99}", 422},
        {"{\"disk_free_mb\":0.5}", 422},
        {"{\"version\":\"" LETTERS_40("W") LETTERS_40("W") "\"}", 422},
        {"{\"size\":\"a\\u001bb\"}", 422},
        {"{\"clock\":\"broken\"}", 422},
        {"{\"shown_since\":\"now\"}", 422},
    };
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (put(s, "/v1/status", rows[i].body) != rows[i].status)
            fail_msg("row %zu: %d", i, s->answer.status);
}

/* ---- the gate ----------------------------------------------------------- */

static void
only_paired_screens_come_in(void **state)
{
    static const char *const tokens[] = {
        "", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    struct stand *s = *state;
    struct problem why;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    for (size_t i = 0; i < COUNT(tokens); i++) {
        s->token = tokens[i];
        assert_int_equal(put(s, POSTIT, PLAIN), 401);
        stand_assert_problem(s, 401);
        assert_string_equal(stand_header(s, "WWW-Authenticate"), "Bearer");
    }
    assert_no_postits(s);
    s->token = token.text;
    assert_int_equal(put(s, POSTIT, PLAIN), 201);
    assert_true(hub_store_revoke(s->hub.store, 1, "Ann", STAND_NOW_S, &why));
    assert_int_equal(put(s, POSTIT, PLAIN), 401);
}

/* A kiosk that hears 401 would forget a good token. */
static void
a_store_that_cannot_be_read_is_not_401(void **state)
{
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    stand_run_sql(s, "ALTER TABLE device RENAME TO away;"
                     "ALTER TABLE change RENAME TO away2");
    assert_int_equal(put(s, POSTIT, PLAIN), 503);
    stand_assert_problem(s, 503);
}

static void
a_device_may_not_flood_the_hub(void **state)
{
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    struct stand_token other = stand_pair(s, "Riverside", "riverside");
    s->token = token.text;
    int taken = 0;
    while (put(s, "/v1/status", "{}") == 200)
        taken++;
    assert_in_range(taken, 100, 200);
    stand_assert_problem(s, 429);
    assert_string_equal(stand_header(s, "Retry-After"), "1");
    s->token = other.text; // from the same address
    assert_int_equal(put(s, "/v1/status", "{}"), 200);
    s->token = token.text;
    s->hub.now.mono_ms += 1000;
    assert_int_equal(put(s, "/v1/status", "{}"), 200);
}

static void
guessing_tokens_is_slow(void **state)
{
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    int taken = 0;
    while (put(s, "/v1/status", "{}") == 401)
        taken++;
    assert_in_range(taken, 5, 50);
    stand_assert_problem(s, 429);
    assert_non_null(stand_header(s, "Retry-After"));
    s->peer = "192.0.2.8";
    assert_int_equal(put(s, "/v1/status", "{}"), 401);
    s->peer = "192.0.2.7"; // and whoever has one is not kept out with them
    s->token = token.text;
    assert_int_equal(put(s, "/v1/status", "{}"), 200);
}

/* ---- pairing ------------------------------------------------------------ */

static const char secret[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
#define SECRET_BODY                                                            \
    "{\"secret\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}"

/* A text of the answer; the caller frees it. */
static char *
said(const struct stand *s, const char *name)
{
    struct problem why = {0};
    const char *bytes = stand_body(s);
    struct json *body = json_open(bytes, strlen(bytes), &why);
    const char *text = json_string(json_get(body, name));
    if (!text)
        fail_msg("no \"%s\" in %s", name, bytes);
    char *copy = strdup(text);
    json_close(body);
    return copy;
}

/* The path under which the kiosk asks on; the caller frees it. */
static char *
ask_for_code(struct stand *s, char code[9])
{
    s->token = "";
    assert_int_equal(stand_ask(s, HTTP_POST, "/v1/pair", SECRET_BODY), 201);
    char *given = said(s, "code");
    assert_int_equal(strlen(given), 8);
    assert_int_equal(strspn(given, "BCDFGHJKLMNPQRSTVWXZ"), 8);
    memcpy(code, given, 9);
    free(given);
    struct text path = {0};
    text_add_format(&path, "/v1/pair/%s", code);
    s->token = secret;
    return path.bytes;
}

static void
a_screen_is_paired(void **state)
{
    struct stand *s = *state;
    struct problem why;
    char code[9];
    assert_true(hub_store_publish(s->hub.store, 0,
                                  "{\"title\":\"North \\\"side\\\"\","
                                  "\"items\":[]}",
                                  "Ann", "", STAND_NOW_S, &why));
    char *path = ask_for_code(s, code);
    assert_non_null(strstr(stand_body(s), "\"expires_s\":600"));
    assert_int_equal(stand_get(s, path), 202);
    assert_string_equal(stand_body(s), "{}\n");
    assert_true(hub_store_accept_pairing(s->hub.store, code, "The \"staff\"",
                                         "hillcrest", STAND_NOW_S, &why));
    assert_int_equal(stand_get(s, path), 200);
    char *token = said(s, "token"), *name = said(s, "name");
    char *school = said(s, "school"), *title = said(s, "title");
    assert_string_equal(name, "The \"staff\"");
    assert_string_equal(school, "hillcrest");
    assert_string_equal(title, "North \"side\"");
    assert_int_equal(strlen(token), 43);
    s->token = token;
    assert_int_equal(put(s, POSTIT, PLAIN), 201);
    free(token);
    free(name);
    free(school);
    free(title);
    free(path);
}

/* The first answer was lost: the second one counts. */
static void
a_token_is_given_anew(void **state)
{
    struct stand *s = *state;
    struct problem why;
    const struct hub_device *list;
    char code[9];
    char *path = ask_for_code(s, code);
    assert_true(hub_store_accept_pairing(s->hub.store, code, "One", "one",
                                         STAND_NOW_S, &why));
    assert_int_equal(stand_get(s, path), 200);
    char *first = said(s, "token");
    assert_int_equal(stand_get(s, path), 200);
    char *second = said(s, "token");
    assert_string_not_equal(first, second);
    s->token = first;
    assert_int_equal(put(s, "/v1/status", "{}"), 401);
    s->token = second;
    assert_int_equal(put(s, "/v1/status", "{}"), 200);
    assert_int_equal(hub_store_devices(s->hub.store, &s->arena, &list), 1);
    free(first);
    free(second);
    free(path);
}

/* What hears it deletes its board: a hub that was restored from a backup, and
   does not know a screen, must not say it. */
static void
only_a_revoked_screen_is_told_so(void **state)
{
    static const struct {
        const char *path;
        enum http_method method;
    } rows[] = {
        {"/v1/feed.json", HTTP_GET},
        {"/v1/status", HTTP_PUT},
        {POSTIT, HTTP_PUT},
    };
    static const char type[] = "\"type\":\"/problems/revoked\"";
    struct stand *s = *state;
    struct problem why;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    assert_true(hub_store_revoke(s->hub.store, 1, "Ann", STAND_NOW_S, &why));
    for (size_t i = 0; i < COUNT(rows); i++) {
        s->token = token.text;
        assert_int_equal(stand_ask(s, rows[i].method, rows[i].path, "{}"), 401);
        stand_assert_problem(s, 401);
        assert_string_equal(stand_header(s, "WWW-Authenticate"), "Bearer");
        assert_non_null(strstr(stand_body(s), type));
        s->token = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert_int_equal(stand_ask(s, rows[i].method, rows[i].path, "{}"), 401);
        stand_assert_problem(s, 401);
        assert_string_equal(stand_header(s, "WWW-Authenticate"), "Bearer");
        assert_null(strstr(stand_body(s), "\"type\""));
    }
}

static void
a_code_alone_is_not_enough(void **state)
{
    struct stand *s = *state;
    struct problem why;
    char code[9];
    char *path = ask_for_code(s, code);
    assert_true(hub_store_accept_pairing(s->hub.store, code, "One", "one",
                                         STAND_NOW_S, &why));
    s->token = "BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert_int_equal(stand_get(s, path), 404);
    stand_assert_problem(s, 404);
    s->token = "";
    assert_int_equal(stand_get(s, path), 401);
    s->token = secret;
    assert_int_equal(stand_get(s, "/v1/pair/bcdfghjk"), 404);
    assert_int_equal(stand_get(s, "/v1/pair/BCD"), 404);
    assert_int_equal(stand_get(s, path), 200);
    free(path);
}

/* Letters that stand on no screen any more open nothing. */
static void
new_letters_end_those_before(void **state)
{
    struct stand *s = *state;
    struct problem why;
    char first[9], second[9];
    char *path = ask_for_code(s, first);
    free(ask_for_code(s, second));
    assert_string_not_equal(first, second);
    assert_false(hub_store_accept_pairing(s->hub.store, first, "One", "one",
                                          STAND_NOW_S, &why));
    assert_int_equal(stand_get(s, path), 404);
    // Another screen's are its own.
    s->token = "";
    assert_int_equal(
        stand_ask(
            s, HTTP_POST, "/v1/pair",
            "{\"secret\":\"BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}"),
        201);
    assert_true(hub_store_accept_pairing(s->hub.store, second, "One", "one",
                                         STAND_NOW_S, &why));
    free(path);
}

static void
a_code_is_good_for_ten_minutes(void **state)
{
    struct stand *s = *state;
    char code[9];
    char *path = ask_for_code(s, code);
    s->hub.now.wall_s += HUB_PAIRING_S - 1;
    assert_int_equal(stand_get(s, path), 202);
    s->hub.now.wall_s += 1;
    assert_int_equal(stand_get(s, path), 404);
    free(path);
}

static void
a_secret_that_is_none_gets_no_code(void **state)
{
    static const char *const bodies[] = {"{}", "{\"secret\":\"\"}",
                                         "{\"secret\":\"short\"}",
                                         "{\"secret\":null}", "[]"};
    struct stand *s = *state;
    for (size_t i = 0; i < COUNT(bodies); i++) {
        assert_int_equal(stand_ask(s, HTTP_POST, "/v1/pair", bodies[i]), 422);
        stand_assert_problem(s, 422);
    }
}

static void
an_address_may_not_ask_for_codes_all_day(void **state)
{
    static const struct {
        const char *peer;
        int status;
    } rows[] = {
        {"192.0.2.7", 429},
        {"192.0.2.8", 201},
        {"2001:db8::1", 201},
        {"", 201},
    };
    struct stand *s = *state;
    while (stand_ask(s, HTTP_POST, "/v1/pair", SECRET_BODY) == 201)
        continue;
    stand_assert_problem(s, 429);
    assert_non_null(stand_header(s, "Retry-After"));
    for (size_t i = 0; i < COUNT(rows); i++) {
        s->peer = rows[i].peer;
        if (stand_ask(s, HTTP_POST, "/v1/pair", SECRET_BODY) != rows[i].status)
            fail_msg("%s: %d", rows[i].peer, s->answer.status);
    }
    // All of an IPv6 network is one caller, whatever address it says next.
    s->peer = "2001:db8::aaaa";
    while (stand_ask(s, HTTP_POST, "/v1/pair", SECRET_BODY) == 201)
        continue;
    s->peer = "2001:db8::bbbb";
    assert_int_equal(stand_ask(s, HTTP_POST, "/v1/pair", SECRET_BODY), 429);
    s->peer = "2001:db8:0:1::1";
    assert_int_equal(stand_ask(s, HTTP_POST, "/v1/pair", SECRET_BODY), 201);
}

#define HUB_TEST(f) cmocka_unit_test_setup_teardown(f, stand_open, stand_close)

/* What stands in the code on its board: new in each half of a day. */
static void
the_answer_has_the_page_for_phones(void **state)
{
    struct stand *s = *state;
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    s->token = token.text;
    put(s, "/v1/status", "{}");
    char *first = said(s, "post_page");
    assert_memory_equal(first, "/post/", 6);
    assert_int_equal(strlen(first), 6 + PHONE_TOKEN_BYTES - 1);
    int64_t number = phone_token_device(&s->hub, first + 6);
    assert_true(number > 0);
    s->hub.now.wall_s += 600;
    put(s, "/v1/status", "{}");
    char *same = said(s, "post_page");
    assert_string_equal(first, same);
    s->hub.now.wall_s += PHONE_SLOT_S;
    put(s, "/v1/status", "{}");
    char *next = said(s, "post_page");
    assert_string_not_equal(first, next);
    assert_int_equal(phone_token_device(&s->hub, first + 6), number);
    s->hub.now.wall_s += PHONE_SLOT_S;
    assert_int_equal(phone_token_device(&s->hub, first + 6), 0);
    assert_int_equal(phone_token_device(&s->hub, next + 6), number);
    free(first);
    free(same);
    free(next);
    // Without a key there is no page, and the status is kept all the same.
    stand_run_sql(s, "DELETE FROM value WHERE name = 'phone_key';"
                     "CREATE TRIGGER full BEFORE INSERT ON value BEGIN "
                     "SELECT RAISE(ABORT, 'full'); END");
    assert_int_equal(put(s, "/v1/status", "{\"revision\":12}"), 204);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        HUB_TEST(a_postit_comes_and_waits),
        HUB_TEST(the_same_again_is_one_postit),
        HUB_TEST(the_same_again_from_a_wrong_clock),
        HUB_TEST(what_is_taken_back_stays_away),
        HUB_TEST(what_never_came_does_not_come_later),
        HUB_TEST(nobody_takes_back_anothers),
        HUB_TEST(what_a_kiosk_may_write_is_taken),
        HUB_TEST(what_no_kiosk_writes_is_refused),
        HUB_TEST(what_is_no_object_is_refused),
        HUB_TEST(times_are_made_sane),
        HUB_TEST(a_store_that_cannot_write_is_503),
        HUB_TEST(thanks_are_counted_once),
        HUB_TEST(every_kind_of_reaction_is_known),
        HUB_TEST(an_item_of_the_feed_is_thanked_too),
        HUB_TEST(thanks_for_what_is_gone_are_410),
        HUB_TEST(a_screen_says_how_it_is),
        HUB_TEST(a_status_is_checked),
        HUB_TEST(the_answer_has_the_page_for_phones),
        HUB_TEST(only_paired_screens_come_in),
        HUB_TEST(a_store_that_cannot_be_read_is_not_401),
        HUB_TEST(a_device_may_not_flood_the_hub),
        HUB_TEST(guessing_tokens_is_slow),
        HUB_TEST(a_screen_is_paired),
        HUB_TEST(a_token_is_given_anew),
        HUB_TEST(a_code_alone_is_not_enough),
        HUB_TEST(a_code_is_good_for_ten_minutes),
        HUB_TEST(new_letters_end_those_before),
        HUB_TEST(only_a_revoked_screen_is_told_so),
        HUB_TEST(a_secret_that_is_none_gets_no_code),
        HUB_TEST(an_address_may_not_ask_for_codes_all_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
