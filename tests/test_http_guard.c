// links: src/io/http_guard.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/http_guard.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static void
addresses_have_their_place(void **state)
{
    static const struct {
        const char *host;
        enum http_place place;
    } rows[] = {
        {"8.8.8.8", HTTP_PLACE_PUBLIC},
        {"1.0.0.1", HTTP_PLACE_PUBLIC},
        {"172.15.255.255", HTTP_PLACE_PUBLIC},
        {"172.32.0.0", HTTP_PLACE_PUBLIC},
        {"100.63.255.255", HTTP_PLACE_PUBLIC},
        {"100.128.0.0", HTTP_PLACE_PUBLIC},
        {"223.255.255.255", HTTP_PLACE_PUBLIC},
        {"2a00:1450::1", HTTP_PLACE_PUBLIC},
        {"64:ff9b::808:808", HTTP_PLACE_PUBLIC}, // NAT64 of 8.8.8.8
        {"2002:808:808::1", HTTP_PLACE_PUBLIC},  // 6to4 of 8.8.8.8
        {"10.0.0.0", HTTP_PLACE_PRIVATE},
        {"10.255.255.255", HTTP_PLACE_PRIVATE},
        {"172.16.0.1", HTTP_PLACE_PRIVATE},
        {"172.31.255.255", HTTP_PLACE_PRIVATE},
        {"192.168.1.1", HTTP_PLACE_PRIVATE},
        {"100.64.0.1", HTTP_PLACE_PRIVATE},
        {"100.127.255.255", HTTP_PLACE_PRIVATE},
        {"198.19.0.1", HTTP_PLACE_PRIVATE},
        {"fd12:3456::1", HTTP_PLACE_PRIVATE},
        {"fc00::1", HTTP_PLACE_PRIVATE},
        {"fec0::1", HTTP_PLACE_PRIVATE},
        {"64:ff9b:1::1", HTTP_PLACE_PRIVATE},
        {"::ffff:10.0.0.1", HTTP_PLACE_PRIVATE},
        {"::ffff:0:10.0.0.1", HTTP_PLACE_PRIVATE},
        {"64:ff9b::10.0.0.1", HTTP_PLACE_PRIVATE},
        {"2002:a00:1::", HTTP_PLACE_PRIVATE},
        {"169.254.169.254", HTTP_PLACE_LINK},
        {"::ffff:169.254.169.254", HTTP_PLACE_LINK},
        {"fe80::1", HTTP_PLACE_LINK},
        {"fe80::1%eth0", HTTP_PLACE_LINK},
        {"febf::1", HTTP_PLACE_LINK},
        {"127.0.0.1", HTTP_PLACE_LOOPBACK},
        {"127.255.255.254", HTTP_PLACE_LOOPBACK},
        {"::1", HTTP_PLACE_LOOPBACK},
        {"[::1]", HTTP_PLACE_LOOPBACK},
        {"::ffff:127.0.0.1", HTTP_PLACE_LOOPBACK},
        {"64:ff9b::7f00:1", HTTP_PLACE_LOOPBACK},
        {"2002:7f00:1::", HTTP_PLACE_LOOPBACK},
        {"0.0.0.0", HTTP_PLACE_UNKNOWN},
        {"0.1.2.3", HTTP_PLACE_UNKNOWN},
        {"224.0.0.251", HTTP_PLACE_UNKNOWN},
        {"255.255.255.255", HTTP_PLACE_UNKNOWN},
        {"203.0.113.7", HTTP_PLACE_UNKNOWN},
        {"::", HTTP_PLACE_UNKNOWN},
        {"::7f00:1", HTTP_PLACE_UNKNOWN}, // IPv4-compatible
        {"::ffff:0.0.0.0", HTTP_PLACE_UNKNOWN},
        {"2001::1", HTTP_PLACE_UNKNOWN}, // Teredo
        {"2001:db8::1", HTTP_PLACE_UNKNOWN},
        {"ff02::fb", HTTP_PLACE_UNKNOWN},
        {"school.example", HTTP_PLACE_UNKNOWN},
        {"", HTTP_PLACE_UNKNOWN},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (http_place_of_text(rows[i].host) != rows[i].place)
            fail_msg("%s", rows[i].host);
}

static void
only_public_places_and_the_one_allowed(void **state)
{
    (void) state;
    for (int place = HTTP_PLACE_UNKNOWN; place <= HTTP_PLACE_LOOPBACK; place++)
        for (int also = HTTP_PLACE_UNKNOWN; also <= HTTP_PLACE_LOOPBACK; also++)
            assert_int_equal(
                http_guard_allows(place, also),
                place == HTTP_PLACE_PUBLIC ||
                    (place == also && place != HTTP_PLACE_UNKNOWN));
}

static void
names_are_judged_where_no_address_is_seen(void **state)
{
    static const struct {
        const char *host;
        enum http_place allowed;
        bool may;
    } rows[] = {
        {"school.example", HTTP_PLACE_UNKNOWN, true},
        {"school.example.", HTTP_PLACE_UNKNOWN, true},
        {"notlocal", HTTP_PLACE_UNKNOWN, false},
        {"x.notlocal", HTTP_PLACE_UNKNOWN, true},
        {"LOCALHOST", HTTP_PLACE_LOOPBACK, false},
        {"a.localhost", HTTP_PLACE_UNKNOWN, false},
        {"printer.local", HTTP_PLACE_UNKNOWN, false},
        {"nas.home.arpa.", HTTP_PLACE_UNKNOWN, false},
        {"10.0.0.1", HTTP_PLACE_UNKNOWN, false},
        {"10.0.0.1", HTTP_PLACE_PRIVATE, true},
        {"[::1]", HTTP_PLACE_PRIVATE, false},
        {"8.8.8.8", HTTP_PLACE_UNKNOWN, true},
        {"", HTTP_PLACE_UNKNOWN, false},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (http_guard_allows_name(rows[i].host, rows[i].allowed) !=
            rows[i].may)
            fail_msg("%s", rows[i].host);
}

static void
this_machine_has_some_names(void **state)
{
    static const char *const here[] = {"localhost", "LOCALHOST.",
                                       "127.0.0.1", "127.1.2.3",
                                       "[::1]",     "hub.localhost"};
    static const char *const elsewhere[] = {"10.0.0.1", "notlocalhost", "",
                                            "::2", "127.0.0.1.example"};
    (void) state;
    for (size_t i = 0; i < COUNT(here); i++)
        if (!http_guard_is_this_machine(here[i]))
            fail_msg("%s", here[i]);
    for (size_t i = 0; i < COUNT(elsewhere); i++)
        if (http_guard_is_this_machine(elsewhere[i]))
            fail_msg("%s", elsewhere[i]);
}

static void
no_proxy_lists_are_read(void **state)
{
    static const struct {
        const char *list, *host;
        bool has;
    } rows[] = {
        {"", "a.example", false},
        {"*", "a.example", true},
        {"a.example", "a.example", true},
        {"a.example", "A.EXAMPLE.", true},
        {"a.example", "b.a.example", true},
        {".a.example", "a.example", true},
        {"*.a.example", "b.a.example", true},
        {"*a.example", "b.a.example", false},
        {"a.example", "ba.example", false},
        {"x, a.example\ty", "a.example", true},
        {"b.a.example", "a.example", false},
        {"10.0.0.0/8", "10.1.2.3", true},
        {"10.0.0.0/8", "11.1.2.3", false},
        {"10.0.0.0/33", "10.0.0.0", false},
        {"10.0.0.0/x", "10.0.0.0", false},
        {"10.0.0.1", "10.0.0.1", true},
        {"10.0.0.1", "10.0.0.11", false},
        {"fd00::/8", "[fd12::1]", true},
        {"[::1]", "[::1]", true},
        {"fd00::/8", "fd12.example", false},
        {"127.0.0.0/8", "localhost", false},
        {", ,", "a.example", false},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (http_no_proxy_has(rows[i].list, rows[i].host) != rows[i].has)
            fail_msg("%s in %s", rows[i].host, rows[i].list);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_have_their_place),
        cmocka_unit_test(only_public_places_and_the_one_allowed),
        cmocka_unit_test(names_are_judged_where_no_address_is_seen),
        cmocka_unit_test(this_machine_has_some_names),
        cmocka_unit_test(no_proxy_lists_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
