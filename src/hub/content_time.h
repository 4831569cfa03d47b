#ifndef HUB_CONTENT_TIME_H
#define HUB_CONTENT_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/zone.h"
#include "core/date.h"

/*
 * Days and times between forms and boards. Pure.
 */

/*
 * The moment a clock in `z` shows `minute` of `day`. False when it never does,
 * because clocks go forward over it. What happens twice is the first, unless
 * that is not after `after_s` (TIME_NONE: nothing before it) and the second is.
 */
bool content_moment(const struct zone *z, int32_t day, int minute,
                    int64_t after_s, int64_t *out);

/* "2026-11-26", as forms have it; "" for DAY_NONE. */
const char *content_day_value(struct arena *a, int32_t day);
/* "15:45" */
const char *content_minute_value(struct arena *a, int minute);
/* "Thursday 26 November", and the year where it is not that of `today`. */
const char *content_day_words(struct arena *a, int32_t day, int32_t today);

/* Of the same week, Monday to Sunday: never more than three days away. */
int32_t content_thursday_near(int32_t day);

#endif
