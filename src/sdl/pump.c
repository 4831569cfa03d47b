#include "sdl/pump.h"

#include "base/clock.h"

#define PANELS_MAX 16

void
pump_open(struct pump *p)
{
    *p = (struct pump){0};
    pump_card_open(&p->card);
}

void
pump_close(struct pump *p)
{
    pump_card_close(&p->card);
}

void
pump_wake(void *pump)
{
    const struct pump *p = pump;
    SDL_Event event = {.type = SDL_USEREVENT};
    SDL_PushEvent(&event);
    pump_card_wake(&p->card); // after it: who wakes finds it in the queue
}

static bool
take_waiting(SDL_Event *event)
{
    return SDL_PeepEvents(event, 1, SDL_GETEVENT, SDL_FIRSTEVENT,
                          SDL_LASTEVENT) > 0;
}

/* What has been fetched is taken first, so that one fetch is one `late_ms`. */
static bool
next_event(struct pump *p, int64_t wait_ms, SDL_Event *event)
{
    if (take_waiting(event))
        return true;
    int64_t before_ms = p->fetched_ms;
    SDL_PumpEvents();
    p->fetched_ms = clock_mono_ms();
    p->late_ms = p->fetched_ms - before_ms;
    if (take_waiting(event))
        return true;
    if (wait_ms <= 0)
        return false;
    bool has_come;
    if (p->card.wake) {
        pump_card_wait(&p->card, wait_ms);
        SDL_PumpEvents();
        has_come = take_waiting(event);
    } else {
        has_come = SDL_WaitEventTimeout(event, (int) wait_ms);
    }
    p->fetched_ms = clock_mono_ms();
    p->late_ms = 0;
    return has_come;
}

static bool
take_touch(struct pump *p, struct input *out)
{
    if (p->given >= p->touches.count)
        return false;
    *out = (struct input){.kind = INPUT_TOUCH,
                          .touch = p->touches.all[p->given++]};
    return true;
}

static void
understand(struct pump *p, struct glass *g, int turn, const SDL_Event *event,
           struct input *out)
{
    int w, h;
    *out = (struct input){0};
    if (glass_handle(g, event)) {
        out->kind = INPUT_REPAINT;
        return;
    }
    glass_size(g, &w, &h);
    *out = input_read(event, w, h, turn);
    if (out->kind != INPUT_TOUCH)
        return;
    fingers_touch(&p->fingers, out->device, &out->touch, p->late_ms,
                  clock_mono_ms(), &p->touches);
    p->given = 0;
    *out = (struct input){0};
    take_touch(p, out);
}

static void
look_after_fingers(struct pump *p, int64_t now_ms)
{
    int64_t live[PANELS_MAX];
    int count = SDL_GetNumTouchDevices();
    if (count > PANELS_MAX)
        count = PANELS_MAX;
    for (int i = 0; i < count; i++)
        live[i] = SDL_GetTouchDevice(i);
    fingers_tick(&p->fingers, live, count, now_ms, &p->touches);
    p->given = 0;
}

bool
pump_next(struct pump *p, struct glass *g, int turn, int wait_ms,
          struct input *out)
{
    int64_t now_ms = clock_mono_ms(), until_ms = now_ms + wait_ms;
    for (;;) {
        SDL_Event event;
        int64_t due_ms = fingers_due_ms(&p->fingers);
        if (take_touch(p, out))
            return true;
        if (next_event(p, (due_ms < until_ms ? due_ms : until_ms) - now_ms,
                       &event)) {
            understand(p, g, turn, &event, out);
            return true;
        }
        now_ms = clock_mono_ms();
        if (now_ms >= due_ms)
            look_after_fingers(p, now_ms);
        else if (now_ms >= until_ms)
            return false;
    }
}
