#include "core/rotation.h"

void
rotation_start(struct rotation *r, int64_t now_ms)
{
    *r = (struct rotation){.since_ms = now_ms};
}

void
rotation_hold(struct rotation *r, int64_t now_ms, int64_t hold_ms)
{
    if (now_ms + hold_ms > r->held_until_ms)
        r->held_until_ms = now_ms + hold_ms;
}

void
rotation_settle(struct rotation *r, int slide_count, int page_count)
{
    if (r->slide >= slide_count) { // the running order shrank under us
        r->slide = 0;
        r->page = 0;
    }
    if (r->page >= page_count)
        r->page = page_count > 0 ? page_count - 1 : 0;
}

static void
step_forward(struct rotation *r, int slide_count, int page_count)
{
    if (r->page + 1 < page_count) {
        r->page++;
        return;
    }
    r->page = 0;
    r->slide++;
    if (r->slide >= slide_count) {
        r->slide = 0;
        r->rounds++;
    }
}

void
rotation_turn(struct rotation *r, int by, int slide_count, int page_count,
              int64_t now_ms)
{
    if (slide_count < 1)
        return;
    rotation_settle(r, slide_count, page_count);
    if (by > 0) {
        step_forward(r, slide_count, page_count);
    } else if (r->page > 0) {
        r->page--;
    } else {
        r->slide = (r->slide + slide_count - 1) % slide_count;
        r->page = ROTATION_LAST_PAGE;
    }
    r->since_ms = now_ms;
    r->held_until_ms = 0;
}

int64_t
rotation_tick(struct rotation *r, int dwell_ms, int slide_count,
              int page_count, int64_t now_ms)
{
    rotation_settle(r, slide_count, page_count);
    if (slide_count < 1 || (slide_count == 1 && page_count < 2))
        return ROTATION_NEVER;

    int64_t due = r->since_ms + dwell_ms;
    if (due < r->held_until_ms)
        due = r->held_until_ms;
    if (now_ms < due)
        return due;

    // One step only, however late we are: after a stall the next page gets
    // its full time instead of being flicked past.
    step_forward(r, slide_count, page_count);
    r->since_ms = now_ms;
    r->held_until_ms = 0;
    return now_ms;
}
