#include "hub/add_screen.h"

#include <string.h>

#include "hub/hub.h"
#include "hub/pages_part.h"

#define CODE_LETTERS "BCDFGHJKLMNPQRSTVWXZ"
#define CODE_LETTER_COUNT 8
#define NAME_LETTERS 60

static bool
is_on_board(const struct board *b, const char *school)
{
    for (int i = 0; i < b->school_count; i++)
        if (strcmp(b->schools[i].id, school) == 0)
            return true;
    return false;
}

static void
refuse_school(const char *school, const struct board *b, struct problem *why)
{
    struct text list = {0};
    for (int i = 0; i < b->school_count; i++)
        text_add_format(&list, "%s%s", i ? ", " : "", b->schools[i].id);
    problem_set(why, 0, 0,
                "There is no school %.40s here. Say its id with --school: "
                "%.150s",
                *school ? school : "named", text_string(&list));
    text_destroy(&list);
}

static bool
is_good(struct hub *hub, struct arena *a, const char *name, struct problem *why)
{
    const char *school = hub->options.school;
    struct pages_board published;
    const char *wrong = pages_line_refusal(name, NAME_LETTERS);
    if (wrong) {
        problem_set(why, 0, 0, "The screen's name: %s", wrong);
        return false;
    }
    if (!pages_board_open(hub, a, &published, why))
        return false;
    bool is_there = is_on_board(published.board, school);
    if (!is_there)
        refuse_school(school, published.board, why);
    pages_board_close(&published);
    return is_there;
}

/* As a screen and a coordinator do it, both at once: nobody sees the letters,
   and the secret is thrown away. */
static bool
pair(struct hub *hub, struct arena *a, const char *name,
     const unsigned char token[SECRET_BYTES], struct problem *why)
{
    unsigned char secret[SECRET_BYTES], token_hash[SECRET_BYTES];
    char code[CODE_LETTER_COUNT + 1];
    struct hub_device device;
    int64_t now_s = hub->now.wall_s;
    secret_random(secret, sizeof secret); // instead of a hash: none has it
    secret_hash(token, SECRET_BYTES, token_hash);
    secret_letters(CODE_LETTERS, CODE_LETTER_COUNT, code);
    if (!hub_store_begin_pairing(hub->store, code, secret, now_s, why) ||
        !hub_store_accept_pairing(hub->store, code, name, hub->options.school,
                                  now_s, why))
        return false;
    problem_set(why, 0, 0, "The hub cannot write its store");
    return hub_store_end_pairing(hub->store, code, secret, token_hash, now_s, a,
                                 &device) == HUB_PAIRING_GIVEN &&
           hub_store_audit(hub->store, "", "added a screen", "", now_s);
}

bool
add_screen(struct hub *hub, char token[SECRET_TEXT_BYTES], struct problem *why)
{
    struct arena a = {0};
    unsigned char bytes[SECRET_BYTES];
    const char *name = pages_line(&a, hub->options.add_screen);
    secret_random(bytes, sizeof bytes);
    bool is_added =
        is_good(hub, &a, name, why) && pair(hub, &a, name, bytes, why);
    if (is_added)
        secret_write(bytes, token);
    secret_forget(bytes, sizeof bytes);
    arena_destroy(&a);
    return is_added;
}
