#ifndef KIOSK_PROGRAM_H
#define KIOSK_PROGRAM_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/log_ring.h"
#include "base/problem.h"
#include "core/config.h"
#include "kiosk/options.h"
#include "kiosk/settings.h"
#include "view/theme.h"

/*
 * What every mode of the program begins with: its options, its settings and
 * its clock.
 */

#define EXIT_REFUSED 1    // the feed cannot be used; nothing to export
#define EXIT_WRONG 2      // option, setting or file
#define EXIT_NO_DISPLAY 3 // nothing to show anything on
#define EXIT_STUCK 70        // the worker hangs (EX_SOFTWARE, sysexits.h)
#define EXIT_OTHER_SCREEN 75 // start again for it (EX_TEMPFAIL, sysexits.h)
#define EXIT_NEW_SETTINGS 75 // the same, where somebody starts us again
#define RUN_AGAIN (-1)       // and where nobody does: main begins anew

struct program {
    struct options options;
    struct config config;
    struct clock clock;
    const char *feed; // never "": the sample if nothing says which
    bool is_sample;   // nothing does
    char settings[SETTINGS_PATH_BYTES]; // found in the usual place; "": none
    uint64_t settings_stamp; // before they were read
    // What is wrong with those: no reason to leave a wall dark. text "": nothing.
    struct problem mistake;
    struct log_ring *log; // owned; NULL: what is logged is not kept
    int rotate;
};

/* Prints one line and returns false when something is wrong: exit 2. */
bool program_init(struct program *p, int argc, char **argv);
void program_destroy(struct program *p);

/* The panel these settings describe, w × h as it is read. */
struct panel program_panel(const struct program *p, int w, int h,
                           double diagonal_in);

/* One line on stderr, as log_error. */
void program_complain(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* The modes. Each returns the exit status. */
int run_show(const struct program *p);   // run_show.c
int run_check(const struct program *p);  // run_check.c
int run_list(const struct program *p);   // run_list.c
int run_render(const struct program *p); // run_render.c
int run_export(const struct program *p); // run_export.c
int run_log(const struct program *p);    // run_log.c

#endif
