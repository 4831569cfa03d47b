#include "kiosk/kiosk.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "io/http_client.h"
#include "kiosk/assets.h"
#include "kiosk/first_picture.h"
#include "kiosk/folders.h"

#define TRUST_EVERY_MS 5000

struct now
kiosk_clock(struct kiosk *k)
{
    struct now now = clock_now(&k->program->clock);
    if (now.is_trusted)
        return now;
    if (k->trust_asked_ms == 0 ||
        now.mono_ms - k->trust_asked_ms > TRUST_EVERY_MS) {
        k->is_clock_trusted = clock_machine_is_trusted(CLOCK_BUILT_AFTER_S);
        k->trust_asked_ms = now.mono_ms;
    }
    now.is_trusted = k->is_clock_trusted || k->show.status.clock_agrees;
    return now;
}

/* What the screen is as a place for pictures. */
static struct panel
panel_of(const struct kiosk *k)
{
    int w, h;
    glass_size(k->glass, &w, &h);
    // A window on somebody's desk is a look at a wall, not a small wall.
    bool is_window = k->program->options.window_w > 0;
    double diagonal_in = is_window ? 0 : glass_diagonal_in(k->glass);
    return program_panel(k->program, w, h, diagonal_in);
}

void
kiosk_take_news(struct kiosk *k)
{
    struct news news = {0};
    if (!worker_take_news(k->worker, &news))
        return;
    show_take(&k->show, &news, kiosk_clock(k));
    wanted_photos_take(&k->wanted, k->photos, &news, &k->show);
    news_destroy(&news);
}

void
kiosk_resize(struct kiosk *k)
{
    struct panel panel = panel_of(k);
    painter_begin_anew(&k->painter);
    show_resize(&k->show, &panel, &k->ruler);
}

static int
open_glass(struct kiosk *k)
{
    const struct program *p = k->program;
    struct problem why = {0};
    bool no_display = false;
    struct glass_options options = {
        .window_w = p->options.window_w,
        .window_h = p->options.window_h,
        .mode_w = p->config.mode.w,
        .mode_h = p->config.mode.h,
        .turn = p->rotate,
        .max_texture = p->options.max_texture,
        .shows_cursor = p->options.window_w > 0,
    };
    do {
        service_before_screen(&k->service);
        k->glass = glass_open(&options, &no_display, &why);
    } while (!k->glass && no_display &&
             service_waits_for_screen(&k->service, why.text));
    if (k->glass)
        return 0;
    program_complain("%s", why.text);
    return no_display ? EXIT_NO_DISPLAY : EXIT_WRONG;
}

/* The picture before the window: that waits for the graphics driver, and who
   looks at the wall need not. */
static int
open_screen(struct kiosk *k)
{
    struct problem why = {0};
    char fonts[PATH_MAX];
    // First: without them no television need be waited for.
    if (!assets_path(ASSETS_FONTS, fonts, sizeof fonts, &why)) {
        program_complain("%s", why.text);
        return EXIT_WRONG;
    }
    int status = open_glass(k);
    if (status != 0)
        return status;
    pump_open(&k->pump);
    struct panel panel = panel_of(k);
    if (!first_picture_show(k, fonts, &panel))
        return EXIT_WRONG;
    // Who waited for a screen is watched by now; from a cold disk both are
    // slow.
    notify_alive(&k->service.notify, clock_mono_ms());
    if (glass_light(k->glass, &why))
        return 0;
    program_complain("%s", why.text);
    return EXIT_WRONG;
}

/* The first slide has its time from when it can be seen; and the window may
   have become another size than was expected. */
static void
begin_show(struct kiosk *k)
{
    struct panel panel = panel_of(k);
    show_resume(&k->show, kiosk_clock(k));
    if (panel.w != k->show.theme.w || panel.h != k->show.theme.h)
        kiosk_resize(k);
}

static void
open_power(struct kiosk *k)
{
    char state[PATH_MAX];
    screen_power_open(&k->power,
                      &(struct screen_power_setup){
                          .config = &k->program->config,
                          .glass = k->glass,
                          .state_folder = folders_state(state, sizeof state),
                          .backlights = BACKLIGHTS,
                          .cec_devices = SCREEN_CEC_DEVICES,
                          .is_window = k->program->options.window_w > 0,
                      });
}

static void
begin_service(struct kiosk *k)
{
    const char *what = "the board";
    if (k->setup.is_for_settings)
        what = *k->setup.mistake ? "what is wrong in the settings"
                                 : "how to set this screen up";
    // Whoever knows a secret address can read the feed: not all of it is said.
    const char *feed = k->program->feed;
    char *shown = strstr(feed, "://") ? http_shown(feed) : NULL;
    log_info("showing %s on %s",
             k->setup.is_for_settings ? what
             : shown                  ? shown
                                      : feed,
             glass_description(k->glass));
    free(shown);
    service_begin(&k->service, what, clock_mono_ms());
}

/* The worker's thread still uses what we would free; only the screen, and on
   a console its keyboard, are given back. */
_Noreturn static void
leave_at_once(struct kiosk *k)
{
    screen_power_close(&k->power);
    glass_close(k->glass);
    _exit(k->ends_with);
}

bool
kiosk_open(struct kiosk *k)
{
    service_open(&k->service);
    k->ends_with = open_screen(k);
    if (k->ends_with != 0)
        return false;
    begin_show(k);
    begin_service(k);
    worker_go(k->worker);
    open_power(k);
    return true;
}

void
kiosk_close(struct kiosk *k)
{
    if (!worker_stop(k->worker))
        leave_at_once(k);
    show_destroy(&k->show);
    canvas_free(k->canvas);
    photos_free(k->photos);
    fonts_close(k->fonts);
    pump_close(&k->pump);
    screen_power_close(&k->power);
    glass_close(k->glass);
    service_close(&k->service);
}
