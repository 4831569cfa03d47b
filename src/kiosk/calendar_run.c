#include "kiosk/calendar_run.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/date.h"
#include "io/program.h"

#define PROGRAM "staffroom-calendar"
#define DAYS_BEFORE 1
#define DAYS_AFTER 60
#define OUTPUT_MOST_BYTES ((size_t) 6 * 1024 * 1024) // 500 lines, all long
#define CPU_S 2
#define WALL_MS 10000
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEMORY_BYTES ((size_t) 0) // so is the program beside this one
#else
#define MEMORY_BYTES ((size_t) 256 * 1024 * 1024)
#endif

/* ---- where things are --------------------------------------------------- */

char *
calendar_run_find(struct problem *why)
{
    char *found = program_find(PROGRAM, "");
    if (!found)
        problem_set(why, 0, 0,
                    "the program " PROGRAM " is not installed beside this one, "
                    "so no calendar can be read");
    return found;
}

static bool
is_zone(const char *name)
{
    struct zone *zone = *name ? zone_open(name) : NULL;
    zone_close(zone);
    return zone != NULL;
}

/* False when it is none that has a name. */
static bool
take_zone(const char *name, char out[CALENDAR_RUN_ZONE_BYTES])
{
    if (strlen(name) >= CALENDAR_RUN_ZONE_BYTES || !is_zone(name))
        return false;
    snprintf(out, CALENDAR_RUN_ZONE_BYTES, "%s", name);
    return true;
}

void
calendar_run_zone(const char *feed_zone, char name[CALENDAR_RUN_ZONE_BYTES])
{
    static const char folder[] = "/zoneinfo/";
    char path[PATH_MAX] = "";
    const char *tz = getenv("TZ");
    if (take_zone(feed_zone, name))
        return;
    if (tz && take_zone(tz + (*tz == ':'), name))
        return;
    ssize_t len = readlink("/etc/localtime", path, sizeof path - 1);
    path[len > 0 ? len : 0] = '\0';
    const char *at = strstr(path, folder);
    if ((!tz || !*tz) && at && take_zone(at + strlen(folder), name))
        return;
    snprintf(name, CALENDAR_RUN_ZONE_BYTES, "UTC");
}

/* ---- a run -------------------------------------------------------------- */

static void
write_day(char out[16], int32_t day)
{
    struct local l = local_time(NULL, day * (int64_t) DAY_S);
    snprintf(out, 16, "%04d-%02d-%02d", l.year % 10000, l.month, l.date);
}

struct child *
calendar_run_start(const char *program, const struct text *bytes, int32_t today,
                   const char *zone_name, struct problem *why)
{
    static const char *const env[] = {"LC_ALL=C.UTF-8", NULL};
    char from[16], until[16];
    write_day(from, today - DAYS_BEFORE);
    write_day(until, today + DAYS_AFTER);
    const char *const argv[] = {program, "--from", from,      "--until",
                                until,   "--zone", zone_name, NULL};
    return child_start(&(struct child_order){.argv = argv,
                                             .env = env,
                                             .input = text_string(bytes),
                                             .input_len = bytes->len,
                                             .output_most = OUTPUT_MOST_BYTES,
                                             .cpu_s = CPU_S,
                                             .wall_ms = WALL_MS,
                                             .memory_bytes = MEMORY_BYTES},
                       why);
}

/* Its own words are about the file as a file, not about what is in it. */
static void
explain_status(struct child *c, struct problem *why)
{
    const char *words = child_complaint(c);
    if (strncmp(words, PROGRAM ": ", strlen(PROGRAM ": ")) == 0)
        words += strlen(PROGRAM ": ");
    if (child_status(c) == CHILD_NOT_STARTED)
        problem_set(why, 0, 0, "the program " PROGRAM " could not be started");
    else if (*words)
        problem_set(why, 0, 0, "%s", words);
    else
        problem_set(why, 0, 0, "it cannot be read as a calendar (%d)",
                    child_status(c));
}

struct local_meetings *
calendar_run_end(struct child *c, const struct calendar_setting *from,
                 const char *zone_name, struct problem *why)
{
    switch (child_end(c)) {
    case CHILD_LEFT:
        if (child_status(c) == 0)
            break;
        explain_status(c, why);
        return NULL;
    case CHILD_DIED:
        problem_set(why, 0, 0, "reading it went wrong, or took too much");
        return NULL;
    case CHILD_WAS_LATE:
        problem_set(why, 0, 0, "reading it took too long");
        return NULL;
    case CHILD_SAID_TOO_MUCH:
        problem_set(why, 0, 0, "there is far too much in it");
        return NULL;
    case CHILD_RUNS:
        problem_set(why, 0, 0, "it is still being read");
        return NULL;
    }
    struct zone *zone = zone_open(zone_name);
    struct local_meetings *found =
        local_meetings_read(child_output(c), from, zone);
    zone_close(zone);
    if (found->count || !found->unreadable)
        return found;
    // Nothing but nonsense: not a program to believe that there is nothing.
    local_meetings_free(found);
    problem_set(why, 0, 0,
                "what the program " PROGRAM " says makes no sense to this one");
    return NULL;
}

bool
calendar_run_is_web_page(const struct text *bytes)
{
    const char *at = text_string(bytes);
    if (strncmp(at, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    return at[strspn(at, " \t\r\n")] == '<';
}
