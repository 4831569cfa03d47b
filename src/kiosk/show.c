#include "kiosk/show.h"

#include <string.h>

#define MINUTE_S 60
#define RING_STEP_MS 1000
#define STALE_INTERVALS 2
#define SHIFT_MS (10 * 60 * 1000)

void
show_init(struct show *s, const struct panel *panel, const struct ruler *ruler,
          const struct config *config, struct now now)
{
    *s = (struct show){.school = config->school,
                       .interval_s = config->interval_s};
    s->zone = zone_open(NULL);
    show_resize(s, panel, ruler);
    rotation_start(&s->rotation, now.mono_ms);
}

void
show_destroy(struct show *s)
{
    board_free(s->board);
    zone_close(s->zone);
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

/* Where that item's slide stands; else, where to go on from `index`, the
   first of its kind, or what stands in its place now. */
static int
find_slide(const struct running_order *order, enum slide_kind kind,
           const char *id, int index, bool *is_same)
{
    *is_same = false;
    for (int i = 0; i < order->count; i++)
        if (order->slides[i].kind == kind &&
            strcmp(order->slides[i].items[0]->id, id) == 0) {
            *is_same = true;
            return i;
        }
    for (int i = 0; i < order->count; i++)
        if (order->slides[i].kind == kind)
            return i;
    return index < order->count ? index : 0;
}

/*
 * Makes the order again. The slide that is up stays up wherever it stands
 * now, so that a new post-it at break time does not send everyone back to the
 * start; where it is gone, the next one begins with its first page.
 */
static void
make_order(struct show *s, struct now now)
{
    enum slide_kind kind = SLIDE_PURPOSE;
    char id[256] = "";
    int index = s->rotation.slide;
    if (index < s->order.count) {
        const struct slide *up = &s->order.slides[index];
        kind = up->kind;
        size_t len = strnlen(up->items[0]->id, sizeof id - 1);
        memcpy(id, up->items[0]->id, len);
    }
    arena_reset(&s->order_arena);
    s->order.count = 0;
    s->order_minute = now.wall_s / MINUTE_S;
    s->order_number++;
    if (!s->board)
        return;
    running_order_make(&s->order, &s->order_arena, s->board, s->school, now);
    bool is_same;
    s->rotation.slide = find_slide(&s->order, kind, id, index, &is_same);
    if (is_same)
        return;
    s->rotation.page = 0;
    s->rotation.since_ms = now.mono_ms;
    s->rotation.held_until_ms = 0;
    s->has_turned = true;
}

void
show_take(struct show *s, struct news *news, struct now now)
{
    s->status = news->status;
    if (!news->board)
        return;
    struct board *old = s->board;
    bool is_first = !old;
    // The order still points into the old board: its id is read before that
    // goes.
    s->board = news->board;
    news->board = NULL;
    make_order(s, now);
    board_free(old);
    if (is_first)
        rotation_start(&s->rotation, now.mono_ms);
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
    int64_t stale_s = s->status.good_s + STALE_INTERVALS * s->interval_s + 1;
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

static struct scene
scene_now(const struct show *s, struct now now)
{
    int64_t left_ms = s->rotation.held_until_ms - now.mono_ms;
    struct scene scene = {
        .board = s->board,
        .order = &s->order,
        .slide = s->rotation.slide,
        .page = s->rotation.page,
        .now = now,
        .zone = s->board ? s->board->zone : s->zone,
        .is_stale = stale_in_ms(s, now) <= 0,
        .good_s = s->status.good_s,
        .why = s->status.state == FEED_FAILING ? s->status.why : "",
        .detail = s->status.state == FEED_FAILING ? s->status.detail : "",
        .photos = s->photos,
        .photo_count = s->photo_count,
        .is_held = left_ms > 0,
    };
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
    int64_t next_ms = now.mono_ms + (MINUTE_S - now.wall_s % MINUTE_S) * 1000;
    if (turn_ms < next_ms)
        next_ms = turn_ms;
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

int64_t
show_tick(struct show *s, struct now now, enum show_change *change,
          struct rect *part)
{
    if (now.wall_s / MINUTE_S != s->order_minute)
        make_order(s, now);
    // A page that was just turned to is drawn before it is asked how long it
    // stays: until then nobody knows how many pages its slide has.
    int64_t turn_ms = now.mono_ms;
    if (!s->has_turned) {
        turn_ms =
            rotation_tick(&s->rotation, dwell_ms(s->facts.words),
                          s->order.count, s->facts.page_count, now.mono_ms);
        s->has_turned = turn_ms == now.mono_ms;
    }

    struct draw_list *next = &s->lists[1 - s->up];
    arena_reset(&s->frame);
    struct scene scene = scene_now(s, now);
    s->facts = screen_draw(next, &s->theme, &s->frame, &scene);
    rotation_settle(&s->rotation, s->order.count, s->facts.page_count);
    if (turn_ms == now.mono_ms)
        turn_ms += dwell_ms(s->facts.words);

    *part = draw_difference(&s->lists[s->up], next);
    if (rect_is_empty(*part))
        *change = SHOW_SAME;
    else
        *change = s->has_turned ? SHOW_TURNED : SHOW_CHANGED;
    s->has_turned = false;
    s->up = 1 - s->up;
    return next_change_ms(s, now, turn_ms);
}

const struct draw_list *
show_list(const struct show *s)
{
    return &s->lists[s->up];
}

void
show_turn(struct show *s, int by, struct now now)
{
    rotation_turn(&s->rotation, by, s->order.count, s->facts.page_count,
                  now.mono_ms);
    rotation_hold(&s->rotation, now.mono_ms, SHOW_HOLD_MS);
    s->has_turned = true;
}

static void
act_on_tap(struct show *s, const struct touch *touch, struct now now)
{
    const struct target *t = draw_target_at(show_list(s), touch->x, touch->y);
    if (!t)
        return;
    switch (t->kind) {
    case TARGET_PREVIOUS:
        show_turn(s, -1, now);
        return;
    case TARGET_NEXT:
        show_turn(s, +1, now);
        return;
    case TARGET_ADD_POSTIT:
    case TARGET_ANSWER:
    case TARGET_CANCEL:
    case TARGET_POST:
    case TARGET_SORT:
    case TARGET_SORT_NEXT:
    case TARGET_COLOUR:
    case TARGET_TEXT:
    case TARGET_NAME:
    case TARGET_NONE:
        return;
    }
}

void
show_touch(struct show *s, const struct touch *touch, struct now now)
{
    rotation_hold(&s->rotation, now.mono_ms, SHOW_HOLD_MS);
    switch (touch_track(&s->touch, touch, s->theme.w / 12)) {
    case GESTURE_NONE:
        return;
    case GESTURE_TAP:
        act_on_tap(s, touch, now);
        return;
    case GESTURE_SWIPE_LEFT:
        show_turn(s, +1, now);
        return;
    case GESTURE_SWIPE_RIGHT:
        show_turn(s, -1, now);
        return;
    }
}
