#include <string.h>

#include "base/hash.h"
#include "kiosk/show_part.h"

#define IDLE_MS 45000             // then a draft is put aside
#define DRAFT_MS (10 * 60 * 1000) // and offered again for so long
#define SAID_MS 6000
#define LATE_MS 10000   // the store should have answered by now
#define RECENT_MS 60000 // a touch can be undone, and does not count twice
#define FLIGHT_MS 250   // look.md: a new post-it settles

void
show_say(struct show *s, const char *words, struct now now)
{
    size_t len = strnlen(words, sizeof s->said - 1);
    memmove(s->said, words, len);
    s->said[len] = '\0';
    s->said_until_ms = now.mono_ms + SAID_MS;
}

static void
ask(struct show *s, const struct request *request, struct now now)
{
    if (!requests_push(&s->requests, request))
        show_refuse(s, request, now);
}

/* --- writing one --- */

/* What it is written for; a draft that is taken up again goes with it. */
static void
write_for(struct show *s, const struct item *about)
{
    const char *lead =
        about->kind == KIND_MEETING ? "For the meeting: " : "Answering: ";
    const char *words = *about->title ? about->title : about->text;
    if (about->kind == KIND_QUESTION && *about->text)
        words = about->text;
    compose_set_answers(&s->composer.compose, about->id);
    composer_set_about(&s->composer,
                       arena_format(&s->frame, "%s%s", lead, words));
}

void
show_compose(struct show *s, enum postit_sort sort, const struct item *about,
             struct now now)
{
    bool goes_on = s->has_draft && now.mono_ms < s->draft_until_ms;
    if (goes_on)
        s->composer.used_ms = now.mono_ms;
    else
        composer_open(&s->composer, sort, "", now.mono_ms);
    s->is_posting_draft = goes_on && s->is_posting_draft;
    if (about && !s->is_posting_draft)
        write_for(s, about);
    s->has_draft = false;
    s->is_composing = true;
    s->touch = (struct touch_tracker){0}; // from here on it hears nothing
    s->composer.refusal = s->cannot[0] ? s->cannot : NULL;
    ask(s, &(struct request){.kind = REQUEST_ROOM}, now);
}

void
show_end_composing(struct show *s, enum composer_answer answer, struct now now)
{
    switch (answer) {
    case COMPOSER_GOES_ON:
        return;
    case COMPOSER_CANCEL:
        s->is_composing = s->is_posting_draft = false;
        s->rotation.since_ms = now.mono_ms;
        return;
    case COMPOSER_POST:
        if (s->is_posting) { // one that was left behind
            s->composer.refusal = "The post-it before this one is still being "
                                  "kept. Try again in a moment.";
            return;
        }
        if (s->board && s->board->is_frozen) {
            s->composer.refusal = "The coordinator has paused new post-its. "
                                  "Try again later.";
            return;
        }
        s->is_posting = s->is_posting_draft = true;
        s->posting_ms = now.mono_ms;
        ask(s, &(struct request){.kind = REQUEST_POST}, now);
        return;
    }
}

static void
put_draft_aside(struct show *s, struct now now)
{
    s->is_composing = false;
    s->has_draft =
        compose_left(&s->composer.compose, COMPOSE_TEXT) < COMPOSE_TEXT_LETTERS;
    s->draft_until_ms = now.mono_ms + DRAFT_MS;
    keyboard_release(&s->composer.keyboard);
    s->composer.is_pressed = false;
    s->rotation.held_until_ms = now.mono_ms;
    s->rotation.since_ms = now.mono_ms;
    s->thread = s->reading = 0;
}

int64_t
show_watch_composer(struct show *s, struct now now)
{
    int64_t idle_ms = s->composer.used_ms + IDLE_MS;
    int64_t late_ms = s->posting_ms + LATE_MS;
    if (!s->is_composing)
        return ROTATION_NEVER;
    if (now.mono_ms >= idle_ms) {
        put_draft_aside(s, now);
        return ROTATION_NEVER;
    }
    if (s->is_posting_draft && now.mono_ms >= late_ms)
        s->composer.refusal =
            "This takes longer than it should. It is not up yet.";
    return s->is_posting_draft && now.mono_ms < late_ms && late_ms < idle_ms
               ? late_ms
               : idle_ms;
}

/* --- what the store says --- */

/* The board, or the thread that is open: there the new post-it hangs, on a
   page that is known when it is drawn. */
static void
go_to_posted(struct show *s, struct now now)
{
    s->reading = 0;
    s->thread_page = 0;
    if (!s->thread) {
        for (int i = 0; i < s->order.count; i++)
            if (s->order.slides[i].kind == SLIDE_BOARD)
                s->rotation.slide = i;
        s->rotation.page = 0;
    }
    s->rotation.since_ms = now.mono_ms;
    s->rotation.held_until_ms = 0;
    rotation_hold(&s->rotation, now.mono_ms, SHOW_HOLD_MS);
    s->seeks_posted = true;
    s->flight_ms = s->reduce_motion ? 0 : now.mono_ms;
    s->has_turned = false;
}

