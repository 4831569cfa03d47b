#ifndef KIOSK_LOAD_CALENDARS_H
#define KIOSK_LOAD_CALENDARS_H

#include "base/clock.h"
#include "core/board.h"
#include "kiosk/local_meetings.h"
#include "kiosk/program.h"

/*
 * The calendars of the settings, read once, now, and waited for: for --check,
 * --list and --render. The kiosk itself never waits; see worker_calendar.
 */

/*
 * The meetings of all of them; NULL when there are none to read, or nothing can
 * be said of a time (`now` is not trusted). What cannot be read is left out
 * with a sentence on stderr; `*is_bad` is then true, if it was named on the
 * command line. With `tells`, a line on stdout about each.
 */
struct local_meetings *load_calendars(const struct program *p,
                                      const struct board *board, struct now now,
                                      bool tells, bool *is_bad);

#endif
