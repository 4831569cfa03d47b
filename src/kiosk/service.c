#include "kiosk/service.h"

#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "sdl/display.h"

#define LOOK_EVERY_MS 5000
#define WAIT_OFTEN_TIMES 10 // the machine starts: its driver may yet come
#define WAIT_OFTEN_S 1
#define WAIT_S 5

void
service_open(struct service *s)
{
    *s = (struct service){0};
    notify_open(&s->notify);
}

void
service_close(struct service *s)
{
    notify_stopping(&s->notify);
    notify_close(&s->notify);
}

static void
sleep_for_s(int seconds)
{
    const struct timespec time = {.tv_sec = seconds};
    nanosleep(&time, NULL);
}

void
service_before_screen(struct service *s)
{
    s->screen = display_mark();
}

bool
service_waits_for_screen(struct service *s, const char *why)
{
    if (!notify_is_asked(&s->notify) || !display_is_awaited())
        return false;
    // It may wait for first this and then that: a screen, and leave to use it.
    uint64_t sentence = hash_string(why);
    if (s->waits_for != sentence)
        log_warning("%s; waiting", why);
    s->waits_for = sentence;
    if (s->waits == 0) {
        notify_status(&s->notify, "waiting for a screen");
        // Nothing else is wrong: who ordered itself after us need not wait.
        notify_ready(&s->notify);
    }
    notify_alive(&s->notify, clock_mono_ms());
    sleep_for_s(s->waits < WAIT_OFTEN_TIMES ? WAIT_OFTEN_S : WAIT_S);
    notify_alive(&s->notify, clock_mono_ms());
    s->waits++;
    return true;
}

static void
tell_what_is_shown(struct service *s)
{
    char status[sizeof s->notify.status];
    snprintf(status, sizeof status, "showing %s",
             s->what ? s->what : "the board");
    notify_status(&s->notify, s->is_off    ? "the screen is switched off"
                              : s->is_dark ? "the screen is off: it is outside "
                                             "its hours"
                                           : status);
}

void
service_begin(struct service *s, const char *what, int64_t now_ms)
{
    s->what = what;
    s->is_looking = display_is_on_console();
    // SDL has asked the screen itself, which may be why the kernel says
    // something else of it now; then that is no other screen, or we began again
    // for ever. In this order: a screen that goes on waking in between is not
    // taken for one that SDL knows.
    uint64_t mark = display_mark();
    if (mark != 0 && mark != s->screen && display_knows_screen())
        s->screen = mark;
    s->seen = s->screen;
    s->next_look_ms = now_ms + LOOK_EVERY_MS;
    notify_ready(&s->notify);
    tell_what_is_shown(s);
    notify_alive(&s->notify, now_ms);
}

void
service_dark(struct service *s, bool is_dark)
{
    if (s->is_dark == is_dark)
        return;
    s->is_dark = is_dark;
    tell_what_is_shown(s);
}

enum service_screen
service_saw_screen(struct service *s, uint64_t mark)
{
    // Seen twice: while it wakes, a screen may say half of what it can do.
    bool is_sure = mark == s->seen;
    s->seen = mark;
    if (!is_sure)
        return SERVICE_SCREEN_SAME;
    if (mark != 0 && mark != s->screen)
        return SERVICE_SCREEN_OTHER;
    bool is_back = s->is_off && mark != 0;
    s->is_off = mark == 0;
    tell_what_is_shown(s);
    return is_back ? SERVICE_SCREEN_BACK : SERVICE_SCREEN_SAME;
}

enum service_screen
service_turn(struct service *s, int64_t now_ms)
{
    notify_alive(&s->notify, now_ms);
    if (!s->is_looking || now_ms < s->next_look_ms)
        return SERVICE_SCREEN_SAME;
    s->next_look_ms = now_ms + LOOK_EVERY_MS;
    uint64_t mark = display_mark();
    bool is_new_here = mark != 0 && s->seen == 0;
    enum service_screen says = service_saw_screen(s, mark);
    return is_new_here ? SERVICE_SCREEN_WAKES : says;
}

int
service_wait_ms(const struct service *s, int wait_ms)
{
    if (s->is_looking && wait_ms > LOOK_EVERY_MS)
        wait_ms = LOOK_EVERY_MS;
    return notify_wait_ms(&s->notify, wait_ms);
}
