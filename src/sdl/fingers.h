#ifndef SDL_FINGERS_H
#define SDL_FINGERS_H

#include <stdbool.h>
#include <stdint.h>

#include "view/touch.h"

/*
 * What SDL says of fingers, made fit to be believed. SDL loses UPs (when the
 * kernel's buffer ran over, when a panel is unplugged), makes fingers up, and
 * counts them for each panel anew. Out of here comes, for every finger, DOWN,
 * any number of MOVEs, then UP or CANCEL; never more than two fingers at once;
 * and no finger that has been silent for ten seconds. Pure; asks no clock.
 *
 * Three or more fingers at once are a palm: all are cancelled, and nothing is
 * passed on until the last has gone. The real mouse is no finger: it neither
 * makes a palm nor is one.
 */

#define FINGERS_MOUSE (-1) // the device of the real mouse, and its finger
#define FINGERS_MAX 10     // down at once; what comes after is not heard

/* One event may end every finger and begin one. */
#define TOUCHES_MAX (FINGERS_MAX + 2)
struct touches {
    int count;
    struct touch all[TOUCHES_MAX];
};

struct finger {
    bool is_down;
    int64_t device, id; // as SDL counts
    int64_t number;     // as we do; the mouse is always -1
    int x, y;           // the latest
    int64_t down_ms;    // of the device: the earliest it can have been
    int64_t heard_ms;   // monotonic
};

/* Zero is valid: no fingers. */
struct fingers {
    struct finger all[1 + FINGERS_MAX]; // the first place is the mouse's
    bool is_palm;                       // nobody is told of the fingers down
    int64_t last_number;
    uint32_t stamp_ms;     // the latest of the device's clock,
    int64_t device_ms;     // and the same, never starting anew
    bool has_numbers;      // some panel counts its fingers,
    int64_t numbering;     // this one,
    int64_t numbered_ms;   // and did when it was last heard: monotonic
    int64_t looked_for_ms; // when panels were last looked for: monotonic
};

/*
 * One event as SDL tells it: the finger is `raw->finger` of `device`, and
 * `raw->at_ms` is SDL's 32 bits of milliseconds, which start anew after 49
 * days (what comes out does not). SDL stamps an event when it fetches it:
 * `late_ms` is how long nobody had fetched any, so how much older than its
 * stamp it may be. `now_ms`: monotonic. `out` is what to tell others, in this
 * order; often nothing.
 */
void fingers_touch(struct fingers *f, int64_t device, const struct touch *raw,
                   int64_t late_ms, int64_t now_ms, struct touches *out);

/* Ends the fingers nobody has heard of for too long, and those of panels that
   are not among the `count` live ones: an unplugged panel says nothing. */
void fingers_tick(struct fingers *f, const int64_t live[], int count,
                  int64_t now_ms, struct touches *out);

/* When to call the above: within a second while a finger is down, INT64_MAX
   when none is. Monotonic. */
int64_t fingers_due_ms(const struct fingers *f);

#endif
