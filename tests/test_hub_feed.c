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
#include "core/feed.h"
#include "tests/hub_stand.h"

#define DOCUMENT                                                               \
    "{\"title\": \"Northside\", \"_staffroom\": {\"timezone\":"                \
    " \"Europe/London\", \"schools\": [{\"id\": \"hillcrest\","                \
    " \"name\": \"Hillcrest Primary\"}]}, \"items\": ["                        \
    "{\"id\": \"q-1\", \"content_text\": \"Why?\", \"authors\":"               \
    " [{\"name\": \"Priya\"}], \"_staffroom\": {\"kind\": \"question\","       \
    " \"on\": \"2026-11-26\", \"next_asker\": \"Martin\"}},"                   \
    "{\"id\": \"i-1\", \"title\": \"Mysteries\", \"_staffroom\":"              \
    " {\"kind\": \"idea\", \"thanks\": 12}}]}"

#define WAITING "00000000-0000-4000-8000-000000000001"
#define KEPT "00000000-0000-4000-8000-000000000002"
#define SHARED "00000000-0000-4000-8000-000000000003"
#define LATER "00000000-0000-4000-8000-000000000004"
#define REACTION "00000000-0000-4000-8000-0000000000ff"

static void
publish(struct stand *s, int64_t after, const char *document)
{
    struct problem why = {0};
    if (!hub_store_publish(s->hub.store, after, document, "Ann", "",
                           STAND_NOW_S, &why))
        fail_msg("%s", why.text);
}

static void
put(struct stand *s, const char *id, const char *school,
    enum hub_postit_state state)
{
    struct problem why = {0};
    struct hub_postit p = {.text = "Fish & chips &amp; tea",
                           .author = "Jo, Y5",
                           .answers = "q-1",
                           .school = school,
                           .sort = SORT_ANSWER,
                           .colour = COLOUR_MINT,
                           .made_s = STAND_NOW_S - 60,
                           .expires_s = STAND_NOW_S + DAY_S,
                           .state = state};
    memcpy(p.id, id, sizeof p.id);
    if (hub_store_put_postit(s->hub.store, &p, 1, STAND_NOW_S, &why) !=
        HUB_PUT_NEW)
        fail_msg("%s", why.text);
}

/* Device 1 is at Hillcrest; one post-it of theirs in every state. */
static struct stand_token
furnish(struct stand *s)
{
    struct stand_token token = stand_pair(s, "Hillcrest", "hillcrest");
    publish(s, 0, DOCUMENT);
    put(s, WAITING, "hillcrest", HUB_POSTIT_WAITING);
    put(s, KEPT, "hillcrest", HUB_POSTIT_KEPT);
    put(s, SHARED, "hillcrest", HUB_POSTIT_SHARED);
    return token;
}

/* The caller frees it. */
static struct board *
board_at(struct stand *s, const char *path)
{
    struct problem why = {0};
    assert_int_equal(stand_get(s, path), 200);
    struct feed_page page = {s->answer.kept, s->answer.kept_len};
    struct board *b = feed_read(&page, 1, TIME_NONE, NULL, NULL, &why);
    if (!b)
        fail_msg("%s", why.text);
    for (int i = 0; i < b->note_count; i++)
        fail_msg("%s", b->notes[i]);
    return b;
}

static const struct item *
find(const struct board *b, const char *id)
{
    for (int i = 0; i < b->item_count; i++)
        if (strcmp(b->items[i].id, id) == 0)
            return &b->items[i];
    return NULL;
}

static char *
copy_header(const struct stand *s, const char *name)
{
    const char *value = stand_header(s, name);
    assert_non_null(value);
    return strdup(value);
}

/* ---- who sees what ------------------------------------------------------ */

