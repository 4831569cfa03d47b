#ifndef SDL_PUMP_CARD_H
#define SDL_PUMP_CARD_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Sleeping on the console (KMSDRM), where SDL_WaitEventTimeout looks a thousand
 * times a second whether something has happened (SDL_events.c, 2.26 to 2.32:
 * that driver has no way to wait). Here the UI thread sleeps in poll over the
 * descriptors that SDL reads itself: keyboards, panels, and udev's word that
 * one was plugged in. They are only waited for, never read.
 */

#define PUMP_CARD_FDS_MOST 40

/* Zero is valid: not on the console, nothing to do. */
struct pump_card {
    int wake; // eventfd; 0: this is not the console
    struct pollfd fds[PUMP_CARD_FDS_MOST]; // [0] is `wake`
    int count;
    int panels;    // that SDL had when it was last looked which there are
    bool is_stale; // something was plugged in or pulled out
};

/* After SDL's video has started. False: wait with SDL_WaitEventTimeout. */
bool pump_card_open(struct pump_card *c);
void pump_card_close(struct pump_card *c);

/* Until there is something for SDL_PumpEvents to fetch, at most so long and
   never much longer than a second: a signal that comes just before the wait
   is in SDL's hands only, which nobody waits for. */
void pump_card_wait(struct pump_card *c, int64_t wait_ms);

/* Ends the wait, also the next one. Any thread. */
void pump_card_wake(const struct pump_card *c);

#endif
