#include "hub/phone_page.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "hub/device_api_part.h"
#include "hub/hub.h"
#include "hub/moderation.h"
#include "hub/page.h"
#include "hub/phone_page_part.h"
#include "hub/routes.h"
#include "hub/secret.h"

/* A staffroom on a training day, all of it behind one address; and a phone that
   a pupil got hold of. */
static const struct bucket_rule look_rule = {.burst = 120, .every_ms = 500};
static const struct bucket_rule address_rule = {.burst = 120, .every_ms = 5000};
static const struct bucket_rule screen_rule = {.burst = 30, .every_ms = 20000};

#define TOO_OFTEN                                                              \
    "That was too often: nothing was sent. Wait a minute, then post it again."
#define OLD_PAGE                                                               \
    "This page was open for too long, so nothing was sent. Post it once more."

/* ---- who asks ----------------------------------------------------------- */

/* device_api_may's refusal is for programs. */
static bool
may(struct phone *p, const char *what, const struct bucket_rule *rule)
{
    if (device_api_may(p->hub, p->r, what, rule, p->a))
        return true;
    text_cut(&p->a->body, 0);
    return false;
}

/* Whether a phone with that token may go on; else it is answered. Close it in
   any case. */
static bool
open_phone(struct phone *p, struct hub *hub, const struct http_request *r,
           const struct route_match *m, struct http_answer *a)
{
    struct problem why;
    *p = (struct phone){.hub = hub, .r = r, .a = a, .token = m->values[0]};
    if (!may(p, "phone looks", &look_rule)) {
        phone_form_say(p, 429, "Too many at one time",
                       "Wait a minute, then load this page again.", false);
        return false;
    }
    int64_t number = phone_token_device(hub, p->token);
    if (!pages_screen(hub, r->arena, number, &p->device)) {
        phone_form_say(p, 404, "This address is old",
                       "Please scan the code on the screen again.", false);
        return false;
    }
    (void) pages_board_open(hub, r->arena, &p->published, &why);
    p->question =
        pages_question_up(hub, r->arena, p->published.board, p->device.school);
    return true;
}

static void
close_phone(struct phone *p)
{
    pages_board_close(&p->published);
}

/* ---- the form ----------------------------------------------------------- */

/* A random UUID (RFC 9562 §5.4), and the proof that it is ours. */
static void
give_id(struct phone *p, struct phone_form *f)
{
    unsigned char b[16];
    secret_random(b, sizeof b);
    b[6] = (unsigned char) ((b[6] & 0x0F) | 0x40);
    b[8] = (unsigned char) ((b[8] & 0x3F) | 0x80);
    char *id = arena_alloc(p->r->arena, HUB_ID_BYTES), *to = id;
    for (int i = 0; i < 16; i++) {
        bool has_dash = i == 4 || i == 6 || i == 8 || i == 10;
        to += snprintf(to, 4, "%s%02x", has_dash ? "-" : "", b[i]);
    }
    char *proof = arena_alloc(p->r->arena, PHONE_PROOF_BYTES);
    phone_proof_make(p->hub, "write", p->device.number, id, proof);
    f->id = id;
    f->proof = proof;
}

void
phone_page_show(struct hub *hub, const struct http_request *r,
                const struct route_match *m, struct http_answer *a)
{
    struct phone p;
    struct phone_form f = {.text = "",
                           .author = "",
                           .sort = "idea",
                           .colour = "yellow",
                           .answers = ""};
    if (open_phone(&p, hub, r, m, a)) {
        give_id(&p, &f);
        phone_form_show(&p, &f);
    }
    close_phone(&p);
}

/* ---- posting ------------------------------------------------------------ */

static struct phone_form
read_form(struct phone *p, const struct form *form)
{
    struct arena *a = p->r->arena;
    return (struct phone_form){
        .id = form_value(form, "id"),
        .proof = form_value(form, "proof"),
        .text = pages_line(a, form_value(form, "text")),
        .author = pages_line(a, form_value(form, "author")),
        .sort = form_value(form, "sort"),
        .colour = form_value(form, "colour"),
        .answers = form_value(form, "answers"),
    };
}

/* The same rules as for what a screen sends. False: `f` says what is wrong. */
static bool
read_postit(struct phone *p, struct phone_form *f, struct hub_postit *out)
{
    struct arena *a = p->r->arena;
    f->wrong_text = device_api_read_line(f->text, COMPOSE_TEXT, a, &out->text);
    f->wrong_author =
        device_api_read_line(f->author, COMPOSE_NAME, a, &out->author);
    if (device_api_read_sort(f->sort, &out->sort)) {
        f->failed = "Choose what it is: an idea, an answer …";
        f->sort = "idea";
    }
    if (device_api_read_colour(f->colour, &out->colour)) {
        f->failed = "Choose a colour.";
        f->colour = "yellow";
    }
    bool answers_now = p->question && strcmp(p->question->id, f->answers) == 0;
    if (*f->answers && !answers_now)
        f->failed = "Thursday\xE2\x80\x99s question has changed meanwhile. "
                    "Nothing was sent: have a look, then post it again.";
    out->answers = f->answers;
    if (*f->answers && out->sort == SORT_IDEA) // that is, nothing was chosen
        out->sort = SORT_ANSWER;
    return !f->wrong_text && !f->wrong_author && !f->failed;
}