static void
the_world_sees_what_is_shared_and_no_names(void **state)
{
    struct stand *s = *state;
    (void) furnish(s);
    struct board *b = board_at(s, "/feed.json");
    assert_string_equal(s->answer.type, "application/feed+json");
    assert_string_equal(stand_header(s, "Cache-Control"),
                        "public, max-age=30, stale-while-revalidate=60, "
                        "stale-if-error=86400");
    assert_int_equal(b->item_count, 3);
    assert_null(find(b, WAITING));
    assert_null(find(b, KEPT));
    assert_string_equal(find(b, SHARED)->text, "Fish & chips &amp; tea");
    static const char *const names[] = {"Jo, Y5", "Priya", "Martin"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_null(strstr(stand_body(s), names[i]));
    board_free(b);
}

static void
a_school_sees_its_own_as_well(void **state)
{
    struct stand *s = *state;
    struct stand_token token = furnish(s);
    s->token = token.text;
    struct board *b = board_at(s, "/v1/feed.json");
    assert_string_equal(stand_header(s, "Cache-Control"), "private, no-cache");
    assert_int_equal(b->item_count, 5);
    static const char *const own[] = {WAITING, KEPT};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(find(b, own[i])->school_count, 1);
        assert_string_equal(find(b, own[i])->schools[0], "hillcrest");
    }
    const struct item *shared = find(b, SHARED);
    assert_int_equal(shared->school_count, 0);
    assert_string_equal(shared->author, "Jo, Y5");
    assert_string_equal(shared->school, "hillcrest");
    assert_string_equal(shared->answers, "q-1");
    assert_int_equal(shared->sort, SORT_ANSWER);
    assert_int_equal(shared->colour, COLOUR_MINT);
    assert_int_equal(shared->published_s, STAND_NOW_S - 60);
    assert_int_equal(shared->window.until_s, STAND_NOW_S + DAY_S);
    assert_string_equal(find(b, "q-1")->author, "Priya");
    assert_string_equal(find(b, "q-1")->next_asker, "Martin");
    board_free(b);
}

static void
another_school_does_not_see_them(void **state)
{
    struct stand *s = *state;
    (void) furnish(s);
    struct stand_token token = stand_pair(s, "Riverside", "riverside");
    s->token = token.text;
    struct board *b = board_at(s, "/v1/feed.json");
    assert_int_equal(b->item_count, 3);
    assert_null(find(b, WAITING));
    assert_null(find(b, KEPT));
    assert_string_equal(find(b, SHARED)->author, "Jo, Y5");
    board_free(b);
}

static void
without_a_token_there_are_no_names(void **state)
{
    struct stand *s = *state;
    (void) furnish(s);
    assert_int_equal(stand_get(s, "/v1/feed.json"), 401);
    stand_assert_problem(s, 401);
    assert_string_equal(stand_header(s, "WWW-Authenticate"), "Bearer");
}

static void
the_feed_is_the_published_one(void **state)
{
    struct stand *s = *state;
    (void) furnish(s);
    struct board *b = board_at(s, "/feed.json");
    assert_string_equal(b->title, "Northside");
    assert_int_equal(b->revision, 1);
    assert_true(b->is_complete);
    assert_string_equal(b->zone_name, "Europe/London");
    assert_string_equal(board_school_name(b, "hillcrest"), "Hillcrest Primary");
    // Nobody said when the question was published, so neither do we.
    assert_int_equal(find(b, "q-1")->published_s, TIME_NONE);
    board_free(b);
    publish(s, 1, "{\"title\": \"New name\", \"items\": []}");
    b = board_at(s, "/feed.json");
    assert_string_equal(b->title, "New name");
    assert_int_equal(b->revision, 2);
    assert_int_equal(b->item_count, 1);
    board_free(b);
}

static void
thanks_are_added_up(void **state)
{
    struct stand *s = *state;
    struct problem why;
    (void) furnish(s);
    assert_int_equal(hub_store_put_reaction(s->hub.store, "i-1", REACTION,
                                            HUB_REACTION_THANKS, 1, STAND_NOW_S,
                                            &why),
                     HUB_PUT_NEW);
    assert_int_equal(
        hub_store_put_reaction(s->hub.store, SHARED,
                               "00000000-0000-4000-8000-0000000000fe",
                               HUB_REACTION_TRYING, 1, STAND_NOW_S, &why),
        HUB_PUT_NEW);
    struct board *b = board_at(s, "/feed.json");
    assert_int_equal(find(b, "i-1")->thanks, 13);
    assert_int_equal(find(b, SHARED)->trying, 1);
    board_free(b);
}

static void
a_new_hub_has_an_empty_feed(void **state)
{
    struct stand *s = *state;
    struct board *b = board_at(s, "/feed.json");
    assert_int_equal(b->item_count, 0);
    assert_int_equal(b->revision, 0);
    board_free(b);
}

