// links: src/core/date.c src/base/*.c
// libs: -lunistring
/* Everything that is read as a day or a time, in a zone with clock changes. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_time(int64_t utc_s, const struct zone *zone)
{
    if (utc_s == TIME_NONE)
        return;
    struct local local = local_time(zone, utc_s);
    if (local.month < 1 || local.month > 12 || local.date < 1 ||
        local.date > 31 || local.minute < 0 || local.minute > 1439 ||
        local.weekday != day_weekday(local.day))
        abort();
}

static void
check_day(int32_t day)
{
    if (day != DAY_NONE && (day_weekday(day) < 0 || day_weekday(day) > 6))
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct zone *zone; // opening it is slower than all of the rest
    if (!zone)
        zone = zone_open("Europe/London");
    char *text = malloc(size + 1);
    if (!text)
        abort();
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';

    check_time(time_parse(text, zone), zone);
    check_day(day_parse(text));
    int32_t monday = week_parse(text);
    if (monday != DAY_NONE && day_weekday(monday) != 0)
        abort();
    int minute = minute_parse(text);
    if (minute < -1 || minute > 1440)
        abort();
    free(text);
    return 0;
}
