#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "io/http_client.h"
#include "kiosk/assets.h"
#include "kiosk/errands.h"
#include "kiosk/folders.h"
#include "kiosk/painter.h"
#include "kiosk/program.h"
#include "kiosk/screen_power.h"
#include "kiosk/service.h"
#include "kiosk/setup.h"
#include "kiosk/show.h"
#include "kiosk/wanted_photos.h"
#include "kiosk/worker.h"
#include "sdl/canvas.h"
#include "sdl/glass.h"
#include "sdl/photos.h"
#include "sdl/pump.h"
#include "sdl/text_run.h"

#define FIRST_NEWS_MS 150
#define TRUST_EVERY_MS 5000
#define WAIT_MOST_MS (60 * 60 * 1000)

/* The running kiosk: everything the UI thread owns. */
struct kiosk {
    const struct program *program; // borrowed
    struct service service;
    struct screen_power power;
    struct setup setup;
    struct glass *glass;
    struct pump pump;
    struct fonts *fonts;
    struct ruler ruler;
    struct photos *photos;
    struct canvas *canvas;
    struct worker *worker; // NULL: there is nothing to fetch
    struct show show;
    struct painter painter;
    struct wanted_photos wanted;
    int64_t trust_asked_ms;
    bool is_clock_trusted;
    bool is_writing; // keys come as text
    bool wants_out;
    int ends_with; // the status then
};

/* The clock of this turn. Whether to trust it is asked every few seconds, and
   at once when the worker says that it was set. */
static struct now
read_clock(struct kiosk *k)
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

static struct panel
panel_now(const struct kiosk *k)
{
    int w, h;
    glass_size(k->glass, &w, &h);
    // A window on somebody's desk is a look at a wall, not a small wall.
    bool is_window = k->program->options.window_w > 0;
    double diagonal_in = is_window ? 0 : glass_diagonal_in(k->glass);
    return program_panel(k->program, w, h, diagonal_in);
}

/* --- what happens --- */

static void
take_news(struct kiosk *k)
{
    struct news news = {0};
    if (!worker_take_news(k->worker, &news))
        return;
    show_take(&k->show, &news, read_clock(k));
    wanted_photos_take(&k->wanted, k->photos, &news, &k->show);
    news_destroy(&news);
}

static void
resize(struct kiosk *k)
{
    struct panel panel = panel_now(k);
    painter_end_fade(&k->painter);
    show_resize(&k->show, &panel, &k->ruler);
    k->painter.is_all_new = true;
    screen_power_again(&k->power, read_clock(k).mono_ms);
}

static void
act_on(struct kiosk *k, struct input *input)
{
    struct now now = read_clock(k);
    bool is_window = k->program->options.window_w > 0;
    if (screen_power_swallows(&k->power, input, now.mono_ms))
        return;
    switch (input->kind) {
    case INPUT_TOUCH:
        show_touch(&k->show, &input->touch, now);
        return;
    case INPUT_CARD:
        show_card_open(&k->show, now);
        return;
    case INPUT_TEXT:
        show_type(&k->show, input->text, strlen(input->text), now);
        return;
    case INPUT_ERASE:
        show_key(&k->show, SHOW_KEY_ERASE, now);
        return;
    case INPUT_DELETE:
        show_key(&k->show, SHOW_KEY_DELETE, now);
        return;
    case INPUT_ENTER:
        show_key(&k->show, SHOW_KEY_ENTER, now);
        return;
    case INPUT_SPACE: // comes as text as well
        if (!k->show.is_composing)
            show_turn(&k->show, +1, now);
        return;
    case INPUT_FORWARD:
        if (k->show.is_composing)
            show_key(&k->show, SHOW_KEY_RIGHT, now);
        else
            show_turn(&k->show, +1, now);
        return;
    case INPUT_BACK:
        if (k->show.is_composing)
            show_key(&k->show, SHOW_KEY_LEFT, now);
        else
            show_turn(&k->show, -1, now);
        return;
    case INPUT_LEAVE:
        if (!show_key(&k->show, SHOW_KEY_LEAVE, now))
            k->wants_out = k->wants_out || is_window;
        return;
    case INPUT_QUIT:
        k->wants_out = true;
        return;
    case INPUT_REPAINT:
        resize(k);
        return;
    case INPUT_NEWS:
        k->trust_asked_ms = 0;
        return;
    case INPUT_NONE:
        return;
    }
}

/* A finger on its way, which alone changes nothing. */
static bool
is_idle_motion(const struct input *input)
{
    return input->kind == INPUT_NONE ||
           (input->kind == INPUT_TOUCH && input->touch.phase == TOUCH_MOVE);
}

