#ifndef CORE_CALENDAR_MEETINGS_H
#define CORE_CALENDAR_MEETINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"

/*
 * What staffroom-calendar prints, read again: a line, a meeting. Pure, on any
 * thread. It was a stranger's calendar, so nothing in a line is taken on trust:
 * texts pass core/plain_text, and times are in range or the line is refused.
 */

#define CALENDAR_LINE_MOST ((size_t) 64 * 1024) // bytes; it prints half of it

struct calendar_meeting {
    const char *uid; // of the whole series; "" where the calendar has none
    const char *title; // never ""
    bool is_all_day;   // then the days below count, else the seconds
    int64_t starts_s, ends_s;     // UTC; ends_s TIME_NONE: no length said
    int32_t start_day, end_day;   // local days; end_day inclusive
    const char *place;
    const char *description; // newlines between paragraphs
    const char *url;
    bool is_cancelled;
};

/*
 * Reads one line, its newline may be there or not. All texts are in `a`, valid
 * UTF-8, "" (never NULL) when not said. False, with a sentence in `why`,
 * when it is not a line of staffroom-calendar's; then `out` says nothing.
 */
bool calendar_meeting_read(const char *line, size_t len, struct arena *a,
                           struct calendar_meeting *out, struct problem *why);

/* A title for comparing, in `a`: without case, runs of blanks as one. */
const char *calendar_title_folded(struct arena *a, const char *title);

/*
 * Whether every word of `filter` begins a word of `title`, in any order and
 * case: "staff meet" is in "Meeting of all staff". An empty filter is in all.
 */
bool calendar_title_has(const char *title, const char *filter);

#endif
