#include "kiosk/screen_power.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "io/file.h"
#include "sdl/display.h"

#define AGAIN_MS 60000
// Once more, in case it was not heard; then whoever switches a television on
// at night wants to see something on it.
#define CEC_TIMES 2
#define KEPT_FILE "brightness"
#define KEPT_MOST_BYTES 200

static const char *const way_names[] = {
    [POWER_AUTO] = "auto",           [POWER_DPMS] = "dpms",
    [POWER_BACKLIGHT] = "backlight", [POWER_CEC] = "cec",
    [POWER_BLACK] = "black",         [POWER_NONE] = "none",
};

/* --- the backlight's usual level --- */

static bool
has_backlight(const struct screen_power *p)
{
    return *p->backlight.name != '\0';
}

static int
dimmed(const struct screen_power *p, int usual)
{
    int level =
        (int) ((int64_t) usual * p->config->screen_hours.night_percent / 100);
    return level > 0 ? level : 1;
}

/* "10-0045 200", of this backlight; 0: nothing. */
static int
read_kept(const struct screen_power *p)
{
    struct text text = {0};
    struct problem why;
    int level = 0;
    size_t len = strlen(p->backlight.name);
    if (file_read(p->kept_at, KEPT_MOST_BYTES, &text, &why)) {
        const char *all = text_string(&text);
        long kept = strncmp(all, p->backlight.name, len) == 0 && all[len] == ' '
                        ? strtol(all + len + 1, NULL, 10)
                        : 0;
        level = kept > 0 && kept <= p->backlight.most ? (int) kept : 0;
    }
    text_destroy(&text);
    return level;
}

/* Before it is changed: we may be killed before it is put back. */
static void
keep_usual(struct screen_power *p)
{
    struct text text = {0};
    struct problem why;
    if (p->kept == p->usual)
        return;
    text_add_format(&text, "%s %d\n", p->backlight.name, p->usual);
    if (file_write(p->kept_at, text.bytes, text.len, &why))
        p->kept = p->usual;
    text_destroy(&text);
}

/* What it is at the start may be what one of us left that was killed. */
static void
find_usual(struct screen_power *p)
{
    int level = backlight_read(&p->backlight);
    p->kept = read_kept(p);
    if (p->kept > 0 && (level <= 0 || level == dimmed(p, p->kept)))
        p->usual = p->kept;
    else
        p->usual = level > 0 ? level : p->backlight.most;
}

static void
complain(struct screen_power *p, const char *why)
{
    if (!p->has_complained)
        log_warning("%s; off is a black picture until that is mended", why);
    p->has_complained = true;
}

static void
set_backlight(struct screen_power *p, enum screen_light light)
{
    if (!has_backlight(p))
        return;
    int level = backlight_read(&p->backlight), wanted = p->usual;
    bool is_ours = p->has_begun && p->light == SCREEN_ON;
    if (is_ours && level > 0) // somebody else may have set it meanwhile
        p->usual = wanted = level;
    if (light == SCREEN_DIMMED)
        wanted = dimmed(p, p->usual);
    else if (light == SCREEN_OFF)
        wanted = p->way == POWER_BACKLIGHT ? 0 : level;
    if (wanted != p->usual)
        keep_usual(p);
    if (level == wanted || backlight_write(&p->backlight, wanted))
        return;
    struct problem why;
    problem_set(&why, 0, 0, "%s cannot be set (%s)", p->backlight.path,
                strerror(errno));
    complain(p, why.text);
}

/* --- which way --- */

/* A window's screen is its desktop's; a cable's is not the panel's. */
static bool
find_backlight(struct screen_power *p, const struct screen_power_setup *s)
{
    enum power_way way = p->config->power;
    bool is_forbidden = false;
    if (s->is_window || way == POWER_NONE ||
        (way != POWER_BACKLIGHT && display_has_cable()))
        return false;
    if (backlight_find(&p->backlight, s->backlights, &is_forbidden))
        return true;
    if (is_forbidden && (way == POWER_BACKLIGHT ||
                         screen_hours_are_set(&p->config->screen_hours)))
        log_warning("this user may not set the brightness of the panel: is "
                    "60-staffroom.rules installed?");
    return false;
}

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
        return has_backlight(p)
                   ? POWER_BACKLIGHT
                   : black_instead("there is no backlight to switch off");
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
    int len = snprintf(p->kept_at, sizeof p->kept_at, "%s/" KEPT_FILE,
                       setup->state_folder);
    if (len < 0 || (size_t) len >= sizeof p->kept_at)
        p->kept_at[0] = '\0';
    if (find_backlight(p, setup))
        find_usual(p);
    if (!screen_hours_are_set(h))
        return;
    p->way = choose(p, setup);
    log_info("the screen has hours; off is %s", way_names[p->way]);
    if (h->night.count && !has_backlight(p) && p->way != POWER_NONE)
        log_warning("night is for panels with a backlight: this screen is not "
                    "dimmed");
}

void
screen_power_close(struct screen_power *p)
{
    if (p->has_begun && p->light != SCREEN_ON) {
        struct problem why;
        set_backlight(p, SCREEN_ON);
        if (p->light == SCREEN_OFF && p->way == POWER_DPMS)
            glass_signal(p->glass, true, &why);
    }
    screen_cec_close(&p->cec);
    *p = (struct screen_power){0};
}

/* --- off and on --- */

struct screen_plan
screen_power_plan(const struct screen_power *p, const struct board *board,
                  struct screen_moment m)
{
    if (p->way == POWER_NONE)
        return (struct screen_plan){SCREEN_ON, INT64_MAX};
    m.awake_until_ms = p->awake_until_ms;
    return screen_hours_plan(&p->config->screen_hours, board, &m);
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
    if (p->way == POWER_DPMS && !glass_signal(p->glass, false, &why))
        complain(p, why.text);
    if (p->way == POWER_CEC && p->times_said < CEC_TIMES)
        screen_cec_tell(&p->cec, false);
    p->times_said++;
}

/* What a screen that is already on hears at our start does it no harm. */
static void
say_on(struct screen_power *p)
{
    struct problem why;
    if (p->way == POWER_DPMS && screen_power_is_off(p) &&
        !glass_signal(p->glass, true, &why))
        complain(p, why.text);
    if (p->way == POWER_CEC)
        screen_cec_tell(&p->cec, true);
}

static void
change(struct screen_power *p, enum screen_light light, int64_t now_ms)
{
    bool was_off = screen_power_is_off(p);
    if (light == SCREEN_OFF) {
        log_info("the screen goes off: it is outside its hours");
        glass_blacken(p->glass);
        p->times_said = 0;
        say_off(p, now_ms);
    } else {
        if (was_off)
            log_info("the screen is on again");
        if (was_off || !p->has_begun)
            say_on(p);
        set_backlight(p, light);
    }
    p->light = light;
    p->has_begun = true;
}

void
screen_power_set(struct screen_power *p, enum screen_light light,
                 int64_t now_ms)
{
    screen_cec_turn(&p->cec);
    if (!p->has_begun || light != p->light)
        change(p, light, now_ms);
    else if (light == SCREEN_OFF && now_ms >= p->again_ms)
        say_off(p, now_ms);
}

void
screen_power_again(struct screen_power *p, int64_t now_ms)
{
    if (!screen_power_is_off(p))
        return;
    if (p->way != POWER_DPMS) // what is shown without a signal fails
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
