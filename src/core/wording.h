#ifndef CORE_WORDING_H
#define CORE_WORDING_H

#include "base/arena.h"
#include "base/clock.h"
#include "core/board.h"

/*
 * Dates and times as a person says them. All strings live in `arena`. `zone`
 * is the board's. 24-hour clock, British English.
 */

/* "Thursday 26 November" */
const char *wording_date(struct arena *a, const struct zone *z, int64_t wall_s);

/* "10:42" */
const char *wording_time(struct arena *a, const struct zone *z, int64_t wall_s);

/*
 * How a post-it says its age: "today", "yesterday", "Monday" within six days,
 * "12 November", and the year where it is another one.
 */
const char *wording_day_ago(struct arena *a, const struct zone *z,
                            int64_t then_s, struct now now);

/* How old a feed is: "as of 08:12", "as of Tuesday 08:12", "as of 12 May". */
const char *wording_as_of(struct arena *a, const struct zone *z, int64_t then_s,
                          struct now now);

/*
 * When the next Thursday question is asked and by whom, as seen from now:
 * "tomorrow it's Tom", "on Thursday it's Tom", "next week it's Tom". "" when
 * nobody is named, or that day has passed.
 */
const char *wording_next_asker(struct arena *a, const struct board *b,
                               const struct item *question, struct now now);

/*
 * The two lines of a meeting's date block, and the line beside it.
 *
 *   today, tomorrow   "Today" over "15:45"    "Library, until 17:00"
 *   within six days   "Mon" over "30"         "12:20 to 13:00, Library"
 *   later             "Dec" over "3"          "Thursday 16:30, City Library"
 *   all day           "Today" over "26"       "Hall, until Friday"
 *   begun before      "Today" over "26"       "Hall, until 17:00"
 *
 * A meeting already under way keeps "Today" and its time. Where there is no
 * place, a short text of the meeting's own stands there instead. While the
 * clock cannot be trusted every meeting reads as a later one.
 */
struct meeting_wording {
    const char *top;    // "Today", "Tomorrow", "Mon", "Dec"
    const char *big;    // "15:45", or the date: "30"
    const char *detail; // "12:20 to 13:00, Library": what the block lacks
    bool is_today;
};
struct meeting_wording wording_meeting(struct arena *a, const struct board *b,
                                       const struct item *meeting,
                                       struct now now);

#endif
