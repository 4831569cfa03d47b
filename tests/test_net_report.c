// links: src/core/net_report.c src/core/net_report_lines.c src/core/wording.c
// links: src/core/date.c src/core/board.c src/base/*.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/net_report.h"
#include "tests/net_facts_sample.h"

static const struct now now = {.wall_s = THURSDAY, .is_trusted = true};

static struct net_report
report(struct arena *a, const struct net_facts *f)
{
    struct net_report r;
    net_report_make(&r, a, f, NULL, now);
    return r;
}

static const char *
value_of(const struct net_report *r, const char *label)
{
    for (int i = 0; i < r->count; i++)
        if (strcmp(r->lines[i].label, label) == 0)
            return r->lines[i].value;
    return "";
}

static bool
is_bad(const struct net_report *r, const char *label)
{
    for (int i = 0; i < r->count; i++)
        if (strcmp(r->lines[i].label, label) == 0)
            return r->lines[i].is_bad;
    return false;
}

static void
a_good_day_has_nothing_bad_in_it(void **state)
{
    struct arena arena = {0};
    struct net_facts f = facts_of_a_good_day();
    struct net_report r = report(&arena, &f);
    (void) state;
    assert_false(r.is_bad);
    assert_string_equal(r.sentence, "All is well: the feed answers.");
    for (int i = 0; i < r.count; i++)
        if (r.lines[i].is_bad)
            fail_msg("%s: %s", r.lines[i].label, r.lines[i].value);
    assert_string_equal(value_of(&r, "Certificate"),
                        "signed by R11, Let's Encrypt");
    assert_string_equal(value_of(&r, "Connected to"),
                        "10.20.0.8 port 8080, the proxy");
    assert_string_equal(value_of(&r, "Cable"), "10.20.3.4 (eth0)");
    assert_string_equal(value_of(&r, "Wi-Fi"), ""); // not needed, not minded
    assert_string_equal(value_of(&r, "Post-its"), "all sent");
    assert_string_equal(value_of(&r, "Running for"), "12 days");
    assert_string_equal(value_of(&r, "Clock"), "Thursday 26 November, 10:42");
    assert_true(r.count < NET_LINES_MOST);
    arena_destroy(&arena);
}

typedef void spoil(struct net_facts *f);

static void
no_cable(struct net_facts *f)
{
    fail_with(&f->feed, "The address could not be found", "curl 6");
    f->machine.links[0].is_up = false;
}
static void
no_cable_but_a_file(struct net_facts *f)
{
    f->machine.links[0].is_up = false;
    f->feed.is_file = true;
    f->feed.address[0] = f->hub.address[0] = '\0';
}
static void
no_address(struct net_facts *f)
{
    fail_with(&f->hub, "The address could not be found", "curl 6");
    snprintf(f->machine.links[0].address, sizeof f->machine.links[0].address,
             "169.254.1.1");
    f->machine.links[0].is_self_given = true;
}
static void
sign_in(struct net_facts *f)
{
    *f = facts_of_a_filter();
}
static void
block_page(struct net_facts *f)
{
    fail_with(&f->feed, "The server or a school filter refused to answer", "");
    f->feed.last.status = 403;
    f->feed.last.is_web_page = true;
}
static void
hub_away(struct net_facts *f)
{
    fail_with(&f->hub, "The server took too long to answer", "curl 28");
}
static void
read_only(struct net_facts *f)
{
    f->machine.state.is_read_only = true;
}
static void
no_store(struct net_facts *f)
{
    f->has_store = false;
}
static void
full(struct net_facts *f)
{
    f->machine.cache.free_mb = 3;
}
static void
errors(struct net_facts *f)
{
    f->machine.disk_errors = 1;
}
static void
low_power(struct net_facts *f)
{
    f->machine.power = NET_POWER_LOW;
}
static void
slow_clock(struct net_facts *f)
{
    f->feed.last.server_s = THURSDAY + 3 * 86400 + 60;
}
static void
fast_clock(struct net_facts *f)
{
    f->feed.last.server_s = THURSDAY - 121;
}
static void
near_clock(struct net_facts *f)
{
    f->feed.last.server_s = THURSDAY - 120;
}
static void
no_clock(struct net_facts *f)
{
    f->is_clock_trusted = false;
}
static void
worn(struct net_facts *f)
{
    f->machine.is_card_ending = true;
}
static void
hot(struct net_facts *f)
{
    f->machine.is_slowed_by_heat = true;
}
static void
pairing(struct net_facts *f)
{
    f->is_hub_pairing = true;
}
static void
just_started(struct net_facts *f)
{
    f->feed.state = NET_STATE_WAITING;
    f->feed.last = (struct net_answer){0};
}
static void
not_told(struct net_facts *f)
{
    f->feed = f->hub = (struct net_server){0};
    f->has_store = false;
}
static void
not_told_nor_connected(struct net_facts *f)
{
    not_told(f);
    no_cable(f);
}
static void
everything(struct net_facts *f)
{
    *f = facts_of_a_terrible_day();
}

