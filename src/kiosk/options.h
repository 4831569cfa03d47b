#ifndef KIOSK_OPTIONS_H
#define KIOSK_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/problem.h"
#include "core/config.h"

/*
 * The command line of `staffroom`: a contract that scripts rely on. Strings
 * are borrowed from argv.
 */

enum mode {
    MODE_SHOW,   // the kiosk itself
    MODE_CHECK,  // --check FEED
    MODE_LIST,   // --list
    MODE_RENDER, // --render DIR
    MODE_EXPORT, // --export FILE
    MODE_LOG,    // --log
    MODE_VERSION,
    MODE_HELP,
};

enum export_as { // by the end of FILE's name
    EXPORT_TABLE, // .csv
    EXPORT_FEED,  // .json
};

struct options {
    enum mode mode;
    const char *config; // NULL: the usual place, if there is one
    const char *feed;   // NULL: what the configuration says
    const char *calendars[CALENDARS_MOST]; // none: what the configuration says
    int calendar_count;
    const char *folder; // --render
    const char *export_to;
    enum export_as export_as;
    const char *at;     // TIME as written; NULL: now
    int window_w, window_h;
    int size_w, size_h; // --size; 1920 × 1080
    int rotate;         // -1: what the configuration says
    int speed;          // 1
    int max_texture;    // 0: what the GPU says
};

/* False, with one line in `why`, for anything it does not know. */
bool options_read(struct options *o, int argc, char **argv,
                  struct problem *why);

void options_help(FILE *out);

#endif
