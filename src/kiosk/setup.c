#include "kiosk/setup.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define LOOK_EVERY_MS 5000

/* The path, the line and the sentence, as a screen can draw them. */
static void
write_mistake(struct setup *s, const struct program *p)
{
    const struct problem *why = &p->mistake;
    if (why->line)
        snprintf(s->mistake, sizeof s->mistake, "%s, line %d: %s", p->settings,
                 why->line, why->text);
    else
        snprintf(s->mistake, sizeof s->mistake, "%s", why->text);
    // A long sentence may have been cut within a letter.
    s->mistake[utf8_valid_prefix(s->mistake, strlen(s->mistake))] = '\0';
}

void
setup_begin(struct setup *s, const struct program *p, bool is_service)
{
    *s = (struct setup){.stamp = p->settings_stamp};
    write_mistake(s, p);
    settings_find_misnamed("", s->misnamed);
    // A person who starts it without any settings wants to see the sample.
    s->is_for_settings = *s->mistake || (p->is_sample && is_service);
}

bool
setup_turn(struct setup *s, bool has_board, int64_t now_ms,
           struct scene_setup *says)
{
    *says = (struct scene_setup){0};
    if (has_board)
        return false;
    bool is_due = now_ms >= s->next_look_ms;
    if (is_due) {
        own_address(s->address);
        s->next_look_ms = now_ms + LOOK_EVERY_MS;
    }
    *says = (struct scene_setup){
        .is_awaited = s->is_for_settings && !*s->mistake,
        .mistake = *s->mistake ? s->mistake : NULL,
        .misnamed = s->misnamed,
        .address = s->address,
    };
    return is_due && s->is_for_settings && settings_stamp("") != s->stamp;
}

int
setup_wait_ms(bool has_board, int wait_ms)
{
    return has_board || wait_ms < LOOK_EVERY_MS ? wait_ms : LOOK_EVERY_MS;
}