static void
the_worst_is_said_first(void **state)
{
    static const struct {
        spoil *spoil;
        const char *says;
        const char *label; // of a line that is bad; NULL: none need be
        const char *value;
    } rows[] = {
        {no_cable, "not connected to the network", "Network", "not connected"},
        {no_cable_but_a_file, "All is well: the feed is a file", "Network",
         "not connected"},
        {no_address, "gave this screen no address", "Cable",
         "no address given (eth0)"},
        {sign_in, "most likely the school's filter wants somebody to sign in",
         "What came", "a web page, \"Hillcrest Web Filter: please sign in\""},
        {block_page, "filter refused to answer.", "Answer", "HTTP 403"},
        {hub_away, "The hub: The server took too long", "Its answer", "none"},
        {read_only, "can no longer write to its card", "Disk",
         "22 GB of 29 GB free, ext4, cannot be written to"},
        {no_store, "cannot be kept", "Post-its", "cannot be kept just now"},
        {full, "nearly full", "Cache disk", "3 MB of 29 GB free, ext4"},
        {errors, "made 1 mistake:", "Disk errors", "1 on "},
        {low_power, "too little power", "Power", "too low"},
        {slow_clock, "is 3 days slow", "Clock",
         "Thursday 26 November, 10:42, 3 days behind the server's"},
        {fast_clock, "is 2 minutes fast", "Clock",
         "Thursday 26 November, 10:42, 2 minutes ahead of the server's"},
        {near_clock, "All is well", NULL, NULL},
        {no_clock, "clock is not set", "Clock",
         "Thursday 26 November, 10:42, not set by a time server"},
        {worn, "nearly worn out", NULL, NULL},
        {hot, "too hot", "Heat",
         "54 \xC2\xB0"
         "C, so it runs slower"},
        {pairing, "waits for somebody to add this screen", "This screen",
         "not added at the hub yet"},
        {just_started, "is being asked for", NULL, NULL},
        {not_told, "waits for its settings", NULL, NULL},
        {not_told_nor_connected, "not connected to the network", "Network",
         "not connected"},
        {everything, "The server's certificate is not one", "Certificate",
         "signed by School Filter CA, Hillcrest Council; this screen does not "
         "believe it"},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct net_facts f = facts_of_a_good_day();
        rows[i].spoil(&f);
        struct net_report r = report(&arena, &f);
        const char *said = strstr(r.sentence, rows[i].says);
        if (!said || (rows[i].spoil == everything && said != r.sentence))
            fail_msg("row %zu: %s", i, r.sentence);
        bool is_well =
            rows[i].spoil == near_clock || rows[i].spoil == just_started ||
            rows[i].spoil == not_told || rows[i].spoil == no_cable_but_a_file;
        assert_int_equal(r.is_bad, !is_well);
        if (rows[i].label &&
            (!is_bad(&r, rows[i].label) ||
             strcmp(value_of(&r, rows[i].label), rows[i].value) != 0))
            fail_msg("row %zu: %s: %s", i, rows[i].label,
                     value_of(&r, rows[i].label));
        arena_destroy(&arena);
    }
}

static void
the_groups_stand_together(void **state)
{
    struct arena arena = {0};
    struct net_facts f = facts_of_a_terrible_day();
    struct net_report r = report(&arena, &f);
    (void) state;
    for (int i = 1; i < r.count; i++)
        assert_true(r.lines[i].group >= r.lines[i - 1].group);
    assert_true(r.count < NET_LINES_MOST);
    arena_destroy(&arena);
}

static void
nothing_known_is_nothing_said(void **state)
{
    struct arena arena = {0};
    struct net_facts f = {0};
    struct net_report r = report(&arena, &f);
    (void) state;
    for (int i = 0; i < r.count; i++)
        assert_true(*r.lines[i].value != '\0');
    assert_string_equal(value_of(&r, "Power"), "");
    assert_string_equal(value_of(&r, "Cable"), "");
    arena_destroy(&arena);
}

static void
broken_names_can_be_shown(void **state)
{
    struct arena arena = {0};
    struct net_facts f = facts_of_a_good_day();
    (void) state;
    snprintf(f.machine.host, sizeof f.machine.host, "caf\xe9");
    snprintf(f.feed.address, sizeof f.feed.address, "/srv/\xff\xfe/\xc3");
    struct net_report r = report(&arena, &f);
    assert_string_equal(value_of(&r, "Name"), "caf\xef\xbf\xbd");
    assert_string_equal(value_of(&r, "Feed"),
                        "/srv/\xef\xbf\xbd\xef\xbf\xbd/\xef\xbf\xbd");
    arena_destroy(&arena);
}

static void
as_text_what_is_bad_comes_first_and_whole(void **state)
{
    struct arena arena = {0};
    struct net_facts f = facts_of_a_terrible_day();
    struct net_report r = report(&arena, &f);
    (void) state;
    for (size_t most = 0; most < 2500; most += 37) {
        struct text out = {0};
        net_report_text(&r, &out, most);
        assert_true(out.len <= most);
        assert_true(out.len == 0 || out.bytes[out.len - 1] == '\n');
        text_destroy(&out);
    }
    struct text out = {0};
    net_report_text(&r, &out, 1000);
    assert_non_null(strstr(out.bytes, "\n! Power: too low\n"));
    assert_non_null(strstr(out.bytes, "School Filter CA"));
    assert_true(strncmp(out.bytes, r.sentence, strlen(r.sentence)) == 0);
    assert_true(strstr(out.bytes, "! ") < strstr(out.bytes, "\nProxy"));
    text_destroy(&out);
    arena_destroy(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_day_has_nothing_bad_in_it),
        cmocka_unit_test(the_worst_is_said_first),
        cmocka_unit_test(the_groups_stand_together),
        cmocka_unit_test(nothing_known_is_nothing_said),
        cmocka_unit_test(broken_names_can_be_shown),
        cmocka_unit_test(as_text_what_is_bad_comes_first_and_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