/* For the network card. */
static void
find_facts(struct kiosk *k)
{
    char cache[PATH_MAX], state[PATH_MAX];
    if (k->worker) {
        worker_want_facts(k->worker);
        return;
    }
    struct news news = {
        .facts = worker_facts_alone(folders_state(state, sizeof state),
                                    folders_cache(cache, sizeof cache)),
    };
    show_take(&k->show, &news, read_clock(k));
    news_destroy(&news);
}

/* What the show asks of others: keys as text, and whatever the store does. */
static void
serve_show(struct kiosk *k)
{
    bool is_writing = k->show.is_composing || show_card_is_typing(&k->show);
    if (k->is_writing != is_writing) {
        k->is_writing = is_writing;
        input_writing(k->is_writing);
    }
    if (show_card_wants_facts(&k->show))
        find_facts(k);
    errands_run(&k->show, k->worker, read_clock(k));
}

static int
wait_until(const struct kiosk *k, int64_t due_ms)
{
    if (due_ms == ROTATION_NEVER)
        return WAIT_MOST_MS;
    int64_t left_ms = due_ms - clock_now(&k->program->clock).mono_ms;
    left_ms /= k->program->options.speed;
    if (left_ms < 0)
        return 0;
    return left_ms < WAIT_MOST_MS ? (int) left_ms + 1 : WAIT_MOST_MS;
}

/* The worker's first news is from the disk: worth a moment, so that the first
   picture is the board and not an apology. */
static void
wait_for_first_news(struct kiosk *k)
{
    int64_t until_ms = clock_mono_ms() + FIRST_NEWS_MS;
    struct input input = {0};
    while (input.kind != INPUT_NEWS && !k->wants_out) {
        int64_t left_ms = until_ms - clock_mono_ms();
        if (left_ms <= 0 || !pump_next(&k->pump, k->glass, k->program->rotate,
                                       (int) left_ms, &input))
            return;
        act_on(k, &input);
    }
}

/* The screen may have been switched off and on, or exchanged. */
static void
look_at_screen(struct kiosk *k)
{
    switch (service_turn(&k->service, clock_mono_ms())) {
    case SERVICE_SCREEN_SAME:
        return;
    case SERVICE_SCREEN_WAKES:
        glass_ask_screen(k->glass);
        return;
    case SERVICE_SCREEN_BACK:
        k->painter.is_all_new = true;
        screen_power_again(&k->power, read_clock(k).mono_ms);
        return;
    case SERVICE_SCREEN_OTHER:
        log_info("another screen was plugged in: starting again for it");
        k->ends_with = EXIT_OTHER_SCREEN;
        k->wants_out = true;
        return;
    }
}

/* While there is no board: what to say instead, and whether to begin anew. */
static void
look_at_setup(struct kiosk *k)
{
    if (!setup_turn(&k->setup, k->show.board, clock_mono_ms(), &k->show.setup))
        return;
    log_info("the settings have changed: starting again with them");
    k->ends_with =
        notify_is_asked(&k->service.notify) ? EXIT_NEW_SETTINGS : RUN_AGAIN;
    k->wants_out = true;
}

/* Ends even where nobody starts us again: what is shown would be old, and older
   every day, without a sign of it. A dark screen is seen to by somebody. */
static void
look_at_worker(struct kiosk *k)
{
    if (!worker_is_stuck(k->worker))
        return;
    log_error("what fetches the news has been stuck for more than %d minutes, "
              "in a disk, a network share or a photo: ending, to be started "
              "again",
              WORKER_STUCK_MIN);
    k->ends_with = EXIT_STUCK;
    k->wants_out = true;
}

/* The screen as its hours want it, until `*due_ms`. True: it is off. */
static bool
is_outside_hours(struct kiosk *k, int64_t *due_ms)
{
    const struct board *board = k->show.board;
    const struct screen_moment moment = {
        .now = read_clock(k),
        .zone = board ? board->zone : k->show.zone,
        .is_writing = k->show.is_composing,
    };
    struct screen_plan plan = screen_power_plan(&k->power, board, moment);
    *due_ms = plan.again_ms;
    bool was_off = screen_power_is_off(&k->power);
    bool is_off = plan.light == SCREEN_OFF;
    if (is_off)
        painter_end_fade(&k->painter);
    bool is_seen_now =
        screen_power_set(&k->power, plan.light, moment.now.mono_ms);
    service_dark(&k->service, is_off);
    k->painter.is_all_new = k->painter.is_all_new || was_off || is_seen_now;
    if (was_off && !is_off)
        show_resume(&k->show, moment.now);
    return is_off;
}

/* Nothing is painted and nothing turns; news is taken, and a touch wakes. */
static void
wait_while_off(struct kiosk *k, int64_t due_ms)
{
    struct input input;
    int wait_ms = screen_power_wait_ms(&k->power, wait_until(k, due_ms));
    if (pump_next(&k->pump, k->glass, k->program->rotate,
                  service_wait_ms(&k->service, wait_ms), &input))
        act_on(k, &input);
    look_at_screen(k);
    look_at_setup(k);
    look_at_worker(k);
}