static void
take_post_answer(struct show *s, const struct store_answer *answer,
                 struct now now)
{
    bool was_draft = s->is_posting_draft;
    s->is_posting = s->is_posting_draft = false;
    if (answer->says == STORE_SAYS_NO) {
        memcpy(s->cannot, answer->why, sizeof s->cannot);
        s->composer.refusal = was_draft ? s->cannot : s->composer.refusal;
        return;
    }
    // Only now: it is on the disk. Somebody may write the next one already.
    bool was_waited_for = was_draft && s->is_composing;
    if (was_draft)
        s->is_composing = s->has_draft = false;
    if (was_waited_for)
        go_to_posted(s, now);
    show_say(s, "Up on this board · hold it to take it back", now);
}

/* A touch that was not kept was none. */
static void
forget_recent(struct show *s, enum request_kind kind)
{
    for (int i = 0; i < SHOW_RECENT; i++)
        if (s->recent[i].kind == kind)
            s->recent[i] = (struct show_recent){0};
}

static void
take_answer(struct show *s, enum request_kind kind,
            const struct store_answer *answer, struct now now)
{
    bool is_done = answer->says == STORE_SAYS_DONE;
    switch (kind) {
    case REQUEST_ROOM:
        s->cannot[0] = '\0';
        if (is_done)
            return;
        memcpy(s->cannot, answer->why, sizeof s->cannot);
        s->composer.refusal = s->cannot;
        return;
    case REQUEST_POST:
        take_post_answer(s, answer, now);
        return;
    case REQUEST_TAKE_BACK:
        s->reading = is_done ? 0 : s->reading;
        show_say(s, is_done ? "Taken back" : answer->why, now);
        return;
    case REQUEST_THANK:
    case REQUEST_TRY:
    case REQUEST_TURN_OVER:
        if (is_done)
            return;
        forget_recent(s, kind);
        show_say(s, answer->why, now);
        return;
    }
}

void
show_take_answers(struct show *s, const struct news *news, struct now now)
{
    for (int kind = 0; kind < REQUEST_KINDS; kind++)
        if (news->answers[kind].says != STORE_SAYS_NOTHING)
            take_answer(s, (enum request_kind) kind, &news->answers[kind], now);
}

void
show_refuse(struct show *s, const struct request *request, struct now now)
{
    struct store_answer no = {STORE_SAYS_NO, "Can’t keep post-its just now"};
    take_answer(s, request->kind, &no, now);
}

/* --- touching one --- */

/* What was touched here within the last minute, or a place for it. */
static struct show_recent *
find_recent(struct show *s, uint64_t target, enum request_kind kind,
            struct now now)
{
    struct show_recent *oldest = &s->recent[0];
    for (int i = 0; i < SHOW_RECENT; i++) {
        struct show_recent *r = &s->recent[i];
        if (r->target && now.mono_ms - r->at_ms >= RECENT_MS)
            *r = (struct show_recent){0};
        if (r->target == target && r->kind == kind)
            return r;
        if (!r->target || (oldest->target && r->at_ms < oldest->at_ms))
            oldest = r;
    }
    return oldest;
}

bool
show_was_touched(const struct show *s, const char *id, enum request_kind kind,
                 struct now now)
{
    uint64_t target = hash_string(id);
    for (int i = 0; i < SHOW_RECENT; i++)
        if (s->recent[i].target == target && s->recent[i].kind == kind &&
            now.mono_ms - s->recent[i].at_ms < RECENT_MS)
            return true;
    return false;
}

/* A touch, or the one before undone. */
void
show_react(struct show *s, const struct item *item, enum request_kind kind,
           struct now now)
{
    uint64_t target = hash_string(item->id);
    struct show_recent *r = find_recent(s, target, kind, now);
    bool is_undone = r->target == target && r->kind == kind;
    *r = is_undone ? (struct show_recent){0}
                   : (struct show_recent){target, kind, now.mono_ms};
    ask(s,
        &(struct request){
            .kind = kind, .target = item->id, .step = is_undone ? -1 : 1},
        now);
}

void
show_turn_over(struct show *s, const struct item *item, struct now now)
{
    // Once a minute has gone by it is the coordinator's to turn back.
    if (item->is_face_down &&
        !show_was_touched(s, item->id, REQUEST_TURN_OVER, now))
        return;
    if (!item->is_face_down)
        show_say(s, "Face-down now. The coordinator will look at it.", now);
    show_react(s, item, REQUEST_TURN_OVER, now);
}

void
show_take_back(struct show *s, const struct item *item, struct now now)
{
    if (show_can_take_back(s, item, now))
        ask(s, &(struct request){.kind = REQUEST_TAKE_BACK, .target = item->id},
            now);
}

bool
show_can_take_back(const struct show *s, const struct item *item,
                   struct now now)
{
    int64_t age_s = now.wall_s - item->published_s;
    const struct board_addition *own = s->postits ? &s->postits->added : NULL;
    if (age_s < 0 || age_s >= POSTIT_TAKE_BACK_S || !own)
        return false;
    for (int i = 0; i < own->item_count; i++)
        if (strcmp(own->items[i].id, item->id) == 0)
            return true;
    return false;
}

float
show_left_to_fly(const struct show *s, struct now now)
{
    int64_t left_ms = s->flight_ms + FLIGHT_MS - now.mono_ms;
    if (s->flight_ms == 0 || left_ms <= 0)
        return 0;
    return left_ms > FLIGHT_MS ? 1 : (float) left_ms / FLIGHT_MS;
}
