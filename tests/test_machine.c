// links: src/io/machine.c src/io/machine_network.c src/io/machine_disks.c
// links: src/io/file.c src/base/hash.c src/base/memory.c src/base/problem.c
// links: src/base/text.c src/base/utf8.c
// libs: -lunistring
/* Machines made of files, as a Raspberry Pi, a laptop and broken ones show
   themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/machine.h"

struct stand {
    char root[64];
    struct machine_places places;
};

static void
put(const struct stand *s, const char *path, const char *text)
{
    char whole[512];
    snprintf(whole, sizeof whole, "%s%s", s->root, path);
    for (char *slash = whole + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(whole, 0777);
        *slash = '/';
    }
    FILE *f = fopen(whole, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void
link_to(const struct stand *s, const char *name, bool is_wifi,
        const char *state)
{
    char path[256];
    static const struct {
        const char *file, *text;
    } files[] = {{"type", "1\n"},
                 {"carrier", "1\n"},
                 {"address", "b8:27:eb:01:02:03\n"},
                 {"device/vendor", "x\n"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "/sys/class/net/%s/%s", name,
                 files[i].file);
        put(s, path, files[i].text);
    }
    snprintf(path, sizeof path, "/sys/class/net/%s/operstate", name);
    put(s, path, state);
    if (is_wifi) {
        snprintf(path, sizeof path, "/sys/class/net/%s/wireless/x", name);
        put(s, path, "");
    }
}

static void
addresses(struct net_link *links, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(links[i].name, "eth0") == 0)
            snprintf(links[i].address, sizeof links[i].address, "10.20.3.4");
}

static int
set_up(void **state)
{
    struct stand *s = calloc(1, sizeof *s);
    snprintf(s->root, sizeof s->root, "/tmp/test_machine.XXXXXX");
    if (!mkdtemp(s->root))
        return -1;
    s->places = (struct machine_places){.root = s->root,
                                        .state = "/tmp",
                                        .cache = "/tmp/not/made/yet",
                                        .find_addresses = addresses};
    *state = s;
    return 0;
}

static int
tear_down(void **state)
{
    struct stand *s = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", s->root);
    int status = system(command);
    free(s);
    return status;
}

static void
what_is_not_there_is_left_out(void **state)
{
    struct stand *s = *state;
    struct net_machine m;
    machine_read(&m, &s->places);
    assert_true(m.is_read);
    assert_false(m.are_links_known);
    assert_int_equal(m.link_count, 0);
    assert_int_equal(m.power, NET_POWER_UNKNOWN);
    assert_int_equal(m.disk_errors, 0);
    assert_int_equal(m.card_worn_percent, 0);
    assert_int_equal(m.temperature_c, 0);
    assert_string_equal(m.router, "");
    assert_string_equal(m.model, "");
    assert_string_equal(m.system, "");
    assert_true(m.state.is_known); // this machine's own
    assert_true(m.cache.is_known); // of the folder above it
    assert_true(m.up_s > 0);
    assert_true(*m.kernel && *m.host);
}

static void
a_pi_is_read(void **state)
{
    struct stand *s = *state;
    struct net_machine m;
    link_to(s, "eth0", false, "up\n");
    link_to(s, "wlan0", true, "down\n");
    put(s, "/sys/class/net/lo/type", "772\n");
    put(s, "/sys/class/net/lo/operstate", "unknown\n");
    put(s, "/sys/class/net/docker0/type", "1\n"); // no device behind it
    put(s, "/sys/class/net/docker0/operstate", "up\n");
    put(s, "/proc/self/net/route",
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\n"
        "eth0\t0003140A\t00000000\t0001\t0\t0\t202\t00FFFFFF\n"
        "eth0\t00000000\t0103140A\t0003\t0\t0\t202\t00000000\n");
    put(s, "/etc/resolv.conf",
        "# made by NetworkManager\nsearch school.example\n"
        "nameserver 10.20.0.2\nnameserver\t2001:db8::53\nnameservers x\n");
    put(s, "/etc/os-release",
        "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
    // The kernel ends this one with a NUL, not a newline.
    put(s, "/sys/firmware/devicetree/base/model", "Raspberry Pi 4 Model B");
    put(s, "/sys/class/thermal/thermal_zone0/temp", "54321\n");
    put(s, "/sys/devices/platform/soc/soc:firmware/get_throttled", "50000\n");
    machine_read(&m, &s->places);
    assert_true(m.are_links_known);
    assert_int_equal(m.link_count, 2);
    assert_string_equal(m.links[0].name, "eth0");
    assert_string_equal(m.links[0].hardware, "b8:27:eb:01:02:03");
    assert_string_equal(m.links[0].address, "10.20.3.4");
    assert_true(m.links[0].is_up);
    assert_false(m.links[0].is_wifi);
    assert_true(m.links[1].is_wifi);
    assert_false(m.links[1].is_up);
    assert_string_equal(m.links[1].address, "");
    assert_string_equal(m.router, "10.20.3.1");
    assert_string_equal(m.name_servers, "10.20.0.2, 2001:db8::53");
    assert_string_equal(m.system, "Debian GNU/Linux 12 (bookworm)");
    assert_string_equal(m.model, "Raspberry Pi 4 Model B");
    assert_int_equal(m.temperature_c, 54);
    assert_int_equal(m.power, NET_POWER_WAS_LOW);
    assert_false(m.is_slowed_by_heat);
}

static void
wifi_says_how_strong_it_is(void **state)
{
    struct stand *s = *state;
    struct net_machine m;
    link_to(s, "wlan0", true, "up\n");
    put(s, "/proc/self/net/wireless",
        "Inter-| sta-|   Quality        |   Discarded packets\n"
        " face | tus | link level noise |  nwid  crypt   frag  retry\n"
        " wlan0: 0000   38.  -72.  -256        0      0      0      0\n");
    machine_read(&m, &s->places);
    assert_int_equal(m.links[0].signal_dbm, -72);
    put(s, "/proc/self/net/wireless", " wlan0: 0000  nonsense\n");
    machine_read(&m, &s->places);
    assert_int_equal(m.links[0].signal_dbm, 0);
}

static void
a_cable_with_a_dumb_driver(void **state)
{
    struct stand *s = *state;
    struct net_machine m;
    link_to(s, "eth0", false, "unknown\n");
    machine_read(&m, &s->places);
    assert_true(m.links[0].is_up); // its carrier says so
    link_to(s, "eth0", false, "dormant\n");
    machine_read(&m, &s->places);
    assert_false(m.links[0].is_up);
}

static void
power_is_read_from_whichever_file_there_is(void **state)
{
    static const struct {
        const char *path, *text;
        enum net_power power;
        bool is_hot;
    } rows[] = {
        {"/sys/devices/platform/soc/soc:firmware/get_throttled", "0\n",
         NET_POWER_GOOD, false},
        {"/sys/devices/platform/soc/soc:firmware/get_throttled", "50005\n",
         NET_POWER_LOW, false},
        {"/sys/devices/platform/soc/soc:firmware/get_throttled", "10000\n",
         NET_POWER_WAS_LOW, false},
        {"/sys/devices/platform/soc/soc:firmware/get_throttled", "8\n",
         NET_POWER_GOOD, true},
        {"/sys/devices/platform/soc/soc:firmware/get_throttled", "e0000\n",
         NET_POWER_GOOD, false}, // it was hot
        {"/sys/devices/platform/soc/soc:firmware/get_throttled", "\n",
         NET_POWER_UNKNOWN, false},
        {"/sys/devices/platform/soc@107c000000/x:firmware/get_throttled", "1\n",
         NET_POWER_LOW, false},
        {"/sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1\n", NET_POWER_LOW,
         false},
        {"/sys/class/hwmon/hwmon1/in0_lcrit_alarm", "0\n", NET_POWER_GOOD,
         false},
    };
    struct stand *s = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct net_machine m;
        char whole[256];
        put(s, "/sys/class/hwmon/hwmon0/name", "cpu_thermal\n");
        put(s, "/sys/class/hwmon/hwmon0/in0_lcrit_alarm", "1\n"); // another's
        put(s, "/sys/class/hwmon/hwmon1/name", "rpi_volt\n");
        put(s, rows[i].path, rows[i].text);
        machine_read(&m, &s->places);
        if (m.power != rows[i].power || m.is_slowed_by_heat != rows[i].is_hot)
            fail_msg("row %zu: power %d", i, m.power);
        snprintf(whole, sizeof whole, "%s%s", s->root, rows[i].path);
        remove(whole);
    }
}

static void
a_card_that_fails_says_so(void **state)
{
    struct stand *s = *state;
    struct net_machine m;
    put(s, "/sys/fs/ext4/mmcblk0p2/errors_count", "3\n");
    put(s, "/sys/fs/ext4/sda1/errors_count", "0\n");
    put(s, "/sys/block/mmcblk0/device/life_time", "0x02 0x09\n");
    put(s, "/sys/block/mmcblk0/device/pre_eol_info", "0x01\n");
    machine_read(&m, &s->places);
    assert_int_equal(m.disk_errors, 3);
    assert_string_equal(m.disk, "mmcblk0p2");
    assert_int_equal(m.card_worn_percent, 90);
    assert_false(m.is_card_ending);
    put(s, "/sys/block/mmcblk0/device/life_time", "0x0b 0x01\n");
    put(s, "/sys/block/mmcblk0/device/pre_eol_info", "0x03\n");
    machine_read(&m, &s->places);
    assert_true(m.card_worn_percent > 100);
    assert_true(m.is_card_ending);
    put(s, "/sys/block/mmcblk0/device/life_time", "0x00 0x00\n");
    put(s, "/sys/block/mmcblk0/device/pre_eol_info", "0x00\n");
    machine_read(&m, &s->places);
    assert_int_equal(m.card_worn_percent, 0);
    assert_false(m.is_card_ending);
}

static void
a_disk_that_an_error_made_read_only(void **state)
{
    static const struct {
        const char *mounts;
        bool is_read_only;
        const char *type;
    } rows[] = {
        {"1 0 8:1 / / rw,relatime - ext4 /dev/root rw\n", false, "ext4"},
        {"1 0 8:1 / / rw,relatime - ext4 /dev/root ro,errors=remount-ro\n",
         true, "ext4"},
        // The service's own view: all is read-only but for its folder.
        {"1 0 8:1 / / ro shared:1 - ext4 /dev/root rw\n"
         "2 1 8:1 /tmp /tmp rw shared:2 master:1 - ext4 /dev/root rw\n",
         false, "ext4"},
        {"1 0 8:1 / / rw - ext4 /dev/root rw\n"
         "2 1 0:9 / /tmp ro,nosuid - tmpfs tmpfs rw\n",
         true, "tmpfs"},
        {"1 0 8:1 / / rw - overlay overlay rw,lowerdir=/x\n"
         "2 1 0:9 / /tmpx ro - tmpfs tmpfs rw\n",
         false, "overlay"},
        {"nonsense\n1 0 8:1\n\n - - -\n", false, ""},
    };
    struct stand *s = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct net_machine m;
        put(s, "/proc/self/mountinfo", rows[i].mounts);
        machine_read(&m, &s->places);
        if (m.state.is_read_only != rows[i].is_read_only ||
            strcmp(m.state.type, rows[i].type) != 0)
            fail_msg("row %zu: %s", i, m.state.type);
    }
}

static void
nonsense_does_no_harm(void **state)
{
    static const char *const paths[] = {
        "/sys/class/net/eth0/type",
        "/sys/class/net/eth0/operstate",
        "/sys/class/net/eth0/address",
        "/sys/class/net/eth0/device/x",
        "/sys/class/thermal/thermal_zone0/temp",
        "/sys/firmware/devicetree/base/model",
        "/sys/fs/ext4/sda1/errors_count",
        "/sys/block/mmcblk0/device/life_time",
        "/sys/block/mmcblk0/device/pre_eol_info",
        "/sys/devices/platform/soc/soc:firmware/get_throttled",
        "/proc/self/mountinfo",
        "/proc/self/net/route",
        "/proc/self/net/wireless",
        "/etc/resolv.conf",
        "/etc/os-release",
    };
    static char longest[4000];
    static const char *const texts[] = {
        "",
        "\n",
        "-1",
        "99999999999999999999",
        "\xff\xfe\x01\x1b[31m",
        "PRETTY_NAME=",
        "nameserver ",
        "nameserver",
        "1 0 8:1 / / rw -",
        "1 0 8:1 / / rw - ",
        "eth0:",
        longest,
    };
    struct stand *s = *state;
    memset(longest, 'a', sizeof longest - 1);
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        struct net_machine m;
        for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
            put(s, paths[i], texts[t]);
        machine_read(&m, &s->places);
        for (const char *c = m.model; *c; c++)
            assert_true((unsigned char) *c >= ' ');
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_not_there_is_left_out),
        TEST(a_pi_is_read),
        TEST(wifi_says_how_strong_it_is),
        TEST(a_cable_with_a_dumb_driver),
        TEST(power_is_read_from_whichever_file_there_is),
        TEST(a_card_that_fails_says_so),
        TEST(a_disk_that_an_error_made_read_only),
        TEST(nonsense_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
