#ifndef CORE_PIN_H
#define CORE_PIN_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Whether somebody may look behind the board: a few digits from the settings,
 * and a pause after too many wrong ones. Pure.
 */

#define PIN_DIGITS_MOST 8
#define PIN_WRONG_MOST 5
#define PIN_PAUSE_MS 60000

/* Zero is valid. Whoever goes away and comes back finds it as it was. */
struct pin {
    char typed[PIN_DIGITS_MOST + 1];
    int wrong;              // tries in a row
    int64_t pause_until_ms; // monotonic
};

enum pin_answer {
    PIN_GOES_ON, // more digits are to come
    PIN_RIGHT,
    PIN_WRONG,
    PIN_PAUSED, // nothing is taken for a while
};

/* Another digit; the last one decides. `wanted` is the setting. */
enum pin_answer pin_type(struct pin *p, char digit, const char *wanted,
                         int64_t now_ms);
void pin_erase(struct pin *p);  // the last digit
void pin_forget(struct pin *p); // what is typed, not what was tried

/* How long nothing is taken, from now. */
int64_t pin_pause_ms(const struct pin *p, int64_t now_ms);

#endif
