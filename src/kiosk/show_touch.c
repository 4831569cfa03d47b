#include "base/hash.h"
#include "kiosk/show_part.h"

/* --- turning pages --- */

void
show_close(struct show *s, struct now now)
{
    if (s->reading) {
        s->reading = 0;
        s->reading_page = 0;
        return; // to its thread, if it was opened from one
    }
    s->thread = 0;
    s->thread_page = 0;
    s->rotation.since_ms = now.mono_ms;
}

static int
turned(int page, int by, int count)
{
    page += by;
    return page < 0 ? 0 : page >= count ? count - 1 : page;
}

void
show_turn(struct show *s, int by, struct now now)
{
    if (show_card_is_open(s)) {
        show_card_key(s, by < 0 ? SHOW_KEY_LEFT : SHOW_KEY_RIGHT, now);
        return;
    }
    s->said_until_ms = 0; // it was about what is left now
    if (s->reading) {
        s->reading_page = turned(s->reading_page, by, s->open_pages);
    } else if (s->thread) {
        s->thread_page = turned(s->thread_page, by, s->open_pages);
    } else {
        rotation_turn(&s->rotation, by, s->order.count, s->facts.page_count,
                      now.mono_ms);
        s->has_turned = true;
    }
    rotation_hold(&s->rotation, now.mono_ms, SHOW_HOLD_MS);
}

/* --- keys --- */

void
show_type(struct show *s, const char *text, size_t len, struct now now)
{
    if (show_card_is_open(s))
        show_card_type(s, text, len, now);
    else if (s->is_composing && s->posting != POSTING_COMPOSER)
        show_end_composing(
            s, composer_type(&s->composer, text, len, now.mono_ms), now);
}

static void
type_key(struct show *s, enum show_key key, struct now now)
{
    struct compose *c = &s->composer.compose;
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
        show_end_composing(s, COMPOSER_CANCEL, now);
        break;
    }
    composer_type(&s->composer, "", 0, now.mono_ms); // the keys follow the text
}

bool
show_key(struct show *s, enum show_key key, struct now now)
{
    if (s->is_composing) {
        if (s->posting != POSTING_COMPOSER)
            type_key(s, key, now);
        return true;
    }
    if (show_card_is_open(s)) {
        show_card_key(s, key, now);
        return true;
    }
    if (key != SHOW_KEY_LEAVE || (!s->reading && !s->thread))
        return false;
    show_close(s, now);
    return true;
}

/* --- touches --- */

/* The post-it, question, idea or meeting that this target stands for. */
static const struct item *
item_at(struct show *s, const struct target *t, struct now now)
{
    if (s->reading)
        return show_find(s, s->reading);
    if (s->thread) {
        const struct item *about = show_find(s, s->thread);
        const struct item *const *items = NULL;
        int count = about ? show_thread(s, about, now, &items) : 0;
        if (t->kind != TARGET_POSTIT)
            return about;
        return t->value < count ? items[t->value] : NULL;
    }
    if (s->rotation.slide >= s->order.count)
        return NULL;
    const struct slide *slide = &s->order.slides[s->rotation.slide];
    if (t->kind == TARGET_ANSWER_ONE)
        return t->value < slide->answer_count ? slide->answers[t->value] : NULL;
    return t->value < slide->item_count ? slide->items[t->value] : NULL;
}

static void
open_postit(struct show *s, const struct item *item)
{
    s->reading = hash_string(item->id);
    s->reading_page = 0;
    s->said_until_ms = 0;
}

static void
open_thread(struct show *s, const struct item *about)
{
    s->thread = hash_string(about->id);
    s->thread_page = 0;
}

static void
answer(struct show *s, const struct item *about, struct now now)
{
    bool is_question = about->kind == KIND_QUESTION;
    show_compose(s, is_question ? SORT_ANSWER : SORT_IDEA, about, now);
}

