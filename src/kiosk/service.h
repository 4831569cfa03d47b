#ifndef KIOSK_SERVICE_H
#define KIOSK_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/notify.h"

/*
 * The kiosk as a service on a wall (systemd): it waits for a screen that is
 * switched off, notices one that was exchanged, and keeps the watchdog quiet
 * for as long as the UI thread turns. Started by a person it does none of the
 * waiting. UI thread.
 */

/* Zero is valid: no service. */
struct service {
    struct notify notify;
    int waits;            // how often it has waited for a screen
    uint64_t waits_for;   // the sentence why, as a hash
    uint64_t screen;      // what SDL found and shows on; 0: it told nothing yet
    uint64_t seen;        // what was plugged in at the latest look
    bool is_looking;      // for another one: we show on the console
    bool is_off;
    bool is_dark;         // by our own doing
    const char *what;     // is shown, for `systemctl status`
    int64_t next_look_ms; // monotonic
};

void service_open(struct service *s);
void service_close(struct service *s);

/* Just before each try to open the display: what SDL finds then it takes for
   all there is, until the next start. */
void service_before_screen(struct service *s);

/*
 * After the display could not be opened, with the sentence why. True: a screen
 * may come later, and a moment has passed; try again. False: that is that.
 */
bool service_waits_for_screen(struct service *s, const char *why);

/* The screen is open, and shows that: borrowed for as long as it runs. */
void service_begin(struct service *s, const char *what, int64_t now_ms);

/* It is outside the screen's hours, or no longer. */
void service_dark(struct service *s, bool is_dark);

enum service_screen {
    SERVICE_SCREEN_SAME,  // also: it is switched off
    SERVICE_SCREEN_WAKES, // something is plugged in: have it asked what it is
    SERVICE_SCREEN_BACK,  // switched on again: paint, it may have forgotten
    SERVICE_SCREEN_OTHER, // SDL cannot change to it, a new start can
};

/* After each turn of the loop. */
enum service_screen service_turn(struct service *s, int64_t now_ms);

/* The same, of what is plugged in now; 0: nothing. On the console only. */
enum service_screen service_saw_screen(struct service *s, uint64_t mark);

/* How long the loop may sleep of the time it wants to. */
int service_wait_ms(const struct service *s, int wait_ms);

#endif
