#ifndef KIOSK_LOCAL_MEETINGS_H
#define KIOSK_LOCAL_MEETINGS_H

#include "base/arena.h"
#include "base/text.h"
#include "core/board.h"
#include "core/config.h"

/*
 * Meetings from calendars named in the settings, as items for a board, in the
 * order of their start. Made by the worker, owned by whoever took the news.
 */

#define LOCAL_MEETINGS_MOST 300 // of one calendar, and of all together

struct local_meetings {
    struct arena arena;
    struct item *items;
    int count;
    int unreadable; // lines that were none
};

/*
 * Reads what staffroom-calendar printed for that calendar. What is cancelled,
 * and what the setting's filter does not want, is left out. An item's id comes
 * of its uid and its start alone: it is the same tomorrow, on another screen
 * and in another calendar. `zone` may be NULL (UTC). Never NULL.
 */
struct local_meetings *local_meetings_read(const struct text *lines,
                                           const struct calendar_setting *from,
                                           const struct zone *zone);

/* Copies of all of them, the first LOCAL_MEETINGS_MOST; lists may be NULL. */
struct local_meetings *
local_meetings_join(const struct local_meetings *const *lists, int count);

void local_meetings_free(struct local_meetings *m); // NULL is fine

#endif
