#include "kiosk/show_part.h"

#include <stdio.h>
#include <string.h>

#define MINUTE_S 60
#define RING_STEP_MS 1000
#define STALE_INTERVALS 2
#define SHIFT_MS (10 * 60 * 1000)
#define FRAME_MS 16
#define BOARD_PAGES 8 // shown by themselves: nobody waits through a hundred

void
show_init(struct show *s, const struct panel *panel, const struct ruler *ruler,
          const struct config *config, struct now now)
{
    *s = (struct show){.config = config};
    s->zone = zone_open(NULL);
    show_resize(s, panel, ruler);
    rotation_start(&s->rotation, now.mono_ms);
}

void
show_destroy(struct show *s)
{
    board_free(s->board);
    local_postits_free(s->postits);
    local_meetings_free(s->meetings);
    requests_destroy(&s->requests);
    show_card_destroy(&s->card);
    wall_memo_destroy(&s->board_memo);
    wall_memo_destroy(&s->thread_memo);
    arena_destroy(&s->merged_arena);
    zone_close(s->zone);
    qr_memo_destroy(&s->qr);
    arena_destroy(&s->order_arena);
    arena_destroy(&s->frame);
    draw_destroy(&s->lists[0]);
    draw_destroy(&s->lists[1]);
    *s = (struct show){0};
}

void
show_resize(struct show *s, const struct panel *panel,
            const struct ruler *ruler)
{
    theme_make(&s->theme, panel, ruler);
}

void
show_take(struct show *s, struct news *news, struct now now)
{
    s->status = news->status;
    s->hub = news->hub;
    show_card_take(s, news);
    struct board *old_board = NULL;
    struct local_postits *old_postits = NULL;
    struct local_meetings *old_meetings = NULL;
    bool is_first = news->board && !s->board;
    bool has_more = news->board || news->postits || news->meetings ||
                    news->is_taken_down;
    if (news->board || news->is_taken_down) {
        old_board = s->board;
        s->board = news->board;
        news->board = NULL;
    }
    if (news->postits) {
        old_postits = s->postits;
        s->postits = news->postits;
        news->postits = NULL;
    }
    if (news->meetings) {
        old_meetings = s->meetings;
        s->meetings = news->meetings;
        news->meetings = NULL;
    }
    // The order still points into the old ones: they go behind it.
    if (has_more)
        show_make_order(s, now);
    board_free(old_board);
    local_postits_free(old_postits);
    local_meetings_free(old_meetings);
    if (is_first)
        rotation_start(&s->rotation, now.mono_ms);
    show_take_answers(s, news, now);
}

/* How long until the board has to say its age; 0 or less: it has to now.
   INT64_MAX: it is fresh, or never was. */
static int64_t
stale_in_ms(const struct show *s, struct now now)
{
    bool is_waiting =
        s->status.state == FEED_FAILING || s->status.is_from_cache;
    if (!is_waiting || s->status.good_s <= 0)
        return INT64_MAX;
    int64_t stale_s =
        s->status.good_s + STALE_INTERVALS * s->config->interval_s + 1;
    return (stale_s - now.wall_s) * 1000 - now.wall_ms;
}

/* Up to two pixels, in a slow circle (burn-in). */
static void
shift_picture(uint32_t step, struct scene *scene)
{
    static const signed char path[][2] = {{0, 0},   {1, 0},   {2, 1},  {1, 2},
                                          {0, 2},   {-1, 2},  {-2, 1}, {-2, 0},
                                          {-2, -1}, {-1, -2}, {0, -2}, {1, -1}};
    size_t at = step % (sizeof path / sizeof path[0]);
    scene->shift_x = path[at][0];
    scene->shift_y = path[at][1];
}

/* What is open over the slide, if it is still there. */
static void
look_at_open(struct show *s, struct now now, struct scene *scene)
{
    uint64_t id = s->reading ? s->reading : s->thread;
    const struct item *item = id ? show_find(s, id) : NULL;
    if (!item) {
        s->reading = s->thread = 0; // taken back, expired, or taken down
        return;
    }
    scene->reading = item;
    scene->over = s->reading ? OVER_POSTIT : OVER_THREAD;
    scene->page = s->reading ? s->reading_page : s->thread_page;
    scene->can_take_back = show_can_take_back(s, item, now);
    scene->can_turn_back =
        show_has_reacted(s, item->id, REQUEST_TURN_OVER, now);
    if (scene->over == OVER_THREAD)
        scene->thread_count = show_thread(s, item, now, &scene->thread);
}

static void
look_at_reactions(struct show *s, struct now now, struct scene *scene)
{
    bool has_slide = scene->slide < s->order.count;
    const struct item *item = scene->over == OVER_POSTIT ? scene->reading
                              : has_slide
                                  ? s->order.slides[scene->slide].items[0]
                                  : NULL;
    if (!item)
        return;
    scene->has_thanked = show_has_reacted(s, item->id, REQUEST_THANK, now);
    scene->is_trying = show_has_reacted(s, item->id, REQUEST_TRY, now);
}

