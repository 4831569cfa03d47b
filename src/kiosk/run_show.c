#include <limits.h>

#include "base/log.h"
#include "kiosk/errands.h"
#include "kiosk/folders.h"
#include "kiosk/kiosk.h"

#define WAIT_MOST_MS (60 * 60 * 1000)

/* --- what happens --- */

static void
resize(struct kiosk *k)
{
    kiosk_resize(k);
    screen_power_again(&k->power, kiosk_clock(k).mono_ms);
}

static void
act_on(struct kiosk *k, struct input *input)
{
    struct now now = kiosk_clock(k);
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
    show_take(&k->show, &news, kiosk_clock(k));
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
    errands_run(&k->show, k->worker, kiosk_clock(k));
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
        screen_power_again(&k->power, kiosk_clock(k).mono_ms);
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
        .now = kiosk_clock(k),
        .zone = board ? board->zone : k->show.zone,
        .is_writing = k->show.is_composing,
    };
    struct screen_plan plan = screen_power_plan(&k->power, board, moment);
    *due_ms = plan.again_ms;
    bool was_off = screen_power_is_off(&k->power);
    bool is_off = plan.light == SCREEN_OFF;
    if (is_off)
        painter_begin_anew(&k->painter);
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
    kiosk_take_news(k);
    look_at_setup(k); // which looks at nothing once there is a board
    while (!k->wants_out) {
        enum show_change change;
        struct rect part;
        kiosk_take_news(k);
        serve_show(k); // so that a refusal is in the next picture
        int64_t plan_ms;
        if (is_outside_hours(k, &plan_ms)) {
            wait_while_off(k, plan_ms);
            continue;
        }
        int64_t due_ms = show_tick(&k->show, kiosk_clock(k), &change, &part);
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

int
run_show(const struct program *p)
{
    struct kiosk k = {.program = p};
    if (kiosk_open(&k))
        run_loop(&k);
    kiosk_close(&k);
    return k.ends_with;
}
