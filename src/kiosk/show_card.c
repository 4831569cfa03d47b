#include "kiosk/show_card.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/show_part.h"
#include "view/net_card.h"
#include "view/pin_pad.h"

#define PRESS_MS 3000
#define OPEN_MS (2 * 60 * 1000) // without a touch
#define REFRESH_MS 3000

void
show_card_destroy(struct show_card *c)
{
    arena_destroy(&c->arena);
    free(c->facts);
    *c = (struct show_card){0};
}

/* ---- opening and closing --------------------------------------------------
 */

static void
open_facts(struct show *s, struct now now)
{
    s->card.state = SHOW_CARD_FACTS;
    s->card.page = 0;
    s->card.used_ms = now.mono_ms;
    s->card.wants_facts = true;
    s->card.asked_ms = now.mono_ms;
}

void
show_card_open(struct show *s, struct now now)
{
    struct show_card *c = &s->card;
    if (s->is_composing || c->state != SHOW_CARD_SHUT)
        return;
    c->is_pressed = false;
    c->touch = s->touch = (struct touch_tracker){0};
    c->used_ms = now.mono_ms;
    pin_forget(&c->pin);
    c->was_wrong = false;
    if (*s->config->pin)
        c->state = SHOW_CARD_PIN;
    else
        open_facts(s, now);
}

/* Nothing of it stays: the next one to look may be somebody else. */
static void
shut(struct show *s, struct now now)
{
    struct show_card *c = &s->card;
    c->state = SHOW_CARD_SHUT;
    c->wants_facts = false;
    c->report = (struct net_report){0};
    c->qr = (struct qr){0};
    arena_reset(&c->arena);
    free(c->facts);
    c->facts = NULL;
    s->rotation.since_ms = now.mono_ms;
}

bool
show_card_is_open(const struct show *s)
{
    return s->card.state != SHOW_CARD_SHUT;
}

bool
show_card_is_typing(const struct show *s)
{
    return s->card.state == SHOW_CARD_PIN;
}

/* ---- the facts ------------------------------------------------------------
 */

bool
show_card_wants_facts(struct show *s)
{
    bool wants = s->card.wants_facts;
    s->card.wants_facts = false;
    return wants;
}

void
show_card_take(struct show *s, struct news *news)
{
    if (!news->facts)
        return;
    struct net_facts *facts = news->facts;
    news->facts = NULL;
    if (s->card.state != SHOW_CARD_FACTS) { // it was shut meanwhile
        free(facts);
        return;
    }
    free(s->card.facts);
    s->card.facts = facts;
}

/* Words and code, of the facts as of this minute. */
static void
make_report(struct show *s, struct now now)
{
    struct show_card *c = &s->card;
    arena_reset(&c->arena);
    net_report_make(&c->report, &c->arena, c->facts,
                    s->board ? s->board->zone : s->zone, now);
    net_card_code(&c->qr, &c->arena, &s->theme, &c->report, NULL);
}

/* ---- touches --------------------------------------------------------------
 */

static bool
is_in_corner(const struct show *s, int x, int y)
{
    const struct theme *t = &s->theme;
    return x < t->w / 6 && y < t->content.y;
}

/* A finger that rests in the corner, whatever else may be touched. */
static void
watch_corner(struct show *s, const struct touch *touch, struct now now)
{
    struct show_card *c = &s->card;
    bool is_ours = c->is_pressed && c->finger == touch->finger;
    switch (touch->phase) {
    case TOUCH_DOWN:
        // A second finger elsewhere is no long press.
        c->is_pressed = !c->is_pressed && is_in_corner(s, touch->x, touch->y);
        c->finger = touch->finger;
        c->press_ms = now.mono_ms;
        return;
    case TOUCH_MOVE:
        if (is_ours && !is_in_corner(s, touch->x, touch->y))
            c->is_pressed = false;
        return;
    case TOUCH_UP:
    case TOUCH_CANCEL:
        if (is_ours)
            c->is_pressed = false;
        return;
    }
}

static void
turn_page(struct show_card *c, int by)
{
    c->page += by;
    if (c->page >= c->page_count)
        c->page = c->page_count - 1;
    if (c->page < 0)
        c->page = 0;
}

static void
type_digit(struct show *s, char digit, struct now now)
{
    struct show_card *c = &s->card;
    c->was_wrong = false;
    switch (pin_type(&c->pin, digit, s->config->pin, now.mono_ms)) {
    case PIN_GOES_ON:
    case PIN_PAUSED:
        return;
    case PIN_WRONG:
        c->was_wrong = true;
        return;
    case PIN_RIGHT:
        open_facts(s, now);
        return;
    }
}

