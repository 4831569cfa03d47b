#include <string.h>

#include "base/hash.h"
#include "kiosk/show_part.h"

#define SAID_MS 6000
#define RECENT_MS 60000 // a reaction can be undone, and does not count twice
#define FLIGHT_MS 250   // look.md: a new post-it settles

void
show_say(struct show *s, const char *words, struct now now)
{
    size_t len = strnlen(words, sizeof s->said - 1);
    memmove(s->said, words, len);
    s->said[len] = '\0';
    s->said_until_ms = now.mono_ms + SAID_MS;
}

void
show_ask(struct show *s, const struct request *request, struct now now)
{
    if (!requests_push(&s->requests, request))
        show_refuse(s, request, now);
}

/* --- reactions --- */

static bool
is_recent(const struct show_recent *r, uint64_t target, enum request_kind kind,
          struct now now)
{
    return r->target == target && r->kind == kind &&
           now.mono_ms - r->at_ms < RECENT_MS;
}

bool
show_has_reacted(const struct show *s, const char *id, enum request_kind kind,
                 struct now now)
{
    uint64_t target = hash_string(id);
    for (int i = 0; i < SHOW_RECENT; i++)
        if (is_recent(&s->recent[i], target, kind, now))
            return true;
    return false;
}

static void
remember(struct show *s, const struct show_recent *what)
{
    struct show_recent *oldest = &s->recent[0];
    for (int i = 1; i < SHOW_RECENT; i++)
        if (s->recent[i].at_ms < oldest->at_ms)
            oldest = &s->recent[i];
    *oldest = *what;
}

static void
forget(struct show *s, const struct show_recent *what)
{
    for (int i = 0; i < SHOW_RECENT; i++)
        if (s->recent[i].target == what->target &&
            s->recent[i].kind == what->kind)
            s->recent[i] = (struct show_recent){0};
}

/* One at a time is on its way: what the next would be depends on it. */
void
show_react(struct show *s, const struct item *item, enum request_kind kind,
           struct now now)
{
    bool is_undone = show_has_reacted(s, item->id, kind, now);
    if (s->is_reacting)
        return;
    s->is_reacting = true;
    s->reaction =
        (struct show_recent){hash_string(item->id), kind, now.mono_ms};
    s->reaction_step = is_undone ? -1 : 1;
    show_ask(s,
             &(struct request){
                 .kind = kind, .target = item->id, .step = s->reaction_step},
             now);
}

static void
take_reaction(struct show *s, const struct store_answer *answer, struct now now)
{
    bool is_ours = s->is_reacting;
    s->is_reacting = false;
    if (answer->says == STORE_SAYS_NO) {
        show_say(s, answer->why, now);
        return;
    }
    if (!is_ours)
        return;
    if (s->reaction_step < 0) {
        forget(s, &s->reaction);
        return;
    }
    remember(s, &s->reaction);
    if (s->reaction.kind == REQUEST_TURN_OVER)
        show_say(s, "Face-down now. The coordinator will look at it.", now);
}

void
show_turn_over(struct show *s, const struct item *item, struct now now)
{
    // Once a minute has gone by it is the coordinator's to turn back.
    if (!item->is_face_down ||
        show_has_reacted(s, item->id, REQUEST_TURN_OVER, now))
        show_react(s, item, REQUEST_TURN_OVER, now);
}

/* --- taking back --- */

void
show_take_back(struct show *s, const struct item *item, struct now now)
{
    if (show_can_take_back(s, item, now))
        show_ask(
            s, &(struct request){.kind = REQUEST_TAKE_BACK, .target = item->id},
            now);
}

bool
show_can_take_back(const struct show *s, const struct item *item,
                   struct now now)
{
    // To either side, as the store has it: the clock may be set meanwhile.
    int64_t age_s = now.wall_s - item->published_s;
    const struct board_addition *own = s->postits ? &s->postits->added : NULL;
    if (age_s <= -POSTIT_TAKE_BACK_S || age_s >= POSTIT_TAKE_BACK_S || !own)
        return false;
    for (int i = 0; i < own->item_count; i++)
        if (strcmp(own->items[i].id, item->id) == 0)
            return true;
    return false;
}

/* --- what the store says --- */

static void
take_answer(struct show *s, enum request_kind kind,
            const struct store_answer *answer, struct now now)
{
    bool is_done = answer->says == STORE_SAYS_DONE;
    switch (kind) {
    case REQUEST_ROOM:
        show_take_room(s, answer);
        return;
    case REQUEST_POST:
        show_take_post(s, answer, now);
        return;
    case REQUEST_TAKE_BACK:
        s->reading = is_done ? 0 : s->reading;
        show_say(s, is_done ? "Taken back" : answer->why, now);
        return;
    case REQUEST_THANK:
    case REQUEST_TRY:
    case REQUEST_TURN_OVER:
        take_reaction(s, answer, now);
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

float
show_left_to_fly(const struct show *s, struct now now)
{
    int64_t left_ms = s->flight_ms + FLIGHT_MS - now.mono_ms;
    if (s->flight_ms == 0 || left_ms <= 0)
        return 0;
    return left_ms > FLIGHT_MS ? 1 : (float) left_ms / FLIGHT_MS;
}
