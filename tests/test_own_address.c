// links: src/io/own_address.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include "io/own_address.h"

#define UP (IFF_UP | IFF_RUNNING)
#define ADDRESSES 5

struct row {
    const char *what;
    struct {
        const char *address; // NULL: an interface without one
        unsigned flags;
    } list[ADDRESSES];
    int count;
    const char *said;
};

static void
check_row(const struct row *row)
{
    struct ifaddrs list[ADDRESSES];
    struct sockaddr_storage addresses[ADDRESSES];
    char said[OWN_ADDRESS_BYTES];
    memset(list, 0, sizeof list);
    memset(addresses, 0, sizeof addresses);
    for (int i = 0; i < row->count; i++) {
        const char *text = row->list[i].address;
        struct sockaddr_in *v4 = (struct sockaddr_in *) &addresses[i];
        struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) &addresses[i];
        list[i].ifa_next = i + 1 < row->count ? &list[i + 1] : NULL;
        list[i].ifa_flags = row->list[i].flags;
        if (!text)
            continue;
        list[i].ifa_addr = (struct sockaddr *) &addresses[i];
        if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
            v4->sin_family = AF_INET;
        } else {
            assert_int_equal(inet_pton(AF_INET6, text, &v6->sin6_addr), 1);
            v6->sin6_family = AF_INET6;
        }
    }
    bool has_one = own_address_of(row->count ? list : NULL, said);
    if (strcmp(said, row->said) != 0 || has_one != (*row->said != '\0'))
        fail_msg("%s: \"%s\"", row->what, said);
}

static void
it_is_one_that_others_can_reach(void **state)
{
    static const struct row rows[] = {
        {"nothing", {{0}}, 0, ""},
        {"itself", {{"127.0.0.1", UP | IFF_LOOPBACK}, {NULL, UP}}, 2, ""},
        {"a cable",
         {{"127.0.0.1", UP | IFF_LOOPBACK}, {"192.168.1.20", UP}},
         2,
         "192.168.1.20"},
        {"pulled out", {{"192.168.1.20", IFF_UP}}, 1, ""},
        {"nobody gave one", {{"169.254.3.4", UP}}, 1, ""},
        {"a cable and Wi-Fi and more",
         {{"fd00::1", UP},
          {"192.168.1.20", UP},
          {"10.0.0.4", UP},
          {"10.0.0.5", UP}},
         4,
         "192.168.1.20 or 10.0.0.4"},
        {"IPv6 alone",
         {{"fe80::1", UP}, {"2001:db8::20", UP}},
         2,
         "2001:db8::20"},
        {"only to its neighbours", {{"fe80::1", UP}}, 1, ""},
        {"the longest",
         {{"2001:db8:1111:2222:3333:4444:5555:6666", UP},
          {"2001:db8:1111:2222:3333:4444:5555:7777", UP}},
         2,
         "2001:db8:1111:2222:3333:4444:5555:6666 or "
         "2001:db8:1111:2222:3333:4444:5555:7777"},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_row(&rows[i]);
}

static void
this_machine_can_be_asked(void **state)
{
    char said[OWN_ADDRESS_BYTES];
    (void) state;
    bool has_one = own_address(said);
    assert_int_equal(has_one, *said != '\0');
    assert_null(strstr(said, "127.0.0.1"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_one_that_others_can_reach),
        cmocka_unit_test(this_machine_can_be_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
