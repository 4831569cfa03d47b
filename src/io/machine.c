#include "io/machine_part.h"

#include <glob.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/text.h"
#include "base/utf8.h"
#include "io/file.h"

/* Of get_throttled, the firmware's own word: now, and since it started. */
#define LOW_NOW (1 << 0)
#define SLOWED_NOW (1 << 2)
#define HOT_NOW (1 << 3)
#define LOW_BEFORE (1 << 16)

char *
machine_file(const struct machine_places *p, const char *path)
{
    struct text text = {0};
    struct problem why;
    char whole[PATH_MAX];
    int len = snprintf(whole, sizeof whole, "%s%s", p->root, path);
    if (len < 0 || (size_t) len >= sizeof whole ||
        !file_read(whole, MACHINE_FILE_MOST, &text, &why))
        return NULL;
    text_add_string(&text, ""); // an empty file is there too
    return text.bytes;
}

static bool
is_shown(const char *bytes, size_t len, size_t at)
{
    uint32_t letter = utf8_next(bytes, len, &at);
    return !utf8_is_control(letter) && letter != 0xFFFD;
}

bool
machine_line(const struct machine_places *p, const char *path, char *out,
             size_t size)
{
    char *text = machine_file(p, path);
    const char *from = text ? text : "";
    from += strspn(from, " \t");
    size_t len = strcspn(from, "\n"), put = 0;
    while (len && strchr(" \t\r", from[len - 1]))
        len--;
    for (size_t at = 0; at < len;) {
        size_t end = at;
        utf8_next(from, len, &end);
        if (is_shown(from, len, at)) {
            if (put + (end - at) >= size)
                break;
            memcpy(out + put, from + at, end - at);
            put += end - at;
        }
        at = end;
    }
    out[put] = '\0';
    free(text);
    return put > 0;
}

bool
machine_number(const struct machine_places *p, const char *path, int64_t *out)
{
    char line[64], *end;
    if (!machine_line(p, path, line, sizeof line))
        return false;
    *out = strtoll(line, &end, 0);
    return end != line;
}

void
machine_each(const struct machine_places *p, const char *pattern,
             void (*use)(const struct machine_places *p, const char *path,
                         struct net_machine *m),
             struct net_machine *m)
{
    char whole[PATH_MAX];
    glob_t found = {0};
    int len = snprintf(whole, sizeof whole, "%s%s", p->root, pattern);
    if (len > 0 && (size_t) len < sizeof whole &&
        glob(whole, 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++)
            use(p, found.gl_pathv[i] + strlen(p->root), m);
    globfree(&found);
}

/* ---- power and heat -------------------------------------------------------
 */

static enum net_power
worse(enum net_power a, enum net_power b)
{
    return a > b ? a : b;
}

/* Hexadecimal, without 0x. */
static void
take_throttled(const struct machine_places *p, const char *path,
               struct net_machine *m)
{
    char line[32], *end;
    if (!machine_line(p, path, line, sizeof line))
        return;
    unsigned long bits = strtoul(line, &end, 16);
    if (end == line)
        return;
    m->power = worse(m->power, bits & LOW_NOW      ? NET_POWER_LOW
                               : bits & LOW_BEFORE ? NET_POWER_WAS_LOW
                                                   : NET_POWER_GOOD);
    m->is_slowed_by_heat =
        bits & HOT_NOW || (bits & SLOWED_NOW && !(bits & LOW_NOW));
}

/* The same by another driver, which every kernel for a Pi has. */
static void
take_voltage(const struct machine_places *p, const char *path,
             struct net_machine *m)
{
    char name[32], alarm[PATH_MAX];
    int64_t is_low;
    if (!machine_line(p, path, name, sizeof name) ||
        strcmp(name, "rpi_volt") != 0)
        return;
    snprintf(alarm, sizeof alarm, "%.*s/in0_lcrit_alarm",
             (int) (strrchr(path, '/') - path), path);
    if (machine_number(p, alarm, &is_low))
        m->power = worse(m->power, is_low ? NET_POWER_LOW : NET_POWER_GOOD);
}

static void
read_power(struct net_machine *m, const struct machine_places *p)
{
    int64_t milli = 0;
    machine_each(p, "/sys/devices/platform/*firmware*/get_throttled",
                 take_throttled, m);
    machine_each(p, "/sys/devices/platform/*/*firmware*/get_throttled",
                 take_throttled, m);
    machine_each(p, "/sys/class/hwmon/hwmon*/name", take_voltage, m);
    if (machine_number(p, "/sys/class/thermal/thermal_zone0/temp", &milli) &&
        milli > 0 && milli < 200000)
        m->temperature_c = (int) (milli / 1000);
}

/* ---- what it is -----------------------------------------------------------
 */

/* PRETTY_NAME="Debian GNU/Linux 12 (bookworm)" */
static void
read_system(struct net_machine *m, const struct machine_places *p)
{
    static const char key[] = "PRETTY_NAME=";
    char *text = machine_file(p, "/etc/os-release");
    const char *at = text ? strstr(text, key) : NULL;
    if (at) {
        at += strlen(key);
        at += strspn(at, "\"'");
        snprintf(m->system, sizeof m->system, "%.*s",
                 (int) strcspn(at, "\"'\n"), at);
    }
    free(text);
}

static void
read_kernel(struct net_machine *m)
{
    struct utsname names;
    struct sysinfo info;
    if (uname(&names) == 0)
        snprintf(m->kernel, sizeof m->kernel, "%.40s %.30s", names.release,
                 names.machine);
    if (sysinfo(&info) == 0 && info.uptime > 0)
        m->up_s = info.uptime;
    if (gethostname(m->host, sizeof m->host) != 0)
        m->host[0] = '\0';
    m->host[sizeof m->host - 1] = '\0';
}

void
machine_read(struct net_machine *m, const struct machine_places *p)
{
    *m = (struct net_machine){.is_read = true};
    machine_network(m, p);
    machine_disks(m, p);
    read_power(m, p);
    read_system(m, p);
    read_kernel(m);
    // Not /proc/device-tree, which the service hides.
    if (!machine_line(p, "/sys/firmware/devicetree/base/model", m->model,
                      sizeof m->model))
        machine_line(p, "/sys/class/dmi/id/product_name", m->model,
                     sizeof m->model);
}