static void
what_had_its_time_is_not_in_it(void **state)
{
    struct stand *s = *state;
    (void) furnish(s);
    s->hub.now.wall_s += DAY_S;
    struct board *b = board_at(s, "/feed.json");
    assert_int_equal(b->item_count, 2);
    board_free(b);
}

/* ---- as HTTP ------------------------------------------------------------ */

static void
who_has_it_hears_304(void **state)
{
    struct stand *s = *state;
    char list[256];
    (void) furnish(s);
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    char *etag = copy_header(s, "ETag");
    assert_int_equal(etag[0], '"');
    assert_int_equal(etag[strlen(etag) - 1], '"');
    static const char *const rows[] = {"%s", "W/%s", "\"x\", %s, \"y\"",
                                       "\"x\",W/%s", "*"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *at = strstr(rows[i], "%s");
        snprintf(list, sizeof list, "%.*s%s%s",
                 at ? (int) (at - rows[i]) : (int) strlen(rows[i]), rows[i],
                 at ? etag : "", at ? at + 2 : "");
        s->if_none_match = list;
        if (stand_get(s, "/feed.json") != 304)
            fail_msg("not for %s", list);
        assert_null(s->answer.type);
        assert_null(s->answer.kept);
        assert_int_equal(s->answer.body.len, 0);
        assert_string_equal(stand_header(s, "ETag"), etag);
        assert_non_null(stand_header(s, "Cache-Control"));
    }
    s->if_none_match = "\"something else\"";
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    free(etag);
}

static void
every_change_has_a_tag_of_its_own(void **state)
{
    struct stand *s = *state;
    struct problem why;
    (void) furnish(s);
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    char *before = copy_header(s, "ETag");
    assert_true(hub_store_moderate(s->hub.store, WAITING, HUB_POSTIT_SHARED,
                                   "Ann", STAND_NOW_S, &why));
    s->if_none_match = before;
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    assert_string_not_equal(stand_header(s, "ETag"), before);
    free(before);
}

static void
no_two_audiences_share_a_tag(void **state)
{
    struct stand *s = *state;
    publish(s, 0, "{\"title\": \"Bare\", \"items\": []}");
    struct stand_token one = stand_pair(s, "One", "one");
    struct stand_token other = stand_pair(s, "Other", "other");
    struct stand_token nowhere = stand_pair(s, "Nowhere", "");
    const char *const tokens[] = {one.text, other.text, nowhere.text};
    char *etags[4];
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    etags[3] = copy_header(s, "ETag");
    for (int i = 0; i < 3; i++) {
        s->token = tokens[i];
        assert_int_equal(stand_get(s, "/v1/feed.json"), 200);
        etags[i] = copy_header(s, "ETag");
    }
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(etags[i], etags[j]);
    for (int i = 0; i < 4; i++)
        free(etags[i]);
}

/* ---- editions ----------------------------------------------------------- */

/* As the server does while somebody slow is being sent it. */
static struct http_answer
hold(struct stand *s)
{
    struct http_answer held = s->answer;
    assert_non_null(held.release);
    s->answer = (struct http_answer){0};
    return held;
}

static void
all_who_ask_get_the_same_bytes(void **state)
{
    struct stand *s = *state;
    (void) furnish(s);
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    struct http_answer held = hold(s);
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    assert_ptr_equal(s->answer.kept, held.kept);
    http_answer_destroy(&held);
    // The bytes are there still for the one who has not finished.
    assert_int_equal(strlen(s->answer.kept), s->answer.kept_len);
}

static void
a_slow_caller_keeps_what_it_was_promised(void **state)
{
    struct stand *s = *state;
    (void) furnish(s);
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    struct http_answer held = hold(s);
    char *promised = strdup(held.kept);
    put(s, LATER, "hillcrest", HUB_POSTIT_SHARED);
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    assert_non_null(strstr(stand_body(s), LATER));
    assert_string_equal(held.kept, promised);
    hub_feed_destroy(&s->hub.feed); // the hub ends before the caller does
    assert_string_equal(held.kept, promised);
    http_answer_destroy(&held);
    free(promised);
}

