#include "sdl/fingers.h"

#include <stddef.h>

#include "base/check.h"

#define FORGOTTEN_MS 10000 // silent for so long: its UP was lost
#define SPARK_MS 30        // less contact than this is no finger
#define PALM_FINGERS 3     // at once
#define LOOK_EVERY_MS 1000 // for panels that have been unplugged
#define NUMBERS_MS 60000   // for so long a panel is known to count fingers
#define BACK_MS 10000      // a stamp so little in the past is from a hiccup

static bool
is_mouse(const struct finger *finger)
{
    return finger->device == FINGERS_MOUSE;
}

static int
count_down(const struct fingers *f)
{
    int count = 0;
    for (int i = 1; i <= FINGERS_MAX; i++)
        count += f->all[i].is_down;
    return count;
}

static struct finger *
find(struct fingers *f, int64_t device, int64_t id)
{
    for (int i = 0; i <= FINGERS_MAX; i++)
        if (f->all[i].is_down && f->all[i].device == device &&
            f->all[i].id == id)
            return &f->all[i];
    return NULL;
}

static struct finger *
free_place(struct fingers *f, int64_t device)
{
    if (device == FINGERS_MOUSE)
        return &f->all[0];
    for (int i = 1; i <= FINGERS_MAX; i++)
        if (!f->all[i].is_down)
            return &f->all[i];
    return NULL;
}

static void
tell(const struct fingers *f, const struct finger *finger,
     enum touch_phase phase, struct touches *out)
{
    if (f->is_palm && !is_mouse(finger))
        return;
    check(out->count < TOUCHES_MAX);
    out->all[out->count++] = (struct touch){phase, finger->number, finger->x,
                                            finger->y, f->device_ms};
}

static void
end(struct fingers *f, struct finger *finger, enum touch_phase phase,
    struct touches *out)
{
    tell(f, finger, phase, out);
    finger->is_down = false;
    if (count_down(f) == 0)
        f->is_palm = false;
}

static void
end_silent(struct fingers *f, int64_t now_ms, struct touches *out)
{
    for (int i = 0; i <= FINGERS_MAX; i++)
        if (f->all[i].is_down && now_ms - f->all[i].heard_ms >= FORGOTTEN_MS)
            end(f, &f->all[i], TOUCH_CANCEL, out);
}

static void
end_device(struct fingers *f, int64_t device, struct touches *out)
{
    for (int i = 0; i <= FINGERS_MAX; i++)
        if (f->all[i].is_down && f->all[i].device == device)
            end(f, &f->all[i], TOUCH_CANCEL, out);
}

/* Panels with room for one finger only call it -1 (SDL_evdev.c); all others
   count from 0, and a finger -1 there is what SDL makes of a lost UP. */
static void
note_numbers(struct fingers *f, int64_t device, int64_t id, int64_t now_ms)
{
    if (device == FINGERS_MOUSE || id < 0)
        return;
    f->has_numbers = true;
    f->numbering = device;
    f->numbered_ms = now_ms;
}

static bool
is_made_up(const struct fingers *f, int64_t device, int64_t id, int64_t now_ms)
{
    return id < 0 && device != FINGERS_MOUSE && f->has_numbers &&
           f->numbering == device && now_ms - f->numbered_ms < NUMBERS_MS;
}

static void
advance(struct fingers *f, uint32_t stamp_ms)
{
    uint32_t ahead_ms = stamp_ms - f->stamp_ms;
    if (ahead_ms > UINT32_MAX - BACK_MS)
        return;
    f->stamp_ms = stamp_ms;
    f->device_ms += ahead_ms;
}

static void
begin_palm(struct fingers *f, struct touches *out)
{
    for (int i = 1; i <= FINGERS_MAX; i++)
        if (f->all[i].is_down)
            tell(f, &f->all[i], TOUCH_CANCEL, out);
    f->is_palm = true;
}

static void
begin(struct fingers *f, const struct finger *fresh, struct touches *out)
{
    struct finger *finger = free_place(f, fresh->device);
    if (!finger)
        return;
    if (!is_mouse(fresh) && count_down(f) + 1 >= PALM_FINGERS)
        begin_palm(f, out);
    *finger = *fresh;
    finger->number = is_mouse(fresh) ? FINGERS_MOUSE : ++f->last_number;
    tell(f, finger, TOUCH_DOWN, out);
}

static void
come_down(struct fingers *f, int64_t device, const struct touch *raw,
          int64_t late_ms, int64_t now_ms, struct touches *out)
{
    struct finger *old = find(f, device, raw->finger);
    struct finger fresh = {
        .is_down = true,
        .device = device,
        .id = raw->finger,
        .x = raw->x,
        .y = raw->y,
        .down_ms = f->device_ms - late_ms,
        .heard_ms = now_ms,
    };
    if (is_made_up(f, device, raw->finger, now_ms)) {
        end_device(f, device, out);
        return;
    }
    if (old)
        end(f, old, TOUCH_CANCEL, out);
    if (count_down(f) == 0)
        f->looked_for_ms = now_ms;
    begin(f, &fresh, out);
}

static void
go_on(struct fingers *f, struct finger *finger, const struct touch *raw,
      int64_t now_ms, struct touches *out)
{
    bool is_spark =
        !is_mouse(finger) && f->device_ms - finger->down_ms < SPARK_MS;
    finger->x = raw->x;
    finger->y = raw->y;
    finger->heard_ms = now_ms;
    if (raw->phase == TOUCH_MOVE)
        tell(f, finger, TOUCH_MOVE, out);
    else if (raw->phase == TOUCH_UP && !is_spark)
        end(f, finger, TOUCH_UP, out);
    else
        end(f, finger, TOUCH_CANCEL, out);
}

void
fingers_touch(struct fingers *f, int64_t device, const struct touch *raw,
              int64_t late_ms, int64_t now_ms, struct touches *out)
{
    *out = (struct touches){0};
    advance(f, (uint32_t) raw->at_ms);
    end_silent(f, now_ms, out);
    note_numbers(f, device, raw->finger, now_ms);
    if (raw->phase == TOUCH_DOWN) {
        come_down(f, device, raw, late_ms, now_ms, out);
        return;
    }
    struct finger *finger = find(f, device, raw->finger);
    if (finger)
        go_on(f, finger, raw, now_ms, out);
}

static bool
is_live(const struct finger *finger, const int64_t live[], int count)
{
    for (int i = 0; i < count; i++)
        if (live[i] == finger->device)
            return true;
    return is_mouse(finger);
}

void
fingers_tick(struct fingers *f, const int64_t live[], int count, int64_t now_ms,
             struct touches *out)
{
    *out = (struct touches){0};
    end_silent(f, now_ms, out);
    for (int i = 0; i <= FINGERS_MAX; i++)
        if (f->all[i].is_down && !is_live(&f->all[i], live, count))
            end(f, &f->all[i], TOUCH_CANCEL, out);
    f->looked_for_ms = now_ms;
}

int64_t
fingers_due_ms(const struct fingers *f)
{
    int64_t due_ms = INT64_MAX;
    for (int i = 0; i <= FINGERS_MAX; i++) {
        const struct finger *finger = &f->all[i];
        if (finger->is_down && finger->heard_ms + FORGOTTEN_MS < due_ms)
            due_ms = finger->heard_ms + FORGOTTEN_MS;
    }
    if (count_down(f) > 0 && f->looked_for_ms + LOOK_EVERY_MS < due_ms)
        due_ms = f->looked_for_ms + LOOK_EVERY_MS;
    return due_ms;
}