/* Not to a hub on this very machine, where no phone comes. */
static const struct qr *
qr_for_phones(struct show *s)
{
    const char *hub = s->config->hub ? s->config->hub : "";
    bool is_pairing = s->hub.state == HUB_PAIRING;
    const char *page = is_pairing ? s->hub.code : s->hub.post_page;
    if (!*hub || !*page || config_is_on_this_machine(hub))
        return NULL;
    char address[QR_TEXT_MOST + 1];
    int len = snprintf(address, sizeof address, "%s%s%s", hub,
                       is_pairing ? "/screens/add?code=" : "", page);
    if (len < 0 || (size_t) len >= sizeof address)
        return NULL;
    return qr_memo_of(&s->qr, address);
}

static struct scene
scene_now(struct show *s, struct now now)
{
    int64_t left_ms = s->rotation.held_until_ms - now.mono_ms;
    struct scene scene = {
        .board = s->board ? &s->merged : NULL,
        .said = now.mono_ms < s->said_until_ms ? s->said : "",
        .order = &s->order,
        .slide = s->rotation.slide,
        .page = s->rotation.page,
        .now = now,
        .zone = s->board ? s->board->zone : s->zone,
        .is_stale = stale_in_ms(s, now) <= 0,
        .good_s = s->status.good_s,
        .why = s->status.state == FEED_FAILING ? s->status.why : "",
        .detail = s->status.state == FEED_FAILING ? s->status.detail : "",
        .hub = {.address = s->config->hub,
                .is_pairing = s->hub.state == HUB_PAIRING,
                .was_removed = s->hub.was_removed,
                .was_revoked = s->hub.was_revoked,
                .code = s->hub.code,
                .why = s->hub.why,
                .detail = s->hub.detail,
                .qr = qr_for_phones(s)},
        .setup = s->setup,
        .photos = s->photos,
        .photo_count = s->photo_count,
        .is_held = left_ms > 0,
        .is_for_visitors = s->is_for_visitors,
        .left_to_fly = show_left_to_fly(s, now),
        .memo = s->thread ? &s->thread_memo : &s->board_memo,
    };
    if (s->seeks_posted || scene.left_to_fly > 0)
        scene.sought = s->posted_id;
    look_at_open(s, now, &scene);
    look_at_reactions(s, now, &scene);
    if (scene.is_held) // in whole steps, so that it is drawn once a second
        scene.held_part =
            (float) ((left_ms + RING_STEP_MS - 1) / RING_STEP_MS) *
            RING_STEP_MS / SHOW_HOLD_MS;
    // Each round; and where nothing goes round, every ten minutes.
    bool goes_round = s->order.count > 1 || s->facts.page_count > 1;
    shift_picture(goes_round ? s->rotation.rounds
                             : (uint32_t) (now.mono_ms / SHIFT_MS),
                  &scene);
    return scene;
}

/* The next moment at which the picture changes by itself. */
static int64_t
next_change_ms(const struct show *s, struct now now, int64_t turn_ms)
{
    int64_t next_ms =
        now.mono_ms + (MINUTE_S - now.wall_s % MINUTE_S) * 1000 - now.wall_ms;
    if (turn_ms < next_ms)
        next_ms = turn_ms;
    if (now.mono_ms < s->said_until_ms && s->said_until_ms < next_ms)
        next_ms = s->said_until_ms;
    int64_t touch_ms = touch_due_ms(&s->touch);
    if (touch_ms < next_ms)
        next_ms = touch_ms;
    if (show_left_to_fly(s, now) > 0)
        next_ms = now.mono_ms + FRAME_MS;
    int64_t stale_ms = stale_in_ms(s, now);
    if (stale_ms > 0 && stale_ms < next_ms - now.mono_ms)
        next_ms = now.mono_ms + stale_ms;
    int64_t left_ms = s->rotation.held_until_ms - now.mono_ms;
    if (left_ms > 0) {
        int64_t step_ms = left_ms % RING_STEP_MS;
        step_ms = now.mono_ms + (step_ms ? step_ms : RING_STEP_MS);
        if (step_ms < next_ms)
            next_ms = step_ms;
    }
    return next_ms;
}

/* Swaps the lists; what differs between them. */
static enum show_change
bring_up(struct show *s, struct rect *part)
{
    struct draw_list *next = &s->lists[1 - s->up];
    *part = draw_difference(&s->lists[s->up], next);
    enum show_change change = rect_is_empty(*part) ? SHOW_SAME
                              : s->has_turned      ? SHOW_TURNED
                                                   : SHOW_CHANGED;
    s->has_turned = false;
    s->up = 1 - s->up;
    return change;
}

