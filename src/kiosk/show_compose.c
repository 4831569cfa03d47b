#include <string.h>

#include "kiosk/show_part.h"

#define IDLE_MS 45000             // then a draft is put aside
#define DRAFT_MS (10 * 60 * 1000) // and offered again for so long
#define LATE_MS 10000             // the store should have answered by now

/* --- opening the composer --- */

/* What it is written for, in words. */
static void
write_for(struct show *s, const struct item *about)
{
    const char *lead =
        about->kind == KIND_MEETING ? "For the meeting: " : "Answering: ";
    const char *words = *about->title ? about->title : about->text;
    if (about->kind == KIND_QUESTION && *about->text)
        words = about->text;
    composer_set_about(&s->composer,
                       arena_format(&s->frame, "%s%s", lead, words));
}

/* The draft is offered where it was begun; elsewhere somebody means something
   else, and it waits. */
static bool
takes_up_draft(const struct show *s, const char *answers, struct now now)
{
    return s->has_draft && now.mono_ms < s->draft_until_ms &&
           strcmp(s->draft.compose.answers, answers) == 0;
}

void
show_compose(struct show *s, enum postit_sort sort, const struct item *about,
             struct now now)
{
    const char *answers = about ? about->id : "";
    if (takes_up_draft(s, answers, now)) {
        s->composer = s->draft;
        s->composer.used_ms = now.mono_ms;
        s->has_draft = false;
        if (s->posting == POSTING_DRAFT)
            s->posting = POSTING_COMPOSER;
    } else {
        composer_open(&s->composer, sort, answers, now.mono_ms);
        if (about)
            write_for(s, about);
    }
    s->is_composing = true;
    s->touch = (struct touch_tracker){0}; // from here on it hears nothing
    s->composer.blocked = s->cannot[0] ? s->cannot : NULL;
    show_ask(s, &(struct request){.kind = REQUEST_ROOM}, now);
}

/* --- leaving it --- */

void
show_put_draft_aside(struct show *s, struct now now)
{
    if (!s->is_composing)
        return;
    s->is_composing = false;
    keyboard_release(&s->composer.keyboard);
    s->composer.is_pressed = false;
    s->has_draft =
        compose_left(&s->composer.compose, COMPOSE_TEXT) < COMPOSE_TEXT_LETTERS;
    s->draft = s->composer;
    // Whoever finds it need not learn whose it was.
    if (s->posting != POSTING_COMPOSER)
        s->draft.compose.lines[COMPOSE_NAME] = (struct compose_line){0};
    s->draft.compose.field = COMPOSE_TEXT;
    s->draft_until_ms = now.mono_ms + DRAFT_MS;
    if (s->posting == POSTING_COMPOSER)
        s->posting = POSTING_DRAFT;
    s->rotation.held_until_ms = now.mono_ms;
    s->rotation.since_ms = now.mono_ms;
    s->thread = s->reading = 0;
}

static void
cancel(struct show *s, struct now now)
{
    s->is_composing = false;
    if (s->posting == POSTING_COMPOSER)
        s->posting = POSTING_UNWANTED;
    s->rotation.since_ms = now.mono_ms;
    rotation_hold(&s->rotation, now.mono_ms, SHOW_HOLD_MS);
}

static void
post(struct show *s, struct now now)
{
    if (s->posting != POSTING_NONE) { // one that was left behind
        s->composer.refusal = "The post-it before this one is still being "
                              "kept. Try again in a moment.";
        return;
    }
    if (s->board && s->board->is_frozen) {
        s->composer.refusal = "The coordinator has paused new post-its. Try "
                              "again later.";
        return;
    }
    s->posting = POSTING_COMPOSER;
    s->posting_ms = now.mono_ms;
    show_ask(s, &(struct request){.kind = REQUEST_POST}, now);
}

void
show_end_composing(struct show *s, enum composer_answer answer, struct now now)
{
    switch (answer) {
    case COMPOSER_GOES_ON:
        return;
    case COMPOSER_CANCEL:
        cancel(s, now);
        return;
    case COMPOSER_POST:
        post(s, now);
        return;
    }
}

int64_t
show_watch_composer(struct show *s, struct now now)
{
    int64_t idle_ms = s->composer.used_ms + IDLE_MS;
    int64_t late_ms = s->posting_ms + LATE_MS;
    bool is_posting = s->posting == POSTING_COMPOSER;
    if (!s->is_composing)
        return ROTATION_NEVER;
    if (now.mono_ms >= idle_ms) {
        show_put_draft_aside(s, now);
        return ROTATION_NEVER;
    }
    if (is_posting && now.mono_ms >= late_ms)
        s->composer.refusal =
            "This takes longer than it should. It is not up yet.";
    bool waits = is_posting && now.mono_ms < late_ms && late_ms < idle_ms;
    return waits ? late_ms : idle_ms;
}

/* --- what the store says --- */

void
show_take_room(struct show *s, const struct store_answer *answer)
{
    s->cannot[0] = '\0';
    if (answer->says == STORE_SAYS_NO)
        memcpy(s->cannot, answer->why, sizeof s->cannot);
    s->composer.blocked = s->cannot[0] ? s->cannot : NULL;
}

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
    s->flight_ms = s->config->reduce_motion ? 0 : now.mono_ms;
    s->has_turned = false;
}

/* It is on the disk; only now is it up. */
static void
take_posted(struct show *s, enum posting was, struct now now)
{
    switch (was) {
    case POSTING_NONE:
        return;
    case POSTING_COMPOSER:
        s->is_composing = false;
        go_to_posted(s, now);
        break;
    case POSTING_DRAFT:
        s->has_draft = false;
        break;
    case POSTING_UNWANTED:
        show_ask(s,
                 &(struct request){.kind = REQUEST_TAKE_BACK,
                                   .target = s->posted_id},
                 now);
        return;
    }
    if (!s->is_for_visitors)
        show_say(s, "Up on this board · hold it to take it back", now);
}

void
show_take_post(struct show *s, const struct store_answer *answer,
               struct now now)
{
    enum posting was = s->posting;
    s->posting = POSTING_NONE;
    if (answer->says == STORE_SAYS_DONE) {
        s->posted_words = 0;
        take_posted(s, was, now);
        return;
    }
    memcpy(s->cannot, answer->why, sizeof s->cannot);
    if (was == POSTING_COMPOSER)
        s->composer.refusal = s->cannot;
}
