#include "kiosk/show.h"

#include <string.h>

#define MINUTE_S 60
#define RING_STEP_MS 1000
#define STALE_INTERVALS 2
#define SHIFT_MS (10 * 60 * 1000)
#define IDLE_MS 45000             // then a draft is put aside
#define DRAFT_MS (10 * 60 * 1000) // and offered again for so long
#define SAID_MS 6000

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
    local_postits_free(s->postits);
    arena_destroy(&s->merged_arena);
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
    arena_reset(&s->merged_arena);
    s->merged = board_with(s->board, &s->merged_arena,
                           s->postits ? s->postits->items : NULL,
                           s->postits ? s->postits->count : 0);
    running_order_make(&s->order, &s->order_arena, &s->merged, s->school, now);
    bool is_same;
    s->rotation.slide = find_slide(&s->order, kind, id, index, &is_same);
    if (is_same)
        return;
    s->rotation.page = 0;
    s->rotation.since_ms = now.mono_ms;
    s->rotation.held_until_ms = 0;
    s->has_turned = true;
}

/* The board, from its first page: there the newest post-it hangs. */
static void
go_to_board(struct show *s, struct now now)
{
    for (int i = 0; i < s->order.count; i++)
        if (s->order.slides[i].kind == SLIDE_BOARD)
            s->rotation.slide = i;
    s->rotation.page = 0;
    s->rotation.since_ms = now.mono_ms;
    s->rotation.held_until_ms = 0;
    s->has_turned = true;
}

static void
say(struct show *s, const char *words, struct now now)
{
    s->said = words;
    s->said_until_ms = now.mono_ms + SAID_MS;
}

/* What the store says to what was asked of it. */
static void
take_answer(struct show *s, const struct news *news, struct now now)
{
    s->cannot[0] = '\0';
    if (news->store == STORE_CANNOT) {
        memcpy(s->cannot, news->store_why, sizeof s->cannot);
        s->composer.refusal = s->cannot;
        s->is_posting = false;
    }
    if (news->store != STORE_KEPT_IT || !s->is_posting)
        return;
    // Only now: it is on the disk.
    s->is_posting = s->is_composing = s->has_draft = false;
    go_to_board(s, now);
    say(s, "Up on this board", now);
}

void
show_take(struct show *s, struct news *news, struct now now)
{
    s->status = news->status;
    struct board *old_board = NULL;
    struct local_postits *old_postits = NULL;
    bool is_first = news->board && !s->board;
    bool has_more = news->board || news->postits;
    if (news->board) {
        old_board = s->board;
        s->board = news->board;
        news->board = NULL;
    }
    if (news->postits) {
        old_postits = s->postits;
        s->postits = news->postits;
        news->postits = NULL;
    }
    // The order still points into the old ones: they go behind it.
    if (has_more)
        make_order(s, now);
    board_free(old_board);
    local_postits_free(old_postits);
    if (is_first)
        rotation_start(&s->rotation, now.mono_ms);
    if (news->store != STORE_SAID_NOTHING)
        take_answer(s, news, now);
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
        .board = s->board ? &s->merged : NULL,
        .said = s->said && now.mono_ms < s->said_until_ms ? s->said : "",
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
    if (s->said && now.mono_ms < s->said_until_ms && s->said_until_ms < next_ms)
        next_ms = s->said_until_ms;
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
    if (change != SHOW_SAME)
        s->has_turned = false;
    s->up = 1 - s->up;
    return change;
}

static void
put_draft_aside(struct show *s, struct now now)
{
    s->is_composing = false;
    s->has_draft =
        compose_left(&s->composer.compose, COMPOSE_TEXT) < COMPOSE_TEXT_LETTERS;
    s->draft_until_ms = now.mono_ms + DRAFT_MS;
    keyboard_release(&s->composer.keyboard);
    rotation_hold(&s->rotation, now.mono_ms, 0);
    s->rotation.since_ms = now.mono_ms;
}