/* The composer has the screen: nothing turns while somebody writes. */
static int64_t
tick_composer(struct show *s, struct now now, int64_t due_ms,
              enum show_change *change, struct rect *part)
{
    composer_tick(&s->composer, now.mono_ms);
    arena_reset(&s->frame);
    struct scene scene = scene_now(s, now);
    s->has_turned = false; // a key is answered at once, never by a fade
    screen_draw_composer(&s->lists[1 - s->up], &s->theme, &s->frame, &scene,
                         &s->composer);
    *change = bring_up(s, part);
    int64_t key_ms = composer_next_ms(&s->composer);
    return key_ms < due_ms ? key_ms : due_ms;
}

/* Nor does anything while somebody reads the network card. */
static int64_t
tick_card(struct show *s, struct now now, int64_t due_ms,
          enum show_change *change, struct rect *part)
{
    arena_reset(&s->frame);
    s->has_turned = false;
    show_card_draw(s, &s->lists[1 - s->up], now);
    *change = bring_up(s, part);
    return due_ms;
}

/* Draws the next list; again where the new post-it hangs on another page. */
static void
draw(struct show *s, struct now now)
{
    struct draw_list *next = &s->lists[1 - s->up];
    for (bool is_again = true; is_again;) {
        arena_reset(&s->frame);
        struct scene scene = scene_now(s, now);
        struct screen_facts facts =
            screen_draw(next, &s->theme, &s->frame, &scene);
        int *page = scene.over == OVER_NOTHING  ? &s->rotation.page
                    : scene.over == OVER_THREAD ? &s->thread_page
                                                : &s->reading_page;
        if (scene.over == OVER_NOTHING) {
            s->facts = facts;
            rotation_settle(&s->rotation, s->order.count, facts.page_count);
        } else {
            s->open_pages = facts.page_count;
            if (*page >= facts.page_count)
                *page = facts.page_count - 1;
        }
        is_again = s->seeks_posted && facts.sought_page >= 0 &&
                   facts.sought_page != *page;
        if (is_again)
            *page = facts.sought_page;
        s->seeks_posted = false;
    }
}

/* How many pages of the slide come up by themselves. The newest post-its hang
   first; older ones are there for who turns to them. */
static int
pages_in_turn(const struct show *s)
{
    int pages = s->facts.page_count, page = s->rotation.page;
    bool is_board = s->rotation.slide < s->order.count &&
                    s->order.slides[s->rotation.slide].kind == SLIDE_BOARD;
    int most = page >= BOARD_PAGES ? page + 1 : BOARD_PAGES;
    return is_board && pages > most ? most : pages;
}

/* Turns the page when it has been up long enough. When the next is due. */
static int64_t
turn(struct show *s, struct now now)
{
    bool is_open = s->reading || s->thread;
    if (is_open && now.mono_ms < s->rotation.held_until_ms)
        return s->rotation.held_until_ms;
    if (is_open) { // nobody is there any more
        show_close(s, now);
        show_close(s, now);
        s->has_turned = true;
    }
    // A page that was just turned to is drawn before it is asked how long it
    // stays: until then nobody knows how many pages its slide has.
    if (s->has_turned)
        return now.mono_ms;
    int64_t turn_ms =
        rotation_tick(&s->rotation, dwell_ms(s->facts.words), s->order.count,
                      pages_in_turn(s), now.mono_ms);
    s->has_turned = turn_ms == now.mono_ms;
    return turn_ms;
}

int64_t
show_tick(struct show *s, struct now now, enum show_change *change,
          struct rect *part)
{
    if (now.wall_s / MINUTE_S != s->order_minute ||
        now.is_trusted != s->order_is_trusted)
        show_make_order(s, now);
    if (touch_tick(&s->touch, now.mono_ms) == GESTURE_HOLD && !s->is_composing)
        show_touch_hold(s, now);
    int64_t composer_ms = show_watch_composer(s, now);
    if (s->is_composing)
        return tick_composer(s, now, composer_ms, change, part);
    int64_t card_ms = show_card_watch(s, now);
    if (show_card_is_open(s))
        return tick_card(s, now, card_ms, change, part);
    int64_t turn_ms = turn(s, now);
    draw(s, now);
    if (turn_ms == now.mono_ms)
        turn_ms += dwell_ms(s->facts.words);
    *change = bring_up(s, part);
    int64_t next_ms = next_change_ms(s, now, turn_ms);
    return card_ms < next_ms ? card_ms : next_ms;
}

void
show_resume(struct show *s, struct now now)
{
    s->rotation.since_ms = now.mono_ms;
}

const struct draw_list *
show_list(const struct show *s)
{
    return &s->lists[s->up];
}
