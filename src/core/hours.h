#ifndef CORE_HOURS_H
#define CORE_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/date.h"

/*
 * Hours of the week, as a caretaker writes them:
 *     mon-fri 15:30-18:00, sat 9:00-12:30, 22:00-24:00
 * Days are three letters, one or from-until; without days it is every day. A
 * time that ends before it begins runs over midnight and belongs to the day it
 * began on.
 */

#define HOURS_MOST 12

struct hours {
    struct {
        uint8_t days; // bit 0 Monday … bit 6 Sunday
        int16_t from_minute;
        int16_t until_minute; // exclusive; up to 1440
    } list[HOURS_MOST];
    int count;
};

/* False, and `*where` is the part that cannot be read, as an offset. "" is no
   hours at all. */
bool hours_read(struct hours *h, const char *text, size_t *where);

bool hours_hold(const struct hours *h, struct local local);

#endif
