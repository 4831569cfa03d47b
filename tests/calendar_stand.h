#ifndef TESTS_CALENDAR_STAND_H
#define TESTS_CALENDAR_STAND_H

#include "base/text.h"

/*
 * A calendar written in a test, expanded. `inside` is what stands in the
 * VCALENDAR, lines ending in \n. Adds a line "START END SUMMARY" for each
 * occurrence, times in London as the program prints them, whole days as dates;
 * " CANCELLED" behind it where it is. What it is not, or what is odd about it,
 * is a line in brackets.
 */
void calendar_stand_expand(struct text *out, const char *inside,
                           const char *from, const char *until);

#endif