static void
slow_callers_do_not_pile_up_editions(void **state)
{
    struct stand *s = *state;
    struct http_answer held[HUB_FEED_EDITIONS_MOST];
    publish(s, 0, "{\"title\": \"1\", \"items\": []}");
    for (int i = 0; i < HUB_FEED_EDITIONS_MOST; i++) {
        assert_int_equal(stand_get(s, "/feed.json"), 200);
        held[i] = hold(s);
        publish(s, i + 1, DOCUMENT);
        for (int j = 0; j < i; j++)
            assert_ptr_not_equal(held[i].kept, held[j].kept);
    }
    // No room: the newest there is, with its own tag.
    const struct http_answer *last = &held[HUB_FEED_EDITIONS_MOST - 1];
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    assert_ptr_equal(s->answer.kept, last->kept);
    // Another audience has room of its own.
    struct stand_token token = stand_pair(s, "One", "one");
    s->token = token.text;
    assert_int_equal(stand_get(s, "/v1/feed.json"), 200);
    assert_non_null(strstr(stand_body(s), "\"revision\":4"));
    // And when one is let go, the news goes out.
    http_answer_destroy(&held[0]);
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    assert_non_null(strstr(stand_body(s), "\"revision\":4"));
    for (int i = 1; i < HUB_FEED_EDITIONS_MOST; i++)
        http_answer_destroy(&held[i]);
}

/* The newest alone, not being sent, makes room for the next. */
static void
an_edition_nobody_reads_makes_room(void **state)
{
    struct stand *s = *state;
    struct http_answer held[HUB_FEED_EDITIONS_MOST - 1];
    publish(s, 0, DOCUMENT);
    for (int i = 0; i < HUB_FEED_EDITIONS_MOST - 1; i++) {
        assert_int_equal(stand_get(s, "/feed.json"), 200);
        held[i] = hold(s);
        publish(s, i + 1, DOCUMENT);
    }
    for (int i = 3; i < 10; i++) {
        char revision[32];
        assert_int_equal(stand_get(s, "/feed.json"), 200);
        snprintf(revision, sizeof revision, "\"revision\":%d", i);
        assert_non_null(strstr(stand_body(s), revision));
        http_answer_destroy(&s->answer);
        publish(s, i, DOCUMENT);
    }
    for (int i = 0; i < HUB_FEED_EDITIONS_MOST - 1; i++)
        http_answer_destroy(&held[i]);
}

/* What waits at one school is nobody else's news. */
static void
a_postit_that_waits_changes_one_feed(void **state)
{
    struct stand *s = *state;
    struct stand_token own = furnish(s);
    struct stand_token other = stand_pair(s, "Riverside", "riverside");
    const char *const tokens[] = {own.text, other.text, ""};
    char *before[3];
    for (int i = 0; i < 3; i++) {
        s->token = tokens[i];
        stand_get(s, *tokens[i] ? "/v1/feed.json" : "/feed.json");
        before[i] = copy_header(s, "ETag");
    }
    put(s, LATER, "hillcrest", HUB_POSTIT_WAITING);
    for (int i = 0; i < 3; i++) {
        s->token = tokens[i];
        s->if_none_match = before[i];
        assert_int_equal(
            stand_get(s, *tokens[i] ? "/v1/feed.json" : "/feed.json"),
            i == 0 ? 200 : 304);
        free(before[i]);
    }
}

/* So that a hub that was started again does not send everything anew. */
static void
the_same_bytes_have_the_same_tag(void **state)
{
    struct stand *s = *state;
    struct stand_token token = furnish(s);
    s->token = token.text;
    assert_int_equal(stand_get(s, "/v1/feed.json"), 200);
    char *before = copy_header(s, "ETag"), *bytes = strdup(stand_body(s));
    hub_feed_destroy(&s->hub.feed);
    stand_run_sql(s, "UPDATE change SET number = number + 5");
    assert_int_equal(stand_get(s, "/v1/feed.json"), 200);
    assert_string_equal(stand_header(s, "ETag"), before);
    assert_string_equal(stand_body(s), bytes);
    free(before);
    free(bytes);
}

/* Ten schools, each with a feed of nearly 2 MiB: not all are kept, and each
   gets its own all the same. */