static bool
may_post(struct phone *p)
{
    uint64_t key = hash_more(hash_string("phone posts"), &p->device.number,
                             sizeof p->device.number);
    return may(p, "phone posts", &address_rule) &&
           bucket_take(&p->hub->bucket, &screen_rule, key,
                       p->hub->now.mono_ms) == 0;
}

/* When the post-it was written; -1 when it is not here. */
static int64_t
made_s(struct phone *p, const char *id)
{
    const struct hub_postit *list;
    int count = hub_store_postits(p->hub->store, p->r->arena, -1,
                                  p->hub->now.wall_s, &list);
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].id, id) == 0)
            return list[i].made_s;
    return -1;
}

static void
keep(struct phone *p, struct phone_form *f, struct hub_postit *postit)
{
    struct problem why = {0};
    int64_t now_s = p->hub->now.wall_s;
    snprintf(postit->id, sizeof postit->id, "%s", f->id);
    postit->school = p->device.school;
    postit->state = moderation_first_state(p->hub, p->r->arena);
    postit->made_s = now_s;
    postit->expires_s = now_s + DEVICE_API_LIFE_S;
    switch (hub_store_put_postit(p->hub->store, postit, p->device.number, now_s,
                                 &why)) {
    case HUB_PUT_NEW:
        phone_form_thank(p, postit, PHONE_TAKE_BACK_S);
        return;
    case HUB_PUT_SAME: // a second tap, or the page loaded again
        phone_form_thank(p, postit,
                         made_s(p, f->id) + PHONE_TAKE_BACK_S - now_s);
        return;
    case HUB_PUT_OTHER:
        give_id(p, f);
        f->failed = "You have posted one from this page already. Post this as "
                    "well if you mean it to be a second one.";
        break;
    case HUB_PUT_GONE:
        give_id(p, f);
        f->failed = "That post-it was taken back or taken down. Post it again "
                    "if you mean it to be there.";
        break;
    case HUB_PUT_FAILED:
        f->failed = "The hub cannot keep it just now. Try again in a minute.";
        f->status = 503;
        break;
    }
    phone_form_show(p, f);
}

static void
post(struct phone *p)
{
    struct form form;
    struct hub_postit postit = {.text = ""};
    if (!page_take_form(p->hub, p->r, p->a, &form))
        return;
    struct phone_form f = read_form(p, &form);
    if (!phone_proof_holds(p->hub, "write", p->device.number, f.id, f.proof)) {
        give_id(p, &f);
        f.failed = OLD_PAGE;
    }
    if (!read_postit(p, &f, &postit)) {
        phone_form_show(p, &f);
    } else if (!may_post(p)) {
        f.failed = TOO_OFTEN;
        f.status = 429;
        phone_form_show(p, &f);
    } else {
        keep(p, &f, &postit);
    }
}

void
phone_page_post(struct hub *hub, const struct http_request *r,
                const struct route_match *m, struct http_answer *a)
{
    struct phone p;
    if (open_phone(&p, hub, r, m, a))
        post(&p);
    close_phone(&p);
}

/* ---- taking back -------------------------------------------------------- */

#define GONE_TITLE "Taken back"
#define GONE "It is deleted, and comes off the board within a minute."

static void
take_back(struct phone *p, const char *id)
{
    struct form form;
    struct problem why = {0};
    int64_t now_s = p->hub->now.wall_s;
    if (!page_take_form(p->hub, p->r, p->a, &form))
        return;
    if (!phone_proof_holds(p->hub, "back", p->device.number, id,
                           form_value(&form, "proof"))) {
        phone_form_say(p, 403, "This cannot be taken back here",
                       "Nothing was changed. Ask a coordinator to take it "
                       "down.",
                       true);
        return;
    }
    int64_t written_s = made_s(p, id);
    if (written_s >= 0 && now_s >= written_s + PHONE_TAKE_BACK_S) {
        phone_form_say(p, 409, "Its first minute is over",
                       "Nothing was changed. Ask a coordinator to take it "
                       "down, or turn it face-down on the screen.",
                       true);
        return;
    }
    switch (
        hub_store_take_back(p->hub->store, id, p->device.number, now_s, &why)) {
    case HUB_TAKE_BACK_DONE:
    case HUB_TAKE_BACK_NEVER_SEEN: // so long ago that its tombstone is gone
        phone_form_say(p, 200, GONE_TITLE, GONE, true);
        return;
    case HUB_TAKE_BACK_NOT_YOURS:
    case HUB_TAKE_BACK_FAILED:
        phone_form_say(p, 503, "It could not be taken back",
                       "Go back and try again, or ask a coordinator to take "
                       "it down.",
                       true);
        return;
    }
}

void
phone_page_take_back(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a)
{
    struct phone p;
    if (open_phone(&p, hub, r, m, a))
        take_back(&p, m->values[1]);
    close_phone(&p);
}