static void
act_on_item(struct show *s, enum target_kind kind, const struct item *item,
            struct now now)
{
    switch (kind) {
    case TARGET_ANSWER:
        answer(s, item, now);
        return;
    case TARGET_POSTIT:
    case TARGET_ANSWER_ONE:
        open_postit(s, item);
        return;
    case TARGET_ANSWERS:
    case TARGET_MEETING:
        open_thread(s, item);
        return;
    case TARGET_THANKS:
        show_react(s, item, REQUEST_THANK, now);
        return;
    case TARGET_TRYING:
        show_react(s, item, REQUEST_TRY, now);
        return;
    case TARGET_TURN_OVER:
        show_turn_over(s, item, now);
        return;
    case TARGET_TAKE_BACK:
        show_take_back(s, item, now);
        return;
    case TARGET_NONE:
    case TARGET_ADD_POSTIT:
    case TARGET_PREVIOUS:
    case TARGET_NEXT:
    case TARGET_CLOSE:
    case TARGET_CANCEL:
    case TARGET_POST:
    case TARGET_SORT:
    case TARGET_SORT_NEXT:
    case TARGET_COLOUR:
    case TARGET_TEXT:
    case TARGET_NAME:
    case TARGET_DIGIT:
    case TARGET_ERASE:
        return;
    }
}

static void
act_on(struct show *s, const struct target *t, struct now now)
{
    if (t->kind == TARGET_PREVIOUS) {
        show_turn(s, -1, now);
    } else if (t->kind == TARGET_NEXT) {
        show_turn(s, +1, now);
    } else if (t->kind == TARGET_ADD_POSTIT) {
        show_compose(s, SORT_IDEA, NULL, now);
    } else if (t->kind == TARGET_CLOSE) {
        show_close(s, now);
    } else {
        const struct item *item = item_at(s, t, now);
        if (item)
            act_on_item(s, t->kind, item, now);
    }
}

/* The target a finger came down on and left again. */
static const struct target *
tapped(const struct show *s, const struct touch *up)
{
    const struct draw_list *list = show_list(s);
    const struct target *t = draw_target_at(list, up->x, up->y);
    const struct target *from =
        draw_target_at(list, s->touch.down_x, s->touch.down_y);
    bool is_same =
        t && from && t->kind == from->kind && t->value == from->value;
    return is_same ? t : NULL;
}

void
show_touch_hold(struct show *s, struct now now)
{
    int x = s->touch.down_x, y = s->touch.down_y;
    const struct theme *theme = &s->theme;
    const struct target *t = draw_target_at(show_list(s), x, y);
    bool is_postit =
        t && (t->kind == TARGET_POSTIT || t->kind == TARGET_ANSWER_ONE);
    const struct item *item = is_postit ? item_at(s, t, now) : NULL;
    if (item)
        show_take_back(s, item, now);
    else if (x > theme->w * 3 / 4 && y < theme->content.y) // the clock
        show_toggle_visitors(s, now);
}

/* While the store is asked, only giving up is still possible. */
static void
touch_composer(struct show *s, const struct touch *touch, struct now now)
{
    const struct target *t = draw_target_at(show_list(s), touch->x, touch->y);
    if (s->posting != POSTING_COMPOSER)
        show_end_composing(
            s, composer_touch(&s->composer, show_list(s), touch, now.mono_ms),
            now);
    else if (touch->phase == TOUCH_UP && t && t->kind == TARGET_CANCEL)
        show_end_composing(s, COMPOSER_CANCEL, now);
}

void
show_touch(struct show *s, const struct touch *touch, struct now now)
{
    if (show_card_touch(s, touch, now) || s->config->touch == TOUCH_OFF)
        return;
    if (s->is_composing) {
        touch_composer(s, touch, now);
        return;
    }
    // A finger is called off when nobody has heard of it for long: by then it
    // may have been gone for as long, and keeps nothing up.
    if (touch->phase != TOUCH_CANCEL)
        rotation_hold(&s->rotation, now.mono_ms, SHOW_HOLD_MS);
    switch (touch_track(&s->touch, touch, s->theme.w / 12, now.mono_ms)) {
    case GESTURE_NONE:
    case GESTURE_HOLD: // comes with time, not with an event
        return;
    case GESTURE_TAP: {
        const struct target *t = tapped(s, touch);
        if (t)
            act_on(s, t, now);
        return;
    }
    case GESTURE_SWIPE_LEFT:
        show_turn(s, +1, now);
        return;
    case GESTURE_SWIPE_RIGHT:
        show_turn(s, -1, now);
        return;
    }
}