static void
tap(struct show *s, const struct touch *up, struct now now)
{
    struct show_card *c = &s->card;
    const struct draw_list *list = show_list(s);
    const struct target *t = draw_target_at(list, up->x, up->y);
    const struct target *from =
        draw_target_at(list, c->touch.down_x, c->touch.down_y);
    if (!t || !from || t->kind != from->kind || t->value != from->value)
        return;
    if (t->kind == TARGET_CLOSE)
        shut(s, now);
    else if (t->kind == TARGET_PREVIOUS)
        turn_page(c, -1);
    else if (t->kind == TARGET_NEXT)
        turn_page(c, +1);
    else if (t->kind == TARGET_ERASE)
        pin_erase(&c->pin);
    else if (t->kind == TARGET_DIGIT)
        type_digit(s, (char) ('0' + t->value), now);
}

bool
show_card_touch(struct show *s, const struct touch *touch, struct now now)
{
    struct show_card *c = &s->card;
    if (s->is_composing) {
        c->is_pressed = false;
        return false;
    }
    if (c->state == SHOW_CARD_SHUT) {
        watch_corner(s, touch, now);
        return false;
    }
    if (touch->phase != TOUCH_CANCEL)
        c->used_ms = now.mono_ms;
    switch (touch_track(&c->touch, touch, s->theme.w / 12, now.mono_ms)) {
    case GESTURE_NONE:
    case GESTURE_HOLD:
        break;
    case GESTURE_TAP:
        tap(s, touch, now);
        break;
    case GESTURE_SWIPE_LEFT:
        turn_page(c, +1);
        break;
    case GESTURE_SWIPE_RIGHT:
        turn_page(c, -1);
        break;
    }
    return true;
}

/* ---- keys -----------------------------------------------------------------
 */

void
show_card_key(struct show *s, enum show_key key, struct now now)
{
    struct show_card *c = &s->card;
    c->used_ms = now.mono_ms;
    switch (key) {
    case SHOW_KEY_LEAVE:
        shut(s, now);
        return;
    case SHOW_KEY_LEFT:
        turn_page(c, -1);
        return;
    case SHOW_KEY_RIGHT:
        turn_page(c, +1);
        return;
    case SHOW_KEY_ERASE:
    case SHOW_KEY_DELETE:
        pin_erase(&c->pin);
        return;
    case SHOW_KEY_ENTER:
        return;
    }
}

void
show_card_type(struct show *s, const char *text, size_t len, struct now now)
{
    s->card.used_ms = now.mono_ms;
    for (size_t i = 0; i < len && s->card.state == SHOW_CARD_PIN; i++)
        type_digit(s, text[i], now);
}

/* ---- time -----------------------------------------------------------------
 */

static int64_t
earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t
show_card_watch(struct show *s, struct now now)
{
    struct show_card *c = &s->card;
    if (c->is_pressed && now.mono_ms >= c->press_ms + PRESS_MS)
        show_card_open(s, now);
    if (c->state == SHOW_CARD_SHUT)
        return c->is_pressed ? c->press_ms + PRESS_MS : ROTATION_NEVER;
    if (now.mono_ms >= c->used_ms + OPEN_MS) {
        shut(s, now);
        return now.mono_ms;
    }
    int64_t next_ms = c->used_ms + OPEN_MS;
    if (c->state == SHOW_CARD_PIN) {
        int64_t pause_ms = pin_pause_ms(&c->pin, now.mono_ms);
        return pause_ms ? earlier(next_ms, now.mono_ms + pause_ms) : next_ms;
    }
    if (now.mono_ms >= c->asked_ms + REFRESH_MS) {
        c->wants_facts = true;
        c->asked_ms = now.mono_ms;
    }
    return earlier(next_ms, c->asked_ms + REFRESH_MS);
}

void
show_card_draw(struct show *s, struct draw_list *list, struct now now)
{
    struct show_card *c = &s->card;
    if (c->state == SHOW_CARD_PIN) {
        const char *said =
            pin_pause_ms(&c->pin, now.mono_ms) > 0
                ? "That was wrong five times. Please wait a minute."
            : c->was_wrong ? "That is not the PIN. Try again."
                           : "";
        pin_pad_draw(list, &s->theme, &s->frame, &c->pin, said);
        return;
    }
    if (c->facts)
        make_report(s, now);
    c->page_count =
        net_card_draw(list, &s->theme, &s->frame, c->facts ? &c->report : NULL,
                      c->qr.side ? &c->qr : NULL, c->page);
    turn_page(c, 0);
}
