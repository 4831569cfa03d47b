#include "kiosk/screen_power.h"

#include <stddef.h>

#include "base/log.h"
#include "sdl/display.h"

#define AGAIN_MS 60000
// Once more, in case it was not heard; then whoever switches a television on
// at night wants to see something on it.
#define CEC_TIMES 2
// While nobody hears it. Then it is off at the wall, and somebody's wish.
#define CEC_WAKES 5

static const char *const way_names[] = {
    [POWER_AUTO] = "auto",           [POWER_DPMS] = "dpms",
    [POWER_BACKLIGHT] = "backlight", [POWER_CEC] = "cec",
    [POWER_BLACK] = "black",         [POWER_NONE] = "none",
};

static void
complain(struct screen_power *p, enum screen_light light, const char *why)
{
    if (!p->has_complained)
        log_warning("%s; %s", why,
                    light == SCREEN_OFF
                        ? "off is a black picture until that is mended"
                        : "it is tried again each minute");
    p->has_complained = true;
}

static bool
has_backlight(const struct screen_power *p)
{
    return screen_backlight_is_there(&p->backlight);
}

static void
set_backlight(struct screen_power *p, enum screen_light light)
{
    struct problem why;
    if (!screen_backlight_set(&p->backlight, light, p->way == POWER_BACKLIGHT,
                              &why))
        complain(p, light, why.text);
}

/* --- which way --- */

/* A window's screen is its desktop's; a cable's is not the panel's. */
static bool
may_have_backlight(const struct screen_power *p,
                   const struct screen_power_setup *s)
{
    enum power_way way = p->config->power;
    return !s->is_window && way != POWER_NONE &&
           (way == POWER_BACKLIGHT || !display_has_cable());
}

/* One that may still become ours to set. */
static bool
is_backlight_awaited(const struct screen_power *p)
{
    return screen_backlight_due_ms(&p->backlight) != INT64_MAX;
}

static const char no_backlight[] = "there is no backlight to switch off";

static enum power_way
black_instead(const char *why)
{
    log_warning("%s: off is a black picture", why);
    return POWER_BLACK;
}

static enum power_way
choose(struct screen_power *p, const struct screen_power_setup *s)
{
    switch (p->config->power) {
    case POWER_AUTO:
        return s->is_window                 ? POWER_BLACK
               : has_backlight(p)           ? POWER_BACKLIGHT
               : glass_has_signal(p->glass) ? POWER_DPMS
                                            : POWER_BLACK;
    case POWER_DPMS:
        return glass_has_signal(p->glass)
                   ? POWER_DPMS
                   : black_instead("power = dpms is for the console only");
    case POWER_BACKLIGHT:
        return has_backlight(p)          ? POWER_BACKLIGHT
               : is_backlight_awaited(p) ? POWER_BLACK
                                         : black_instead(no_backlight);
    case POWER_CEC:
        return screen_cec_open(&p->cec, s->cec_devices)
                   ? POWER_CEC
                   : black_instead("the television cannot be told");
    case POWER_BLACK:
    case POWER_NONE:
        return p->config->power;
    }
    return POWER_NONE;
}

static void
warn_of_night(const struct screen_power *p)
{
    if (p->config->screen_hours.night.count && !has_backlight(p) &&
        p->way != POWER_NONE)
        log_warning("night is for panels with a backlight: this screen is not "
                    "dimmed");
}

void
screen_power_open(struct screen_power *p,
                  const struct screen_power_setup *setup)
{
    const struct screen_hours *h = &setup->config->screen_hours;
    *p = (struct screen_power){
        .config = setup->config,
        .glass = setup->glass,
        .way = POWER_NONE,
        .awake_until_ms = SCREEN_FIRST_MS, // monotonic time begins at boot
    };
    if (may_have_backlight(p, setup))
        screen_backlight_open(&p->backlight, setup->backlights,
                              setup->state_folder, h->night_percent);
    if (!screen_hours_are_set(h))
        return;
    p->way = choose(p, setup);
    log_info("the screen has hours; off is %s", way_names[p->way]);
    if (!is_backlight_awaited(p))
        warn_of_night(p);
}