static void
many_schools_get_their_own(void **state)
{
    struct stand *s = *state;
    struct stand_token tokens[10];
    char *etags[10], school[24], own[64];
    struct text sql = {0};
    for (int i = 0; i < 10; i++) {
        snprintf(school, sizeof school, "school-%d", i);
        tokens[i] = stand_pair(s, "Screen", school);
    }
    text_add_format(&sql,
                    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1"
                    " FROM n WHERE i < 469)"
                    "INSERT INTO postit (id, sort, colour, text, author,"
                    " answers, school, made_s, expires_s, state, device,"
                    " came_s) SELECT printf('00000000-0000-4000-8000-%%012d',"
                    " i), 0, 0, iif(i < 10, 'at school-' || i || '.',"
                    " printf('%%.*c', 3900, 'W')), '', '', 'school-' ||"
                    " (i %% 10), %lld + i, %lld, iif(i < 10, 0, 1), 1, 0"
                    " FROM n; UPDATE change SET number = number + 1",
                    (long long) STAND_NOW_S - 600,
                    (long long) STAND_NOW_S + DAY_S);
    stand_run_sql(s, sql.bytes);
    text_destroy(&sql);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 10; i++) {
            s->token = tokens[i].text;
            snprintf(own, sizeof own, "at school-%d.", i);
            assert_int_equal(stand_get(s, "/v1/feed.json"), 200);
            assert_true(s->hub.feed.kept_bytes <= HUB_FEED_KEPT_BYTES);
            assert_non_null(strstr(stand_body(s), own));
            assert_null(strstr(strstr(stand_body(s), own) + 1, "at school-"));
            if (round == 0)
                etags[i] = copy_header(s, "ETag");
            else
                assert_string_equal(stand_header(s, "ETag"), etags[i]);
        }
    for (int i = 0; i < 10; i++) {
        s->token = tokens[i].text;
        s->if_none_match = etags[i];
        assert_int_equal(stand_get(s, "/v1/feed.json"), 304);
        free(etags[i]);
    }
}

/* ---- bad days ----------------------------------------------------------- */

static void
a_broken_store_leaves_the_last_feed_up(void **state)
{
    static const char *const broken[] = {"change", "postit", "revision"};
    struct stand *s = *state;
    char sql[128];
    (void) furnish(s);
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    char *before = copy_header(s, "ETag");
    for (int i = 0; i < 3; i++) {
        publish(s, i + 1, DOCUMENT);
        snprintf(sql, sizeof sql, "ALTER TABLE %s RENAME TO away", broken[i]);
        stand_run_sql(s, sql);
        assert_int_equal(stand_get(s, "/feed.json"), 200);
        assert_string_equal(stand_header(s, "ETag"), before);
        snprintf(sql, sizeof sql, "ALTER TABLE away RENAME TO %s", broken[i]);
        stand_run_sql(s, sql);
    }
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    assert_string_not_equal(stand_header(s, "ETag"), before);
    assert_non_null(strstr(stand_body(s), "\"revision\":4"));
    free(before);
}

static void
a_broken_store_and_no_feed_is_503(void **state)
{
    struct stand *s = *state;
    publish(s, 0, DOCUMENT);
    stand_run_sql(s, "ALTER TABLE revision RENAME TO away");
    assert_int_equal(stand_get(s, "/feed.json"), 503);
    stand_assert_problem(s, 503);
    assert_non_null(stand_header(s, "Retry-After"));
}

/* A feed made by a clock that jumped is not served when that is right again. */
static void
a_minute_in_the_future_goes_by(void **state)
{
    static const int64_t jumps_s[] = {365 * DAY_S, -365 * DAY_S,
                                      INT64_C(73) * 365 * DAY_S};
    struct stand *s = *state;
    struct stand_token token = furnish(s);
    const char *const tokens[] = {"", token.text};
    for (int i = 0; i < 3; i++)
        for (int has_token = 0; has_token < 2; has_token++) {
            const char *path = has_token ? "/v1/feed.json" : "/feed.json";
            s->token = tokens[has_token];
            assert_int_equal(stand_get(s, path), 200);
            char *before = copy_header(s, "ETag");
            hub_feed_destroy(&s->hub.feed); // and made in the future
            s->hub.now.wall_s += jumps_s[i];
            assert_int_equal(stand_get(s, path), 200);
            s->hub.now.wall_s -= jumps_s[i];
            assert_int_equal(stand_get(s, path), 200);
            assert_string_equal(stand_header(s, "ETag"), before);
            assert_non_null(strstr(stand_body(s), SHARED));
            free(before);
        }
}

