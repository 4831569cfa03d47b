// links: src/kiosk/show.c src/kiosk/show_board.c src/kiosk/show_postit.c
// links: src/kiosk/show_compose.c src/kiosk/show_card.c
// links: src/kiosk/show_touch.c src/kiosk/requests.c src/kiosk/local_postits.c
// links: src/kiosk/local_meetings.c
// links: src/kiosk/errands.c src/kiosk/worker_postits.c src/io/kiosk_store.c
// links: src/io/kiosk_store_sql.c src/io/kiosk_store_list.c
// links: src/io/kiosk_store_open.c src/io/db.c src/io/db_aside.c
// links: src/sdl/fingers.c src/view/*.c src/core/*.c src/base/*.c
// links: src/io/file.c tests/board_file.c
// libs: -lcjson -linih -lunistring -lsqlite3
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "kiosk/errands.h"
#include "sdl/fingers.h"
#include "tests/board_file.h"
#include "tests/flat_ruler.h"
#include "tests/random_dice.h"
#include "tests/random_store.h"

/*
 * Nobody in particular, for hours: random fingers, keys, news and clocks in
 * front of the show with a store behind it. After each the picture must make
 * sense, and left alone it must always go back to turning its pages.
 *
 *     STAFFROOM_RANDOM_RUNS=500   that many runs instead of a few
 *     STAFFROOM_RANDOM_SEED=7     only that run, telling every event
 */

#define EVENTS 5000
#define EVENTS_BETWEEN_QUIET 200
#define RUNS 3

#define THURSDAY INT64_C(1795689720) // 2026-11-26 10:42 in London
#define SAMPLE "assets/sample/feed.json"
#define HOUR_MS (60 * 60 * 1000)
#define MINUTE_MS 60000
#define CARD_SHUT_WITHIN_MS (2 * MINUTE_MS)
#define BACK_WITHIN_MS 60000
#define DWELL_MOST_MS 40000
#define TICKS_MOST 120 // a minute, those of a flight not counted
#define FLIGHT_MS 250
#define LEAN_PX 2 // burn-in moves the picture by so much

#define HANDS 4

/* One finger of somebody, as the panel counts it. */
struct hand {
    int64_t device, id;
    bool is_down;
    int x, y;
};

/* What has to be seen, or the runs were no test of it. */
enum sight {
    SEEN_COMPOSING,
    SEEN_DRAFT_ASIDE,
    SEEN_POSTING,
    SEEN_READING,
    SEEN_QUESTION_THREAD,
    SEEN_MEETING_THREAD,
    SEEN_FACE_DOWN,
    SEEN_TAKEN_BACK,
    SEEN_VISITORS,
    SEEN_FLYING,
    SEEN_SAID,
    SEEN_SECOND_PAGE,
    SEEN_NAME_FIELD,
    SEEN_SIGNS,
    SEEN_VARIANTS,
    SEEN_NO_POSTITS_KEPT,
    SEEN_DOUBTFUL_CLOCK,
};
#define SIGHTS (SEEN_DOUBTFUL_CLOCK + 1)
static const char *const sight_names[SIGHTS] = {
    "composing",
    "a draft put aside",
    "posting, waiting",
    "reading",
    "a question's thread",
    "a meeting's thread",
    "face-down",
    "taken back",
    "visitors",
    "flying",
    "something said",
    "the second page of a wall",
    "the name field",
    "the page of signs",
    "open variants",
    "a store that refuses",
    "a doubtful clock",
};

struct run {
    uint64_t seed;
    bool is_told; // every event is printed
    int event;    // the number of the one that is happening
    const char *happening;
    struct dice dice;
    struct ruler ruler;
    struct config config;
    struct show show;
    struct worker worker;
    struct fingers fingers;
    struct hand hands[HANDS];
    int tried[TARGET_NAME + 1]; // how often something of that kind was aimed at
    bool is_unplugged;          // the panel the first hands are on
    int64_t mono_ms;
    int64_t ahead_s; // of the wall clock
    bool is_doubtful;
    int64_t due_ms; // the show wants to be asked again
    int64_t said_until_ms;
    uint32_t order_number;
    int seen[SIGHTS];
};