/* udev has handed it to us meanwhile, or will not any more. */
static void
look_for_backlight(struct screen_power *p, int64_t now_ms)
{
    enum power_way asked = p->config->power;
    bool has_hours = p->way != POWER_NONE;
    if (!screen_backlight_look(&p->backlight, now_ms))
        return;
    if (!has_backlight(p)) {
        if (has_hours || asked == POWER_BACKLIGHT)
            log_warning("this user may not set the brightness of the panel: "
                        "is 60-staffroom.rules installed?");
        if (has_hours && asked == POWER_BACKLIGHT)
            black_instead(no_backlight);
        warn_of_night(p);
        return;
    }
    if (has_hours && (asked == POWER_AUTO || asked == POWER_BACKLIGHT)) {
        p->way = POWER_BACKLIGHT;
        log_info("the panel's backlight can be set by now; off is %s",
                 way_names[p->way]);
    }
    if (p->has_begun)
        set_backlight(p, p->light);
}

void
screen_power_close(struct screen_power *p)
{
    struct problem why;
    if (p->has_begun && (p->light != SCREEN_ON || p->backlight.is_missed))
        set_backlight(p, SCREEN_ON);
    if (p->has_lost_signal)
        glass_signal(p->glass, true, &why);
    screen_cec_close(&p->cec);
    *p = (struct screen_power){0};
}

/* --- off and on --- */

static bool
is_unheard(const struct screen_power *p)
{
    return p->way == POWER_CEC && !screen_cec_is_heard(&p->cec, true);
}

/* Whether it is to be on and, as far as we know, is not. */
static bool
is_lacking(const struct screen_power *p)
{
    return p->has_begun && p->light != SCREEN_OFF &&
           (p->has_lost_signal || p->backlight.is_missed || is_unheard(p));
}

/* And it is worth another try. */
static bool
has_to_say_on(const struct screen_power *p)
{
    return is_lacking(p) && (p->has_lost_signal || p->backlight.is_missed ||
                             p->times_said < CEC_WAKES);
}

struct screen_plan
screen_power_plan(const struct screen_power *p, const struct board *board,
                  struct screen_moment m)
{
    struct screen_plan plan = {SCREEN_ON, INT64_MAX};
    int64_t due_ms = screen_backlight_due_ms(&p->backlight);
    m.awake_until_ms = p->awake_until_ms;
    if (p->way != POWER_NONE)
        plan = screen_hours_plan(&p->config->screen_hours, board, &m);
    if (has_to_say_on(p) && p->again_ms < due_ms)
        due_ms = p->again_ms;
    plan.again_ms = due_ms < plan.again_ms ? due_ms : plan.again_ms;
    return plan;
}

bool
screen_power_is_off(const struct screen_power *p)
{
    return p->has_begun && p->light == SCREEN_OFF;
}

/* By the way there is; cheap where it is off already. */
static void
say_off(struct screen_power *p, int64_t now_ms)
{
    struct problem why;
    p->again_ms = now_ms + AGAIN_MS;
    set_backlight(p, SCREEN_OFF);
    if (p->way == POWER_DPMS) {
        p->has_lost_signal = true; // of several screens one may have obeyed
        if (!glass_signal(p->glass, false, &why))
            complain(p, SCREEN_OFF, why.text);
    }
    if (p->way == POWER_CEC && p->times_said < CEC_TIMES)
        screen_cec_tell(&p->cec, false);
    p->times_said++;
}

static void
take_signal(struct screen_power *p)
{
    struct problem why;
    p->has_lost_signal = !glass_signal(p->glass, true, &why);
    if (p->has_lost_signal)
        complain(p, p->light, why.text);
}

/* What there is to say, the first time or once more. What a television that is
   already on hears at our start does it no harm. */