static void
run_loop(struct kiosk *k)
{
    if (k->worker)
        wait_for_first_news(k);
    look_at_setup(k);
    while (!k->wants_out) {
        enum show_change change;
        struct rect part;
        take_news(k);
        serve_show(k); // so that a refusal is in the next picture
        int64_t plan_ms;
        if (is_outside_hours(k, &plan_ms)) {
            wait_while_off(k, plan_ms);
            continue;
        }
        int64_t due_ms = show_tick(&k->show, read_clock(k), &change, &part);
        due_ms = plan_ms < due_ms ? plan_ms : due_ms;
        painter_bring(&k->painter, show_list(&k->show), change, part);
        wanted_photos_ask(&k->wanted, k->photos, k->worker, &k->show);
        serve_show(k);

        int wait_ms = k->painter.is_fading ? painter_step(&k->painter)
                                           : wait_until(k, due_ms);
        wait_ms = screen_power_wait_ms(&k->power, wait_ms);
        wait_ms = service_wait_ms(&k->service, wait_ms);
        wait_ms = setup_wait_ms(k->show.board, wait_ms);
        struct input input;
        // How many pages a slide has is known once it is drawn: so one turn
        // of a page, then a picture.
        while (pump_next(&k->pump, k->glass, k->program->rotate, wait_ms,
                         &input)) {
            act_on(k, &input);
            if (!is_idle_motion(&input))
                break;
            wait_ms = 0;
        }
        look_at_screen(k);
        look_at_setup(k);
        look_at_worker(k);
    }
    painter_end_fade(&k->painter);
}

/* --- beginning and end --- */

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

static int
open_screen(struct kiosk *k)
{
    struct problem why = {0};
    char fonts[PATH_MAX];
    if (!assets_path(ASSETS_FONTS, fonts, sizeof fonts, &why)) {
        program_complain("%s", why.text);
        return EXIT_WRONG;
    }
    int status = open_glass(k);
    if (status != 0)
        return status;
    pump_open(&k->pump);
    k->fonts = fonts_open(fonts, &why);
    if (!k->fonts) {
        program_complain("%s", why.text);
        return EXIT_WRONG;
    }
    k->ruler = text_ruler(k->fonts);
    k->photos = photos_new(WANTED_PHOTOS_BYTES);
    k->canvas = canvas_new(k->fonts, k->photos);
    painter_open(&k->painter, k->program, k->glass, k->canvas);
    return 0;
}

static void
start_worker(struct kiosk *k)
{
    char cache[PATH_MAX], state[PATH_MAX];
    const char *state_folder = folders_state(state, sizeof state);
    int w, h;
    glass_size(k->glass, &w, &h);
    if (notify_is_asked(&k->service.notify))
        folders_warn_of_loss(state_folder);
    k->worker = worker_start(&(struct worker_settings){
        .feed = k->program->feed,
        .config = &k->program->config,
        .cache_folder = *k->program->config.cache
                            ? k->program->config.cache
                            : folders_cache(cache, sizeof cache),
        .state_folder = state_folder,
        .clock = &k->program->clock,
        .screen_w = w,
        .screen_h = h,
        .photo_w = k->wanted.w,
        .photo_h = k->wanted.h,
        .photo_most_bytes = PHOTO_MAX_BYTES,
        .max_texture = glass_max_texture(k->glass),
        .wake = pump_wake,
        .wake_data = &k->pump,
        .decode = wanted_photos_decode,
    });
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
leave_at_once(struct kiosk *k, int status)
{
    screen_power_close(&k->power);
    glass_close(k->glass);
    _exit(status);
}

int
run_show(const struct program *p)
{
    struct kiosk k = {.program = p};
    service_open(&k.service);
    int status = open_screen(&k);
    if (status == 0) {
        struct panel panel = panel_now(&k);
        show_init(&k.show, &panel, &k.ruler, &p->config, read_clock(&k));
        theme_photo_size(&k.show.theme, &k.wanted.w, &k.wanted.h);
        setup_begin(&k.setup, p, notify_is_asked(&k.service.notify));
        if (!k.setup.is_for_settings)
            start_worker(&k);
        begin_service(&k);
        open_power(&k);
        run_loop(&k);
        status = k.ends_with;
        if (!worker_stop(k.worker))
            leave_at_once(&k, status);
    }
    show_destroy(&k.show);
    canvas_free(k.canvas);
    photos_free(k.photos);
    fonts_close(k.fonts);
    pump_close(&k.pump);
    screen_power_close(&k.power);
    glass_close(k.glass);
    service_close(&k.service);
    return status;
}
