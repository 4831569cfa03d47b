// links: src/io/child.c
// links: src/hub/*.c src/io/hub_store*.c src/io/db.c src/io/file.c
// links: src/core/*.c src/base/*.c
// links: src/io/program.c src/io/http_*.c
// libs: -lmicrohttpd -lsodium -loath -lcurl -lcjson -linih -lsqlite3
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hub/hub.h"
#include "hub/secret.h"

/* The whole hub without its web server, and the machine's clock put forward
   and back under it. */

#define NOW_S (CLOCK_BUILT_AFTER_S + INT64_C(100) * DAY_S)
#define YEAR_S (INT64_C(365) * DAY_S)
#define ID "00000000-0000-4000-8000-000000000001"

struct fixture {
    struct hub hub;
    char folder[64];
};

static int
open_hub(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct hub_options o = {0};
    struct problem why = {0};
    snprintf(f->folder, sizeof f->folder, "/tmp/staffroom-tick-XXXXXX");
    if (!secret_start() || !mkdtemp(f->folder))
        return -1;
    snprintf(o.data, sizeof o.data, "%s", f->folder);
    if (!hub_open(&f->hub, &o, &why))
        fail_msg("%s", why.text);
    *state = f;
    return 0;
}

static int
close_hub(void **state)
{
    static const char *const files[] = {"lock", "hub.sqlite", "hub.sqlite-wal",
                                        "hub.sqlite-shm"};
    struct fixture *f = *state;
    char path[128];
    hub_close(&f->hub);
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", f->folder, files[i]);
        unlink(path);
    }
    rmdir(f->folder);
    free(f);
    return 0;
}

/* As often as it may, at that time. */
static void
tick_at(struct fixture *f, int64_t wall_s)
{
    clock_start_at(&f->hub.clock, wall_s);
    f->hub.expire_at_ms = 0;
    assert_true(hub_tick(&f->hub) > 0);
}

static void
put(struct fixture *f)
{
    struct problem why = {0};
    unsigned char hash[HUB_HASH_BYTES] = {1};
    struct hub_postit p = {.id = ID,
                           .text = "Draw it",
                           .made_s = NOW_S,
                           .expires_s = NOW_S + 14 * DAY_S};
    assert_true(
        hub_store_begin_pairing(f->hub.store, "BCDFGHJK", hash, NOW_S, &why));
    assert_true(hub_store_accept_pairing(f->hub.store, "BCDFGHJK", "x", "y",
                                         NOW_S, &why));
    assert_int_equal(hub_store_put_postit(f->hub.store, &p, 1, NOW_S, &why),
                     HUB_PUT_NEW);
}

static int
count(struct fixture *f)
{
    struct arena arena = {0};
    const struct hub_postit *list;
    int count = hub_store_postits(f->hub.store, &arena, -1, 0, &list);
    arena_destroy(&arena);
    return count;
}

static void
a_tick_in_the_future_deletes_nothing(void **state)
{
    struct fixture *f = *state;
    static const int64_t jumps_s[] = {20 * DAY_S, YEAR_S, 73 * YEAR_S, -YEAR_S};
    steady_init(&f->hub.steady, NOW_S, &f->hub.now);
    put(f);
    for (int i = 0; i < 4; i++) {
        tick_at(f, NOW_S);
        tick_at(f, NOW_S + jumps_s[i]);
        assert_int_equal(count(f), 1);
    }
    tick_at(f, NOW_S);
    assert_int_equal(count(f), 1);
}

/* Also when it is started at that moment: it knows when it last ran. */
static void
a_start_in_the_future_deletes_nothing(void **state)
{
    struct fixture *f = *state;
    struct hub_options o = f->hub.options;
    struct problem why = {0};
    assert_true(hub_store_set(f->hub.store, "clock_s", "1000000000", &why));
    put(f);
    hub_close(&f->hub);
    assert_true(hub_open(&f->hub, &o, &why));
    tick_at(f, NOW_S + YEAR_S);
    assert_int_equal(count(f), 1);
}

/* Where the machine's own clock is right, which the hub wants too. */
static void
what_had_its_time_is_deleted(void **state)
{
    struct fixture *f = *state;
    if (!clock_machine_is_trusted(CLOCK_BUILT_AFTER_S))
        skip();
    struct now then = {.mono_ms = clock_mono_ms(),
                       .wall_s = NOW_S + 14 * DAY_S - 60};
    steady_init(&f->hub.steady, then.wall_s, &then);
    put(f);
    tick_at(f, then.wall_s);
    assert_int_equal(count(f), 1);
    tick_at(f, then.wall_s + 60);
    assert_int_equal(count(f), 0);
}

#define HUB_TEST(f) cmocka_unit_test_setup_teardown(f, open_hub, close_hub)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        HUB_TEST(a_tick_in_the_future_deletes_nothing),
        HUB_TEST(a_start_in_the_future_deletes_nothing),
        HUB_TEST(what_had_its_time_is_deleted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
