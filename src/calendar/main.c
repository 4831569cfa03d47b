#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/version.h"
#include "calendar/calendar.h"
#include "calendar/limits.h"
#include "calendar/occurrences.h"
#include "calendar/options.h"
#include "calendar/write.h"
#include "core/date.h"

#define EXIT_WRONG 2
#define ZONE_BEYOND_DAYS 370 // a VTIMEZONE's last change is in sight till then

/* One line, whatever an argument holds. */
static void
complain(const char *sentence)
{
    char line[300];
    snprintf(line, sizeof line, "%s", sentence);
    for (char *c = line; *c; c++)
        if ((unsigned char) *c < 0x20 || *c == 0x7f)
            *c = ' ';
    fprintf(stderr, "staffroom-calendar: %s\n", line);
}

/* All of stdin and one byte more than may be, so that it is noticed. */
static bool
read_input(char **bytes, size_t *len, struct problem *why)
{
    *bytes = memory_take(CALENDAR_MOST_BYTES + 2);
    *len = 0;
    while (*len <= CALENDAR_MOST_BYTES) {
        ssize_t got =
            read(STDIN_FILENO, *bytes + *len, CALENDAR_MOST_BYTES + 1 - *len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            problem_set(why, 0, 0, "the calendar cannot be read: %s",
                        strerror(errno));
            return false;
        }
        if (got == 0)
            break;
        *len += (size_t) got;
    }
    return true;
}

static void
tell(int count, const char *one, const char *many)
{
    struct text sentence = {0};
    if (count == 1)
        complain(one);
    else if (count > 1) {
        text_add_format(&sentence, "%d %s", count, many);
        complain(text_string(&sentence));
    }
    text_destroy(&sentence);
}

/* What is missing from the lines, for whoever looks into it. */
static void
tell_what_is_missing(const struct calendar *c, const struct occurrences *found)
{
    tell(c->without_start, "one event was left out: it does not say when it is",
         "events were left out: they do not say when they are");
    tell(found->rules_too_often,
         "one event recurs more often than daily, and is shown once",
         "events recur more often than daily, and are shown once");
    tell(found->rules_broken,
         "how one event recurs cannot be read, and it is shown once",
         "events are shown once, because how they recur cannot be read");
    if (found->was_cut)
        complain("only the first 500 are printed");
}

static bool
print(const struct text *lines, struct problem *why)
{
    fwrite(text_string(lines), 1, lines->len, stdout);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    problem_set(why, 0, 0, "the lines cannot be written: %s", strerror(errno));
    return false;
}

static int
expand(const struct options *o, const struct zone *zone)
{
    struct window window = {o->from_day, o->until_day, zone};
    struct occurrences *found = memory_take(sizeof *found);
    struct calendar calendar = {0};
    struct zones zones = {0};
    struct text lines = {0};
    struct problem why = {0};
    char *bytes = NULL;
    size_t len;
    bool is_good = read_input(&bytes, &len, &why) &&
                   calendar_read(&calendar, bytes, len, &why);
    if (is_good) {
        zones_init(&zones, &calendar, zone,
                   (o->until_day + ZONE_BEYOND_DAYS) * (int64_t) DAY_S);
        is_good = occurrences_find(found, &calendar, &zones, &window, &why);
    }
    if (is_good) {
        write_occurrences(&lines, found, &calendar, zone);
        is_good = print(&lines, &why);
    }
    if (is_good)
        tell_what_is_missing(&calendar, found);
    else
        complain(why.text);
    text_destroy(&lines);
    zones_destroy(&zones);
    calendar_destroy(&calendar);
    free(bytes);
    free(found);
    return is_good ? 0 : EXIT_REFUSED;
}

int
main(int argc, char **argv)
{
    struct options o;
    struct problem why = {0};
    limits_set();
    if (!options_read(&o, argc, argv, &why)) {
        complain(why.text);
        return EXIT_WRONG;
    }
    switch (o.mode) {
    case OPTIONS_VERSION:
        puts("staffroom-calendar " STAFFROOM_VERSION);
        return 0;
    case OPTIONS_HELP:
        options_help(stdout);
        return 0;
    case OPTIONS_EXPAND:
        break;
    }
    struct zone *zone = zone_open(o.zone);
    if (!zone) {
        problem_set(&why, 0, 0, "--zone cannot be %.80s: there is no such zone",
                    o.zone);
        complain(why.text);
        return EXIT_WRONG;
    }
    int status = expand(&o, zone);
    zone_close(zone);
    return status;
}