static void
say_on(struct screen_power *p, int64_t now_ms)
{
    p->again_ms = now_ms + AGAIN_MS;
    if (p->has_lost_signal)
        take_signal(p);
    set_backlight(p, p->light);
    // A run may still be under way, at the last of several adapters.
    if (!is_unheard(p) || p->times_said >= CEC_WAKES ||
        screen_cec_is_telling(&p->cec, true))
        return;
    screen_cec_tell(&p->cec, true);
    p->times_said++;
}

static void
change(struct screen_power *p, enum screen_light light, int64_t now_ms)
{
    bool was_off = screen_power_is_off(p), is_off = light == SCREEN_OFF;
    bool is_other = !p->has_begun || was_off != is_off;
    p->light = light;
    p->has_begun = true;
    if (!is_other) {
        set_backlight(p, light);
        return;
    }
    p->times_said = 0;
    p->has_complained = false;
    if (was_off)
        log_info("the screen is on again");
    if (!is_off) {
        say_on(p, now_ms);
        return;
    }
    log_info("the screen goes off: it is outside its hours");
    glass_blacken(p->glass);
    say_off(p, now_ms);
}

bool
screen_power_set(struct screen_power *p, enum screen_light light,
                 int64_t now_ms)
{
    bool had_lost_signal = p->has_lost_signal;
    screen_cec_turn(&p->cec);
    look_for_backlight(p, now_ms);
    if (!p->has_begun || light != p->light)
        change(p, light, now_ms);
    else if (now_ms < p->again_ms)
        return false;
    else if (light == SCREEN_OFF)
        say_off(p, now_ms);
    else if (has_to_say_on(p))
        say_on(p, now_ms);
    return had_lost_signal && !p->has_lost_signal;
}

void
screen_power_again(struct screen_power *p, int64_t now_ms)
{
    if (is_lacking(p)) {
        p->times_said = 0; // it may not have been there to hear it
        say_on(p, now_ms);
    }
    if (!screen_power_is_off(p))
        return;
    if (!p->has_lost_signal) // what is shown without one fails
        glass_blacken(p->glass);
    say_off(p, now_ms);
}

int
screen_power_wait_ms(const struct screen_power *p, int wait_ms)
{
    return screen_cec_wait_ms(&p->cec, wait_ms);
}

/* --- somebody is here --- */

static bool
is_by_somebody(const struct input *input)
{
    switch (input->kind) {
    case INPUT_TOUCH:
        // One that is called off: nobody has heard of that finger for long.
        return input->touch.phase != TOUCH_CANCEL;
    case INPUT_FORWARD:
    case INPUT_SPACE:
    case INPUT_BACK:
    case INPUT_LEAVE:
    case INPUT_TEXT:
    case INPUT_ERASE:
    case INPUT_DELETE:
    case INPUT_ENTER:
    case INPUT_CARD:
        return true;
    case INPUT_QUIT:
    case INPUT_NEWS:
    case INPUT_REPAINT:
    case INPUT_NONE:
        return false;
    }
    return false;
}

static void
count_fingers(struct screen_power *p, enum touch_phase phase)
{
    if (phase == TOUCH_DOWN)
        p->fingers++;
    else if (phase != TOUCH_MOVE && p->fingers > 0)
        p->fingers--;
}

bool
screen_power_swallows(struct screen_power *p, const struct input *input,
                      int64_t now_ms)
{
    bool is_off = screen_power_is_off(p);
    if (is_by_somebody(input))
        p->awake_until_ms = now_ms + SCREEN_AWAKE_MS;
    else if (input->kind != INPUT_TOUCH)
        return false;
    if (input->kind != INPUT_TOUCH)
        return is_off;
    count_fingers(p, input->touch.phase);
    bool is_swallowed = is_off || p->is_swallowing;
    p->is_swallowing = is_swallowed && p->fingers > 0;
    return is_swallowed;
}