/* The composer has the screen: nothing turns while somebody writes. */
static int64_t
tick_composer(struct show *s, struct now now, enum show_change *change,
              struct rect *part)
{
    composer_tick(&s->composer, now.mono_ms);
    arena_reset(&s->frame);
    struct scene scene = scene_now(s, now);
    s->has_turned = false; // a key is answered at once, never by a fade
    screen_draw_composer(&s->lists[1 - s->up], &s->theme, &s->frame, &scene,
                         &s->composer);
    *change = bring_up(s, part);
    int64_t idle_ms = s->composer.used_ms + IDLE_MS;
    int64_t key_ms = composer_next_ms(&s->composer);
    return key_ms < idle_ms ? key_ms : idle_ms;
}

int64_t
show_tick(struct show *s, struct now now, enum show_change *change,
          struct rect *part)
{
    if (now.wall_s / MINUTE_S != s->order_minute)
        make_order(s, now);
    if (s->is_composing && !s->is_posting &&
        now.mono_ms - s->composer.used_ms >= IDLE_MS)
        put_draft_aside(s, now);
    if (s->is_composing)
        return tick_composer(s, now, change, part);
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

    *change = bring_up(s, part);
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

/* Opens the composer, with the draft that was put aside if there is one. */
static void
begin_postit(struct show *s, enum postit_sort sort, const char *answers,
             struct now now)
{
    if (s->has_draft && now.mono_ms < s->draft_until_ms)
        s->composer.used_ms = now.mono_ms;
    else
        composer_open(&s->composer, sort, answers, now.mono_ms);
    s->has_draft = false;
    s->is_composing = true;
    s->wants_room = true;
    s->composer.refusal = s->cannot[0] ? s->cannot : NULL;
}

static void
take_composer_answer(struct show *s, enum composer_answer answer,
                     struct now now)
{
    switch (answer) {
    case COMPOSER_GOES_ON:
        return;
    case COMPOSER_CANCEL:
        s->is_composing = false;
        s->rotation.since_ms = now.mono_ms;
        return;
    case COMPOSER_POST:
        s->wants_post = s->is_posting = true;
        return;
    }
}

void
show_type(struct show *s, const char *text, size_t len, struct now now)
{
    if (s->is_composing && !s->is_posting)
        take_composer_answer(
            s, composer_type(&s->composer, text, len, now.mono_ms), now);
}

void
show_key(struct show *s, enum show_key key, struct now now)
{
    struct compose *c = &s->composer.compose;
    if (!s->is_composing || s->is_posting)
        return;
    s->composer.used_ms = now.mono_ms;
    switch (key) {
    case SHOW_KEY_ERASE:
        compose_backspace(c);
        break;
    case SHOW_KEY_DELETE:
        compose_delete(c);
        break;
    case SHOW_KEY_LEFT:
        compose_move(c, -1);
        break;
    case SHOW_KEY_RIGHT:
        compose_move(c, 1);
        break;
    case SHOW_KEY_ENTER:
        c->field = c->field == COMPOSE_TEXT ? COMPOSE_NAME : COMPOSE_TEXT;
        break;
    case SHOW_KEY_LEAVE:
        take_composer_answer(s, COMPOSER_CANCEL, now);
        break;
    }
    composer_type(&s->composer, "", 0, now.mono_ms); // the keys follow the text
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
        begin_postit(s, SORT_IDEA, "", now);
        return;
    case TARGET_ANSWER:
        begin_postit(s, SORT_ANSWER,
                     s->order.slides[s->rotation.slide].items[0]->id, now);
        return;
    case TARGET_POSTIT:
    case TARGET_ANSWER_ONE:
    case TARGET_ANSWERS:
    case TARGET_MEETING:
    case TARGET_THANKS:
    case TARGET_TRYING:
    case TARGET_TURN_OVER:
    case TARGET_TAKE_BACK:
    case TARGET_CLOSE:
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
    if (s->is_composing) {
        if (!s->is_posting)
            take_composer_answer(
                s,
                composer_touch(&s->composer, show_list(s), touch, now.mono_ms),
                now);
        return;
    }
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
