#ifndef KIOSK_SCREEN_CEC_H
#define KIOSK_SCREEN_CEC_H

#include <stdbool.h>

#include "io/child.h"

/*
 * Telling a television over its HDMI cable (CEC) to go to standby, or to wake:
 * by cec-ctl of v4l-utils, a run for each adapter, one after the other. Such a
 * run takes seconds, and whether a television obeys is up to it. UI thread;
 * nothing here waits, not even for a run that hangs in the kernel and dies only
 * when that lets it go: what is to be said next is said then.
 */

#define SCREEN_CEC_DEVICES "/dev" // cec0, cec1 …

/* Zero is valid: nobody is told anything. */
struct screen_cec {
    char *program;       // owned; NULL: it is not installed
    const char *devices; // folder; borrowed
    struct child *child; // the run; NULL: none
    bool is_broken_off;  // the run: it said something else, and was killed
    int looks;           // at a run that was killed
    bool is_on;          // what they are told
    int at, heard;       // adapter of the run; how many took it so far
    char why[201];       // what kept the latest from it; ""
    bool has_complained; // once is enough for the same word
};

/* Looks for cec-ctl in PATH; false, and the log says so, when there is none. */
bool screen_cec_open(struct screen_cec *c, const char *devices);
void screen_cec_close(struct screen_cec *c); // kills a run

/* Begins to tell them; what is still being said is broken off first. */
void screen_cec_tell(struct screen_cec *c, bool is_on);

/* Whether that is what they are being told, or about to be; whether it was what
   they were told last, and at least one took it. */
bool screen_cec_is_telling(const struct screen_cec *c, bool is_on);
bool screen_cec_is_heard(const struct screen_cec *c, bool is_on);

/* Goes on with it: after each turn of the loop. */
void screen_cec_turn(struct screen_cec *c);

/* How long the loop may sleep of the time it wants to. */
int screen_cec_wait_ms(const struct screen_cec *c, int wait_ms);

#endif
