#include "hub/seldom.h"

#include <limits.h>
#include <stdio.h>

#define EVERY_MS 1000

bool
seldom_may(struct seldom *s, int64_t now_ms, int *left_out)
{
    if (now_ms < s->next_ms) {
        s->left_out += s->left_out < INT_MAX;
        return false;
    }
    *left_out = s->left_out;
    *s = (struct seldom){.next_ms = now_ms + EVERY_MS};
    return true;
}

const char *
seldom_more(int left_out, char out[SELDOM_BYTES])
{
    out[0] = '\0';
    if (left_out > 0)
        snprintf(out, SELDOM_BYTES, " (and %d more since the last such line)",
                 left_out);
    return out;
}
