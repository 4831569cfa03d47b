#ifndef CALENDAR_OPTIONS_H
#define CALENDAR_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/problem.h"

/* The command line of `staffroom-calendar`. */

enum options_mode {
    OPTIONS_EXPAND,
    OPTIONS_VERSION,
    OPTIONS_HELP,
};

struct options {
    enum options_mode mode;
    int32_t from_day, until_day;
    const char *zone; // borrowed from argv; NULL: not said
};

/* False, with one line in `why`, for anything that is not as --help says. */
bool options_read(struct options *o, int argc, char **argv,
                  struct problem *why);

void options_help(FILE *out);

#endif
