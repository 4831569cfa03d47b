#ifndef HUB_HUB_OPTIONS_H
#define HUB_HUB_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/problem.h"

/*
 * The command line of `staffroom-hub`, and its settings file, which has the
 * same words. The command line goes before the file.
 */

#define HUB_OPTION_BYTES 512

enum hub_mode {
    HUB_MODE_SERVE,
    HUB_MODE_ADD_SCREEN,
    HUB_MODE_FETCH, // for the hub itself: fetch.h
    HUB_MODE_NEW_ADDRESS,
    HUB_MODE_VERSION,
    HUB_MODE_HELP,
};

struct hub_options {
    enum hub_mode mode;
    char data[HUB_OPTION_BYTES];
    char listen[HUB_OPTION_BYTES]; // "": not said
    char socket[HUB_OPTION_BYTES]; // "": not said
    char config[HUB_OPTION_BYTES]; // "": no file
    char sample[HUB_OPTION_BYTES]; // a feed to begin with; "": none
    char kiosk_program[HUB_OPTION_BYTES]; // draws slides; "": found by itself
    char calendar_program[HUB_OPTION_BYTES]; // reads .ics files; "": likewise
    char add_screen[HUB_OPTION_BYTES]; // its name; "": not said
    char school[HUB_OPTION_BYTES];     // of that screen
    char new_address[HUB_OPTION_BYTES]; // for whom; "": not said
    bool is_behind_proxy;
};

/* The command line alone; options_read_file may follow. False, with one line
   in `why`, for anything it does not know. */
bool hub_options_read(struct hub_options *o, int argc, char **argv,
                      struct problem *why);

/* Lines of `word = value`; # and ; begin a comment, [sections] are skipped.
   Sets what the command line has left open. `why` has the line. */
bool hub_options_read_file(struct hub_options *o, const char *bytes, size_t len,
                           struct problem *why);

/* What is still open gets its default; false when something must be said. */
bool hub_options_finish(struct hub_options *o, struct problem *why);

void hub_options_help(FILE *out);

#endif