/* --- what must always be so --- */

static void
end(struct run *r)
{
    show_destroy(&r->show);
    random_store_close(&r->worker);
    config_destroy(&r->config);
    free(r);
}

static void
broken(struct run *r, const char *what, int line)
{
    struct run was = {
        .event = r->event, .happening = r->happening, .seed = r->seed};
    end(r); // so that nothing but the one sentence is said
    fail_msg("line %d: not so: %s\n    in event %d (%s) of "
             "STAFFROOM_RANDOM_SEED=%" PRIu64,
             line, what, was.event, was.happening, was.seed);
}
#define must(r, condition)                                                     \
    ((condition) ? (void) 0 : broken(r, #condition, __LINE__))

static struct now
now_of(const struct run *r)
{
    return (struct now){.mono_ms = r->mono_ms,
                        .wall_s = THURSDAY + r->ahead_s + r->mono_ms / 1000,
                        .wall_ms = (int) (r->mono_ms % 1000),
                        .is_trusted = !r->is_doubtful};
}

static bool
has_target(const struct show *s, enum target_kind kind)
{
    for (int i = 0; i < show_list(s)->target_count; i++)
        if (show_list(s)->targets[i].kind == kind)
            return true;
    return false;
}

static bool
is_on_panel(struct rect box, int w, int h)
{
    return box.w > 0 && box.h > 0 && box.x >= -LEAN_PX && box.y >= -LEAN_PX &&
           box.x + box.w <= w + LEAN_PX && box.y + box.h <= h + LEAN_PX;
}

static void
check_list(struct run *r)
{
    const struct show *s = &r->show;
    const struct draw_list *list = show_list(s);
    bool has_words = false;
    must(r, list->w == s->theme.w && list->h == s->theme.h);
    must(r, list->target_count <= TARGETS_MAX);
    for (size_t i = 0; i < list->count; i++) {
        const struct draw_command *c = &list->commands[i];
        if (c->kind != DRAW_TEXT)
            continue;
        must(r, c->text_len > 0 && c->size_px > 0);
        must(r, c->text_at + c->text_len <= list->texts.len);
        has_words = true;
    }
    must(r, has_words);
    for (int i = 0; i < list->target_count; i++)
        must(r, is_on_panel(list->targets[i].box, list->w, list->h));
}

/* Whatever is up, there is a way out of it. */
static void
check_doors(struct run *r)
{
    const struct show *s = &r->show;
    bool is_open = s->reading || s->thread;
    if (s->is_composing) {
        must(r, has_target(s, TARGET_CANCEL));
        must(r, has_target(s, TARGET_POST));
        must(r, !has_target(s, TARGET_CLOSE));
        return;
    }
    must(r, !has_target(s, TARGET_CANCEL));
    if (show_card_is_open(s)) {
        must(r, has_target(s, TARGET_CLOSE));
        return;
    }
    must(r, is_open == has_target(s, TARGET_CLOSE));
    must(r, !is_open || s->rotation.held_until_ms > r->mono_ms);
    must(r, s->rotation.slide < s->order.count || s->order.count == 0);
    must(r, is_open || s->rotation.page < s->facts.page_count);
    if (s->board && s->is_for_visitors)
        must(r, show_list(s)->target_count == 0);
    if (s->board && s->board->is_frozen) {
        must(r, !has_target(s, TARGET_ADD_POSTIT));
        must(r, !has_target(s, TARGET_ANSWER));
    }
}

/* The store has the last word: what it took back is gone, and what is said to
   be up is in it. */
static void
check_store(struct run *r)
{
    const struct show *s = &r->show;
    if (r->order_number != s->order_number)
        for (int i = 0; s->board && i < s->merged.item_count; i++)
            must(r, !random_store_took_back(&r->worker, s->merged.items[i].id));
    r->order_number = s->order_number;
    for (int i = 0; i < r->worker.taken_count; i++)
        must(r, s->reading != r->worker.taken[i]);
    bool is_up = strncmp(s->said, "Up on this board", 16) == 0;
    if (is_up && s->said_until_ms > r->said_until_ms)
        must(r, random_store_has(&r->worker, s->posted_id));
    r->said_until_ms = s->said_until_ms;
}

static const struct item *
find_item(const struct show *s, uint64_t id)
{
    for (int i = 0; s->board && i < s->merged.item_count; i++)
        if (hash_string(s->merged.items[i].id) == id)
            return &s->merged.items[i];
    return NULL;
}

static bool
is_flying(const struct run *r)
{
    return r->show.flight_ms && r->mono_ms < r->show.flight_ms + FLIGHT_MS;
}

static void
look_around(struct run *r)
{
    const struct show *s = &r->show;
    const struct composer *c = &s->composer;
    uint64_t open = s->reading ? s->reading : s->thread;
    const struct item *item = open ? find_item(s, open) : NULL;
    bool is_wall =
        s->thread || (s->order.count > 0 &&
                      s->order.slides[s->rotation.slide].kind == SLIDE_BOARD);
    int page = s->thread ? s->thread_page : s->rotation.page;
    bool is_thread = item && !s->reading;
    bool writes = s->is_composing;
    bool is_said = r->mono_ms < s->said_until_ms;
    const bool sees[SIGHTS] = {
        [SEEN_COMPOSING] = writes,
        [SEEN_DRAFT_ASIDE] = s->has_draft,
        [SEEN_POSTING] = s->posting != POSTING_NONE,
        [SEEN_READING] = s->reading != 0,
        [SEEN_QUESTION_THREAD] = is_thread && item->kind == KIND_QUESTION,
        [SEEN_MEETING_THREAD] = is_thread && item->kind == KIND_MEETING,
        [SEEN_FACE_DOWN] = s->reading && item && item->is_face_down,
        [SEEN_TAKEN_BACK] = is_said && strcmp(s->said, "Taken back") == 0,
        [SEEN_VISITORS] = s->is_for_visitors,
        [SEEN_FLYING] = !writes && is_flying(r),
        [SEEN_SAID] = is_said,
        [SEEN_SECOND_PAGE] = !writes && is_wall && page > 0,
        [SEEN_NAME_FIELD] = writes && c->compose.field == COMPOSE_NAME,
        [SEEN_SIGNS] = writes && c->keyboard.has_signs,
        [SEEN_VARIANTS] = writes && c->keyboard.has_variants,
        [SEEN_NO_POSTITS_KEPT] = writes && c->refusal == s->cannot,
        [SEEN_DOUBTFUL_CLOCK] = r->is_doubtful,
    };
    for (int i = 0; i < SIGHTS; i++)
        r->seen[i] += sees[i];
}

/* --- one turn of the kiosk's loop --- */

static void
turn_loop(struct run *r)
{
    struct show *s = &r->show;
    enum show_change change;
    struct rect part;
    if (random_store_is_ready(&r->worker, r->mono_ms)) {
        struct news news = {.status = s->status};
        random_store_answer(&r->worker, &news, now_of(r));
        show_take(s, &news, now_of(r));
        must(r, !news.postits);
    }
    r->due_ms = show_tick(s, now_of(r), &change, &part);
    must(r, r->due_ms > r->mono_ms);
    must(r, r->due_ms <= r->mono_ms + HOUR_MS);
    must(r, (change == SHOW_SAME) == rect_is_empty(part));
    must(r, change != SHOW_TURNED || !s->is_composing);
    check_list(r);
    check_doors(r);
    check_store(r);
    look_around(r);
    must(r, s->requests.count < REQUESTS_MOST);
    errands_run(s, &r->worker, now_of(r));
    must(r, s->requests.count == 0);
}

static void
hand_on(struct run *r, const struct touches *touches)
{
    for (int i = 0; i < touches->count; i++) {
        show_touch(&r->show, &touches->all[i], now_of(r));
        if (touches->all[i].phase != TOUCH_MOVE)
            turn_loop(r); // as the kiosk's: a finger's way alone draws nothing
    }
    turn_loop(r);
}

/* What the pump does by itself: ends the fingers nobody hears of. */
static void
look_after_fingers(struct run *r)
{
    static const int64_t live[] = {9, 7};
    struct touches out;
    if (r->mono_ms < fingers_due_ms(&r->fingers))
        return;
    fingers_tick(&r->fingers, live, r->is_unplugged ? 1 : 2, r->mono_ms, &out);
    hand_on(r, &out);
}

static int64_t
earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* One step of the time that the kiosk asks for, at most to `to_ms`. */
static void
step(struct run *r, int64_t to_ms)
{
    int64_t next_ms = earlier(r->due_ms, fingers_due_ms(&r->fingers));
    next_ms = earlier(next_ms, to_ms);
    if (next_ms > r->mono_ms)
        r->mono_ms = next_ms;
    look_after_fingers(r);
    turn_loop(r);
}

static void
pass(struct run *r, int ms)
{
    int64_t to_ms = r->mono_ms + ms;
    if (dice_says(&r->dice, 5)) // the machine was busy with something else
        r->mono_ms = to_ms;
    while (r->mono_ms < to_ms)
        step(r, to_ms);
}

/* --- what happens --- */

static void
point(struct run *r, struct hand *h, enum touch_phase phase)
{
    struct touch raw = {phase, h->id, h->x, h->y, (uint32_t) r->mono_ms};
    struct touches out;
    h->is_down = phase == TOUCH_DOWN || phase == TOUCH_MOVE;
    fingers_touch(&r->fingers, h->device, &raw, 0, r->mono_ms, &out);
    hand_on(r, &out);
}

/* A kind of target that is there: any, or the one that was tried least. */
static enum target_kind
some_kind(struct run *r)
{
    const struct draw_list *list = show_list(&r->show);
    enum target_kind kinds[TARGET_NAME + 1], least = TARGET_NONE;
    bool is_there[TARGET_NAME + 1] = {0};
    int count = 0;
    for (int i = 0; i < list->target_count; i++) {
        enum target_kind kind = list->targets[i].kind;
        if (is_there[kind])
            continue;
        is_there[kind] = true;
        kinds[count++] = kind;
        if (least == TARGET_NONE || r->tried[kind] < r->tried[least])
            least = kind;
    }
    bool is_curious = dice_says(&r->dice, 40);
    enum target_kind kind =
        is_curious || !count ? least : kinds[dice_below(&r->dice, count)];
    r->tried[kind]++;
    return kind;
}

/* First of what kind, so that the many letters of a post-it do not hide the
   one button. */
static struct rect
some_target(struct run *r)
{
    const struct draw_list *list = show_list(&r->show);
    struct rect boxes[TARGETS_MAX];
    enum target_kind kind = some_kind(r);
    int count = 0;
    for (int i = 0; i < list->target_count; i++)
        if (list->targets[i].kind == kind)
            boxes[count++] = list->targets[i].box;
    return count ? boxes[dice_below(&r->dice, count)] : (struct rect){0};
}

static struct rect
some_key(struct run *r)
{
    struct rect rects[KEYBOARD_KEYS_MAX];
    const struct key *keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_rects(&r->show.composer.keyboard, rects, keys);
    return count ? rects[dice_below(&r->dice, count)] : (struct rect){0};
}

static void
aim(struct run *r, struct hand *h)
{
    int w = r->show.theme.w, h_px = r->show.theme.h;
    if (dice_says(&r->dice, 70)) {
        bool is_key = r->show.is_composing && dice_says(&r->dice, 60);
        struct rect box = is_key ? some_key(r) : some_target(r);
        if (!rect_is_empty(box)) {
            h->x = box.x + box.w / 2;
            h->y = box.y + box.h / 2;
            return;
        }
    }
    h->x = dice_below(&r->dice, w);
    h->y = dice_below(&r->dice, h_px);
    if (dice_says(&r->dice, 20))
        h->x = dice_says(&r->dice, 50) ? 0 : w - 1;
    if (dice_says(&r->dice, 20))
        h->y = dice_says(&r->dice, 50) ? 0 : h_px - 1;
}

static void
wander(struct run *r, struct hand *h, int by_px)
{
    int w = r->show.theme.w, h_px = r->show.theme.h;
    h->x += dice_between(&r->dice, -by_px, by_px);
    h->y += dice_between(&r->dice, -by_px, by_px);
    h->x = h->x < 0 ? 0 : h->x >= w ? w - 1 : h->x;
    h->y = h->y < 0 ? 0 : h->y >= h_px ? h_px - 1 : h->y;
}

/* How long between one thing and the next. */
static void
wait_a_little(struct run *r)
{
    int kind = dice_below(&r->dice, 100);
    pass(r, kind < 15   ? dice_below(&r->dice, 20)
            : kind < 80 ? dice_between(&r->dice, 40, 200)
            : kind < 95 ? dice_between(&r->dice, 200, 1200)
            : kind < 99 ? dice_between(&r->dice, 1200, 5000)
                        : dice_between(&r->dice, 5000, 30000));
}

static void
move_finger(struct run *r)
{
    bool is_first = dice_says(&r->dice, 80);
    struct hand *h = &r->hands[is_first ? 0 : dice_below(&r->dice, HANDS)];
    int kind = dice_below(&r->dice, 100);
    if (!h->is_down) {
        aim(r, h);
        point(r, h, TOUCH_DOWN);
    } else if (kind < 70) {
        point(r, h, TOUCH_UP);
    } else if (kind < 80) {
        wander(r, h, 8);
        point(r, h, TOUCH_MOVE);
    } else if (kind < 90) {
        wander(r, h, r->show.theme.w / 2);
        point(r, h, TOUCH_MOVE);
    } else if (kind < 94) {
        pass(r, dice_between(&r->dice, 400, 2500)); // held
    } else if (kind < 96) {
        point(r, h, TOUCH_CANCEL);
    } else if (kind < 98) {
        h->is_down = false; // its UP is lost
    } else {
        aim(r, h); // and here its DOWN came twice
        point(r, h, TOUCH_DOWN);
    }
}

static void
press_long(struct run *r)
{
    struct hand *h = &r->hands[0];
    aim(r, h);
    point(r, h, TOUCH_DOWN);
    pass(r, dice_between(&r->dice, 460, 1500));
    if (dice_says(&r->dice, 30)) {
        wander(r, h, 60);
        point(r, h, TOUCH_MOVE);
    }
    point(r, h, TOUCH_UP);
}

/* A finger on the first target of that kind, for so long. */
static void
press(struct run *r, enum target_kind kind, int ms)
{
    const struct draw_list *list = show_list(&r->show);
    struct hand *h = &r->hands[0];
    for (int i = 0; i < list->target_count; i++) {
        struct rect box = list->targets[i].box;
        if (list->targets[i].kind != kind)
            continue;
        h->x = box.x + box.w / 2;
        h->y = box.y + box.h / 2;
        point(r, h, TOUCH_DOWN);
        pass(r, ms);
        point(r, h, TOUCH_UP);
        return;
    }
}

/* Somebody regrets what has just gone up: the newest hangs first. */
static void
regret(struct run *r)
{
    if (!r->show.is_composing && r->mono_ms < r->show.said_until_ms)
        press(r, TARGET_POSTIT, dice_between(&r->dice, 600, 1500));
}

/* Somebody turns the pages until there is what they came for. */
static void
look_for(struct run *r)
{
    static const enum target_kind wanted[] = {TARGET_ANSWERS, TARGET_MEETING,
                                              TARGET_POSTIT, TARGET_ADD_POSTIT};
    enum target_kind kind = wanted[dice_below(&r->dice, 4)];
    for (int i = 0; i < 16 && !r->show.is_composing; i++) {
        if (has_target(&r->show, kind)) {
            press(r, kind, 80);
            return;
        }
        show_turn(&r->show, +1, now_of(r));
        turn_loop(r);
    }
}

static void
press_clock(struct run *r)
{
    struct hand *h = &r->hands[0];
    if (!r->show.is_for_visitors && dice_says(&r->dice, 60))
        return; // there is more to try without them
    h->x = r->show.theme.w - 30;
    h->y = r->show.theme.header.y + 2;
    point(r, h, TOUCH_DOWN);
    pass(r, dice_between(&r->dice, 600, 900));
    point(r, h, TOUCH_UP);
}

/* Someone wipes the panel, or a child has come. */
static void
drum(struct run *r)
{
    for (int i = dice_between(&r->dice, 5, 30); i > 0; i--) {
        struct hand *h = &r->hands[dice_below(&r->dice, HANDS)];
        aim(r, h);
        point(r, h, (enum touch_phase) dice_below(&r->dice, TOUCH_CANCEL + 1));
        r->mono_ms += dice_below(&r->dice, 12);
    }
}

static void
type_text(struct run *r)
{
    static const char *const pieces[] = {
        "Tea ",
        "at three",
        " ",
        "  ",
        ". ",
        "\n",
        "\t\r",
        "é",
        "e\xcc\x81\xcc\xa7\xcc\x8a", // one letter with many accents
        "\xcc\x81",                  // an accent of its own
        "\xf0\x9f\x98\x80",          // an emoji, and a family of them
        "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
        "\xe2\x80\x8d\xe2\x80\x8f", // joiner, right-to-left mark
        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d ",
        "\x01\x07\x1b\x7f",
        "\xf0\x9f",     // cut
        "\xff\xc0\xaf", // no UTF-8
        "WWWWWWWWWWWW",
        "Donaudampfschifffahrtsgesellschaft",
        "",
    };
    enum { COUNT = sizeof pieces / sizeof *pieces };
    if (!r->show.is_composing)
        return;
    for (int i = dice_between(&r->dice, 1, 6); i > 0; i--) {
        const char *piece = pieces[dice_below(&r->dice, COUNT)];
        show_type(&r->show, piece, strlen(piece), now_of(r));
        turn_loop(r);
    }
}

static void
finish_postit(struct run *r)
{
    if (!r->show.is_composing)
        return;
    show_type(&r->show, "Tea at three", 12, now_of(r));
    turn_loop(r);
    press(r, TARGET_POST, 80);
}

static void
press_key(struct run *r)
{
    enum show_key key =
        (enum show_key) dice_below(&r->dice, SHOW_KEY_LEAVE + 1);
    if (key == SHOW_KEY_LEAVE && dice_says(&r->dice, 60))
        key = SHOW_KEY_ERASE;
    show_key(&r->show, key, now_of(r));
}

/* As run_show understands the arrows while somebody writes. */
static void
turn_page(struct run *r)
{
    bool is_forward = dice_says(&r->dice, 70);
    if (!r->show.is_composing)
        show_turn(&r->show, is_forward ? +1 : -1, now_of(r));
    else
        show_key(&r->show, is_forward ? SHOW_KEY_RIGHT : SHOW_KEY_LEFT,
                 now_of(r));
}

/* Photos come and go as the worker finds time. */
static void
note_photos(struct run *r)
{
    struct show *s = &r->show;
    s->photo_count = 0;
    for (int i = 0; i < s->order.count; i++)
        if (*s->order.slides[i].items[0]->image && dice_says(&r->dice, 50))
            s->photos[s->photo_count++] =
                hash_string(s->order.slides[i].items[0]->image);
}

static void
bring_news(struct run *r)
{
    static const char *const odd_feeds[] = {"tests/feeds/long-words.json",
                                            "tests/feeds/many-tongues.json",
                                            "tests/feeds/plain-blog.json"};
    bool is_odd = dice_says(&r->dice, 40);
    const char *feed = is_odd ? odd_feeds[dice_below(&r->dice, 3)] : SAMPLE;
    struct show *s = &r->show;
    struct now now = now_of(r);
    uint64_t open = s->reading ? s->reading : s->thread;
    int64_t held_until_ms = s->rotation.held_until_ms;
    struct news news = {.status = {.state = FEED_FRESH, .good_s = now.wall_s}};
    int kind = dice_below(&r->dice, 100);
    if (kind < 80)
        news.board = board_from_file(feed);
    else
        news.status = (struct feed_status){.state = FEED_FAILING,
                                           .good_s = now.wall_s - kind * 100,
                                           .why = "The feed does not answer",
                                           .detail = "timed out"};
    if (news.board && kind < 8)
        news.board->item_count = 0;
    else if (news.board && kind < 16)
        news.board->is_frozen = true;
    show_take(s, &news, now);
    must(r, !news.board);
    note_photos(r);
    turn_loop(r);
    // What somebody reads is not taken out of their hands.
    bool is_there = open && find_item(s, open) && !s->is_for_visitors;
    must(r, !is_there || now.mono_ms >= held_until_ms || s->reading == open ||
                s->thread == open);
}

static void
set_clock(struct run *r)
{
    static const int most_s[] = {5, 90, 3600, 86400, 40 * 86400};
    enum { COUNT = sizeof most_s / sizeof *most_s };
    int most = most_s[dice_below(&r->dice, COUNT)];
    int kind = dice_below(&r->dice, 100);
    r->is_doubtful = dice_says(&r->dice, 20);
    if (kind < 70)
        r->ahead_s = 0;
    else if (kind < 95)
        r->ahead_s += dice_between(&r->dice, -most, most);
    else
        r->ahead_s = -THURSDAY; // a Pi that has just been plugged in
}

static void
resize(struct run *r)
{
    static const struct panel panels[] = {
        {1920, 1080, 0, 0, true, true}, {1920, 1080, 0, 0, true, false},
        {1280, 720, 0, 0, true, true},  {3840, 2160, 0, 0, true, true},
        {800, 480, 7, 0, true, true},   {1080, 1920, 0, 0, true, true},
        {720, 1280, 7, 0, true, false}, {1024, 768, 10.4, 0, true, true},
        {480, 800, 5, 0, true, true}};
    enum { COUNT = sizeof panels / sizeof *panels };
    show_resize(&r->show, &panels[dice_below(&r->dice, COUNT)], &r->ruler);
}

static void
change_mood(struct run *r)
{
    struct worker *w = &r->worker;
    bool is_willing = dice_says(&r->dice, 60);
    w->mood = is_willing ? MOOD_WILLING
                         : (enum mood) dice_between(&r->dice, MOOD_REFUSING,
                                                    MOOD_SILENT);
    w->due_ms = r->mono_ms + dice_between(&r->dice, 500, 90000);
}

static void
pull_plug(struct run *r)
{
    r->is_unplugged = !r->is_unplugged;
    for (int i = 0; r->is_unplugged && i < 2; i++)
        r->hands[i].is_down = false;
}

static void
rest(struct run *r)
{
    pass(r, dice_between(&r->dice, 1000, 50000));
}

static const struct {
    const char *name;
    void (*happen)(struct run *r);
    int weight;
} events[] = {
    {"a finger", move_finger, 760},
    {"a long press", press_long, 40},
    {"regret", regret, 30},
    {"somebody who knows what they want", look_for, 25},
    {"somebody who gets it done", finish_postit, 15},
    {"the clock pressed", press_clock, 20},
    {"drumming", drum, 8},
    {"typing", type_text, 60},
    {"a key", press_key, 30},
    {"a page turned", turn_page, 25},
    {"news", bring_news, 20},
    {"the clock set", set_clock, 15},
    {"a panel of another size", resize, 8},
    {"the store's mood", change_mood, 12},
    {"a plug", pull_plug, 4},
    {"a rest", rest, 10},
};
#define EVENT_KINDS (sizeof events / sizeof *events)

static void
happen(struct run *r)
{
    int all = 0;
    size_t kind = 0;
    for (size_t i = 0; i < EVENT_KINDS; i++)
        all += events[i].weight;
    for (int at = dice_below(&r->dice, all); at >= events[kind].weight; kind++)
        at -= events[kind].weight;
    r->happening = events[kind].name;
    if (r->is_told)
        print_message("%5d at %9" PRId64 " ms: %s\n", r->event, r->mono_ms,
                      r->happening);
    events[kind].happen(r);
    turn_loop(r);
    wait_a_little(r);
}

/* --- and then nothing does --- */

static bool
can_turn(const struct show *s)
{
    return s->order.count > 1 ||
           (s->order.count == 1 && s->facts.page_count > 1);
}

/* Plays until then. How often the page was turned; -1: there is only one. */
static int
play(struct run *r, int64_t until_ms)
{
    const struct show *s = &r->show;
    int turned = 0, ticks = 0;
    bool can_always_turn = true;
    int64_t minute_ms = r->mono_ms + MINUTE_MS;
    while (r->mono_ms < until_ms) {
        int slide = s->rotation.slide, page = s->rotation.page;
        ticks += !is_flying(r);
        must(r, ticks <= TICKS_MOST);
        step(r, until_ms);
        turned += slide != s->rotation.slide || page != s->rotation.page;
        can_always_turn = can_always_turn && can_turn(s);
        if (r->mono_ms < minute_ms)
            continue;
        minute_ms = r->mono_ms + MINUTE_MS;
        ticks = 0;
    }
    return can_always_turn ? turned : -1;
}

/* Fingers stay where they are, the store says nothing, nobody comes. */
static void
be_quiet(struct run *r)
{
    const struct show *s = &r->show;
    enum mood mood = r->worker.mood;
    r->happening = "quiet";
    r->worker.mood = MOOD_SILENT;
    if (r->is_told)
        print_message("      at %9" PRId64 " ms: quiet\n", r->mono_ms);
    play(r, r->mono_ms + BACK_WITHIN_MS);
    // A finger that rests in the corner has opened the network card by now.
    if (show_card_is_open(s))
        play(r, r->mono_ms + CARD_SHUT_WITHIN_MS);
    must(r, !show_card_is_open(s));
    must(r, !s->is_composing);
    must(r, !s->reading && !s->thread);
    must(r, s->rotation.held_until_ms <= r->mono_ms);
    must(r, play(r, r->mono_ms + DWELL_MOST_MS) != 0);
    must(r, play(r, r->mono_ms + DWELL_MOST_MS) != 0);
    r->worker.mood = mood;
}

/* --- runs --- */

static void
begin(struct run *r, uint64_t seed)
{
    static const struct hand hands[HANDS] = {
        {.device = 7, .id = 0},
        {.device = 7, .id = 1},
        {.device = 9, .id = -1}, // a panel that knows one finger only
        {.device = FINGERS_MOUSE, .id = FINGERS_MOUSE},
    };
    static const struct panel panel = {
        .w = 1920, .h = 1080, .has_touch = true, .has_handwriting = true};
    *r = (struct run){
        .seed = seed, .dice = {seed}, .happening = "the beginning"};
    memcpy(r->hands, hands, sizeof hands);
    r->mono_ms = dice_between(&r->dice, 1, 5 * HOUR_MS);
    r->ruler = flat_ruler();
    config_init(&r->config);
    r->config.reduce_motion = dice_says(&r->dice, 10);
    random_store_open(&r->worker);
    show_init(&r->show, &panel, &r->ruler, &r->config, now_of(r));
    turn_loop(r);
    struct news news = {.board = board_from_file(SAMPLE)};
    show_take(&r->show, &news, now_of(r));
    turn_loop(r);
}

static void
play_run(uint64_t seed, bool is_told, int seen[SIGHTS])
{
    struct run *r = malloc(sizeof *r);
    assert_non_null(r);
    begin(r, seed);
    r->is_told = is_told;
    for (r->event = 1; r->event <= EVENTS; r->event++) {
        happen(r);
        if (r->event % EVENTS_BETWEEN_QUIET == 0)
            be_quiet(r);
    }
    for (int i = 0; i < SIGHTS; i++) {
        seen[i] += r->seen[i];
        if (is_told)
            print_message("%6d × %s\n", r->seen[i], sight_names[i]);
    }
    end(r);
}

static uint64_t
number_from(const char *variable, uint64_t otherwise)
{
    const char *value = getenv(variable);
    return value && *value ? strtoull(value, NULL, 10) : otherwise;
}

static void
it_always_goes_back_to_its_pages(void **state)
{
    uint64_t seed = number_from("STAFFROOM_RANDOM_SEED", 0);
    uint64_t runs = number_from("STAFFROOM_RANDOM_RUNS", RUNS);
    int seen[SIGHTS] = {0};
    (void) state;
    if (seed) {
        play_run(seed, true, seen);
        return;
    }
    for (seed = 1; seed <= runs; seed++) {
        print_message("STAFFROOM_RANDOM_SEED=%" PRIu64 "\n", seed);
        play_run(seed, false, seen);
    }
    for (int i = 0; i < SIGHTS; i++)
        if (seen[i] == 0)
            fail_msg("none of these runs came to this: %s", sight_names[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_always_goes_back_to_its_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
