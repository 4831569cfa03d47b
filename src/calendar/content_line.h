#ifndef CALENDAR_CONTENT_LINE_H
#define CALENDAR_CONTENT_LINE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The lines of an iCalendar file (RFC 5545 §3.1), cut up where they lie: all
 * pointers are into the caller's bytes, which are changed. What is no line
 * ("NAME;PARAM=value:value") is stepped over; calendars in the wild have such.
 */

#define CONTENT_PARAMS_MOST 12 // more are not looked at

struct content_param {
    const char *name; // in upper case
    char *value;      // without its quotes
};

struct content_line {
    const char *name; // in upper case
    char *value;      // as written: still with its backslashes
    struct content_param params[CONTENT_PARAMS_MOST];
    int param_count;
};

struct content_reader {
    char *at, *end;
};

/*
 * Unfolds `len` bytes in place: CRLF, LF and CR end a line, blanks after one
 * continue it. A byte order mark and blanks in front of everything go.
 * bytes[len] must be writable.
 */
struct content_reader content_open(char *bytes, size_t len);

/* False after the last line. */
bool content_next(struct content_reader *r, struct content_line *line);

/* "" when there is no such parameter. */
const char *content_param(const struct content_line *line, const char *name);

/*
 * For values that never hold a colon: Exchange writes TZID=tzone://… without
 * quotes, and then the last colon is the one that counts.
 */
void content_value_after_last_colon(struct content_line *line);

#endif
