#include "view/composer.h"

#include <string.h>

#include "base/utf8.h"

#define SORT_COUNT (SORT_DELIGHT + 1)

static void
note_change(struct composer *c)
{
    c->keyboard.wants_capital = compose_wants_capital(&c->compose);
    c->refusal = NULL;
}

void
composer_open(struct composer *c, enum postit_sort sort, const char *answers,
              int64_t now_ms)
{
    memset(c, 0, sizeof *c);
    compose_reset(&c->compose);
    c->compose.sort = sort;
    compose_set_answers(&c->compose, answers);
    c->used_ms = now_ms;
    note_change(c);
}

void
composer_set_about(struct composer *c, const char *about)
{
    size_t len = strlen(about), most = sizeof c->about - 1, end = 0;
    while (end < len) {
        size_t next = utf8_grapheme_end(about, len, end);
        if (next > most)
            break;
        end = next;
    }
    memset(c->about, 0, sizeof c->about);
    memcpy(c->about, about, end);
}

static void
take_key(struct composer *c, const struct key_action *key)
{
    switch (key->kind) {
    case KEY_TEXT:
    case KEY_SPACE:
        compose_insert(&c->compose, key->text, strlen(key->text));
        break;
    case KEY_BACKSPACE:
        compose_backspace(&c->compose);
        break;
    case KEY_BACKSPACE_WORD:
        compose_backspace_word(&c->compose);
        break;
    case KEY_ENTER: // a post-it has one paragraph: on to the name and back
        c->compose.field =
            c->compose.field == COMPOSE_TEXT ? COMPOSE_NAME : COMPOSE_TEXT;
        break;
    case KEY_NONE:
    case KEY_SHIFT:
    case KEY_PAGE:
        return;
    }
    note_change(c);
}

static enum composer_answer
ask_to_post(struct composer *c)
{
    c->refusal = compose_refusal(&c->compose);
    return c->refusal ? COMPOSER_GOES_ON : COMPOSER_POST;
}

static enum composer_answer
act_on(struct composer *c, enum target_kind kind, int value)
{
    switch (kind) {
    case TARGET_CANCEL:
        return COMPOSER_CANCEL;
    case TARGET_POST:
        return ask_to_post(c);
    case TARGET_SORT:
        c->compose.sort = (enum postit_sort) value;
        break;
    case TARGET_SORT_NEXT:
        c->compose.sort =
            (enum postit_sort)((c->compose.sort + 1) % SORT_COUNT);
        break;
    case TARGET_COLOUR:
        c->compose.colour = (enum postit_colour) value;
        break;
    case TARGET_TEXT:
        c->compose.field = COMPOSE_TEXT;
        compose_place_caret(&c->compose, (size_t) value);
        break;
    case TARGET_NAME:
        c->compose.field = COMPOSE_NAME;
        compose_place_caret(&c->compose, COMPOSE_BYTES_MAX);
        break;
    case TARGET_NONE:
    case TARGET_ADD_POSTIT:
    case TARGET_ANSWER:
    case TARGET_PREVIOUS:
    case TARGET_NEXT:
    case TARGET_POSTIT:
    case TARGET_ANSWER_ONE:
    case TARGET_ANSWERS:
    case TARGET_MEETING:
    case TARGET_THANKS:
    case TARGET_TRYING:
    case TARGET_TURN_OVER:
    case TARGET_TAKE_BACK:
    case TARGET_CLOSE:
    case TARGET_DIGIT:
    case TARGET_ERASE:
        return COMPOSER_GOES_ON;
    }
    note_change(c);
    return COMPOSER_GOES_ON;
}

enum composer_answer
composer_touch(struct composer *c, const struct draw_list *shown,
               const struct touch *touch, int64_t now_ms)
{
    c->used_ms = now_ms;
    struct key_action key = keyboard_touch(&c->keyboard, touch, now_ms);
    take_key(c, &key);
    const struct target *under = draw_target_at(shown, touch->x, touch->y);
    if (touch->phase == TOUCH_DOWN) {
        c->is_pressed = under != NULL;
        c->finger = touch->finger;
        c->pressed = under ? under->kind : TARGET_NONE;
        c->pressed_value = under ? under->value : 0;
    }
    if (touch->phase == TOUCH_CANCEL && touch->finger == c->finger)
        c->is_pressed = false;
    if (touch->phase != TOUCH_UP || !c->is_pressed ||
        touch->finger != c->finger)
        return COMPOSER_GOES_ON;
    c->is_pressed = false;
    bool is_same =
        under && under->kind == c->pressed &&
        (under->value == c->pressed_value || under->kind == TARGET_TEXT);
    return is_same ? act_on(c, under->kind, under->value) : COMPOSER_GOES_ON;
}

enum composer_answer
composer_type(struct composer *c, const char *text, size_t len, int64_t now_ms)
{
    c->used_ms = now_ms;
    compose_insert(&c->compose, text, len);
    note_change(c);
    return COMPOSER_GOES_ON;
}

void
composer_tick(struct composer *c, int64_t now_ms)
{
    struct key_action key = keyboard_tick(&c->keyboard, now_ms);
    take_key(c, &key);
}

int64_t
composer_next_ms(const struct composer *c)
{
    return keyboard_next_ms(&c->keyboard);
}
