#ifndef CORE_BOARD_MEETINGS_H
#define CORE_BOARD_MEETINGS_H

#include "core/board.h"
#include "core/running_order.h"

/*
 * The board with meetings from a school's own calendars behind its own: the
 * next BOARD_MEETINGS_MOST that this school is shown, for a calendar has hundreds
 * and a wall three pages. `meetings` are in the order of their start. Left out
 * are those that are over, whose id is there already, or that begin when
 * another meeting of the same title does, case and blanks aside: the feed's
 * words go before a calendar's, an earlier one's before a later one's. With a
 * clock that cannot be trusted it is the board as it was.
 *
 * A shallow copy, as board_with makes: it must not outlive `b`, `meetings` nor
 * the arena, and is never freed. Pure.
 */

#define BOARD_MEETINGS_MOST 9

struct board board_with_meetings(const struct board *b, struct arena *arena,
                                 const struct item *meetings, int count,
                                 const char *school, struct now now);

#endif
