#include "core/pin.h"

#include <string.h>

void
pin_forget(struct pin *p)
{
    memset(p->typed, 0, sizeof p->typed);
}

void
pin_erase(struct pin *p)
{
    size_t len = strlen(p->typed);
    if (len)
        p->typed[len - 1] = '\0';
}

int64_t
pin_pause_ms(const struct pin *p, int64_t now_ms)
{
    return now_ms < p->pause_until_ms ? p->pause_until_ms - now_ms : 0;
}

enum pin_answer
pin_type(struct pin *p, char digit, const char *wanted, int64_t now_ms)
{
    size_t len = strlen(p->typed);
    if (pin_pause_ms(p, now_ms) > 0)
        return PIN_PAUSED;
    if (digit < '0' || digit > '9' || len >= PIN_DIGITS_MOST)
        return PIN_GOES_ON;
    p->typed[len++] = digit;
    if (len < strlen(wanted))
        return PIN_GOES_ON;
    bool is_right = strcmp(p->typed, wanted) == 0;
    pin_forget(p);
    if (is_right) {
        p->wrong = 0;
        return PIN_RIGHT;
    }
    if (++p->wrong < PIN_WRONG_MOST)
        return PIN_WRONG;
    p->wrong = 0;
    p->pause_until_ms = now_ms + PIN_PAUSE_MS;
    return PIN_PAUSED;
}