/* 500 items are what a reader takes: the newest post-its are in it. */
static void
a_feed_is_never_longer_than_readers_take(void **state)
{
    static char text[COMPOSE_BYTES_MAX + 1];
    struct stand *s = *state;
    struct text sql = {0};
    memset(text, 'W', sizeof text - 1);
    struct stand_token token = furnish(s);
    text_add_string(&sql, "BEGIN;");
    for (int i = 1000; i < 1600; i++)
        text_add_format(&sql,
                        "INSERT INTO postit (id, sort, colour, text, author,"
                        " answers, school, made_s, expires_s, state, device,"
                        " came_s) VALUES ('00000000-0000-4000-8000-%012d', 0,"
                        " 0, '%s', '', '', 'hillcrest', %lld, %lld, 1, 1, 0);",
                        i, "W", (long long) STAND_NOW_S - 10000 + i,
                        (long long) STAND_NOW_S + DAY_S);
    text_add_string(&sql, "UPDATE change SET number = number + 1; COMMIT;");
    stand_run_sql(s, sql.bytes);
    struct board *b = board_at(s, "/feed.json");
    assert_int_equal(b->item_count, FEED_MAX_ITEMS);
    assert_false(b->is_complete); // so that nobody takes the rest for gone
    assert_non_null(find(b, "00000000-0000-4000-8000-000000001599"));
    assert_non_null(find(b, "q-1"));
    board_free(b);
    s->token = token.text;
    b = board_at(s, "/v1/feed.json");
    assert_int_equal(b->item_count, FEED_MAX_ITEMS);
    assert_non_null(find(b, WAITING)); // newer than all of them
    assert_non_null(find(b, KEPT));
    board_free(b);
    text_cut(&sql, 0);
    text_add_format(&sql,
                    "UPDATE postit SET text = '%s';"
                    "UPDATE change SET number = number + 1;",
                    text);
    stand_run_sql(s, sql.bytes);
    assert_int_equal(stand_get(s, "/feed.json"), 200);
    assert_true(s->answer.kept_len <= FEED_MAX_BYTES);
    assert_non_null(strstr(stand_body(s), "\"complete\":false"));
    assert_true(s->answer.kept_len > FEED_MAX_BYTES / 4);
    assert_non_null(strstr(stand_body(s), "8000-000000001599"));
    assert_non_null(strstr(stand_body(s), "\"q-1\""));
    text_destroy(&sql);
}

#define HUB_TEST(f) cmocka_unit_test_setup_teardown(f, stand_open, stand_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        HUB_TEST(the_world_sees_what_is_shared_and_no_names),
        HUB_TEST(a_school_sees_its_own_as_well),
        HUB_TEST(another_school_does_not_see_them),
        HUB_TEST(without_a_token_there_are_no_names),
        HUB_TEST(the_feed_is_the_published_one),
        HUB_TEST(thanks_are_added_up),
        HUB_TEST(a_new_hub_has_an_empty_feed),
        HUB_TEST(what_had_its_time_is_not_in_it),
        HUB_TEST(who_has_it_hears_304),
        HUB_TEST(every_change_has_a_tag_of_its_own),
        HUB_TEST(no_two_audiences_share_a_tag),
        HUB_TEST(all_who_ask_get_the_same_bytes),
        HUB_TEST(a_slow_caller_keeps_what_it_was_promised),
        HUB_TEST(slow_callers_do_not_pile_up_editions),
        HUB_TEST(an_edition_nobody_reads_makes_room),
        HUB_TEST(a_postit_that_waits_changes_one_feed),
        HUB_TEST(the_same_bytes_have_the_same_tag),
        HUB_TEST(many_schools_get_their_own),
        HUB_TEST(a_broken_store_leaves_the_last_feed_up),
        HUB_TEST(a_broken_store_and_no_feed_is_503),
        HUB_TEST(a_minute_in_the_future_goes_by),
        HUB_TEST(a_feed_is_never_longer_than_readers_take),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
