#include <string.h>

#include "core/compose.h"
#include "core/postit_record.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/moderation.h"
#include "hub/page.h"
#include "hub/phone_page_part.h"

static const char *const sort_words[] = {
    [SORT_IDEA] = "An idea",          [SORT_ANSWER] = "An answer",
    [SORT_DISCOVERY] = "A discovery", [SORT_DISTURBANCE] = "A disturbance",
    [SORT_DELIGHT] = "A delight",
};
static const char *const colour_words[] = {
    [COLOUR_YELLOW] = "Yellow",
    [COLOUR_PINK] = "Pink",
    [COLOUR_MINT] = "Mint",
    [COLOUR_BLUE] = "Blue",
};

static const char *
address_of(const struct phone *p)
{
    return arena_format(p->r->arena, "/post/%s", p->token);
}

static void
begin(struct phone *p, const char *title, int status, bool has_error)
{
    page_begin(p->hub, p->r, p->a,
               &(struct page){
                   .title = title, .status = status, .has_error = has_error});
}

static const char *
school_of(const struct phone *p)
{
    const struct board *b = p->published.board;
    return b ? board_school_name(b, p->device.school) : p->device.name;
}

/* ---- choices ------------------------------------------------------------ */

static void
add_choice(struct text *t, const char *name, const char *value,
           const char *words, const char *look, bool is_chosen)
{
    html_format(t,
                "<label class=\"choice %s\"><input type=\"radio\" name=\"%s\" "
                "id=\"%s-%s\" value=\"%s\"",
                look, name, name, value, value);
    if (is_chosen)
        html_add(t, " checked");
    html_format(t, ">%s</label>\n", words);
}

static void
add_sorts(struct text *t, const struct phone_form *f)
{
    html_add(t, "<fieldset class=\"choices\">\n<legend>What is it?</legend>\n");
    for (int i = 0; i <= SORT_DELIGHT; i++)
        add_choice(t, "sort", postit_record_sorts[i], sort_words[i], "",
                   strcmp(f->sort, postit_record_sorts[i]) == 0);
    html_add(t, "</fieldset>\n");
}

static void
add_colours(struct text *t, const struct phone_form *f)
{
    html_add(t, "<fieldset class=\"choices\">\n<legend>Colour</legend>\n");
    for (int i = 0; i <= COLOUR_BLUE; i++)
        add_choice(t, "colour", postit_record_colours[i], colour_words[i],
                   postit_record_colours[i],
                   strcmp(f->colour, postit_record_colours[i]) == 0);
    html_add(t, "</fieldset>\n");
}

static void
add_question(struct text *t, const struct phone *p, const struct phone_form *f)
{
    const struct item *q = p->question;
    if (!q)
        return;
    html_format(t,
                "<p><label class=\"choice about\"><input type=\"checkbox\" "
                "name=\"answers\" value=\"%s\"",
                q->id);
    if (strcmp(f->answers, q->id) == 0)
        html_add(t, " checked");
    html_format(t,
                "><span>It is an answer to this Thursday\xE2\x80\x99s "
                "question: <q dir=\"auto\">%s</q></span></label></p>\n",
                *q->text ? q->text : q->title);
}

/* ---- the form ----------------------------------------------------------- */

static void
add_fields(struct text *t, const struct phone *p, const struct phone_form *f)
{
    pages_add_field(t, &(struct pages_field){.name = "text",
                                             .label = "Your post-it",
                                             .hint = "140 letters at most.",
                                             .wrong = f->wrong_text,
                                             .value = f->text,
                                             .most = COMPOSE_TEXT_LETTERS,
                                             .is_required = true,
                                             .lines = 4});
    html_add(t, "<p><strong>No pupils\xE2\x80\x99 names, please.</strong>"
                "</p>\n");
    add_question(t, p, f);
    add_sorts(t, f);
    add_colours(t, f);
    pages_add_field(
        t, &(struct pages_field){.name = "author",
                                 .label = "Your name, if you like",
                                 .hint = "Staff of all our schools can read "
                                         "it.",
                                 .wrong = f->wrong_author,
                                 .value = f->author,
                                 .most = COMPOSE_NAME_LETTERS});
}

static const char *
who_else(const struct phone *p)
{
    return moderation_is_on(p->hub, p->r->arena)
               ? "Once somebody has read it, the other schools see it too."
               : "The other schools see it too.";
}

void
phone_form_show(struct phone *p, const struct phone_form *f)
{
    struct text *t = &p->a->body;
    bool is_wrong = f->failed || f->wrong_text || f->wrong_author;
    int status = !is_wrong ? 200 : f->status ? f->status : 422;
    begin(p, "Write a post-it", status, is_wrong);
    if (f->failed)
        html_format(t, "<p class=\"said bad\" role=\"alert\">%s</p>\n",
                    f->failed);
    html_format(t,
                "<p class=\"lead\">For the board at <bdi>%s</bdi>. %s</p>\n"
                "<div class=\"card small paper\">\n",
                school_of(p), who_else(p));
    page_form(p->hub, p->a, address_of(p));
    html_format(t,
                "<input type=\"hidden\" name=\"id\" value=\"%s\">"
                "<input type=\"hidden\" name=\"proof\" value=\"%s\">\n",
                f->id, f->proof);
    add_fields(t, p, f);
    html_add(t, "<p class=\"buttons\"><button class=\"main\">Post it</button>"
                "</p>\n</form>\n</div>\n"
                "<script src=\"/web/phone.js\" defer></script>\n");
    page_end(p->hub, p->a);
}

/* ---- afterwards --------------------------------------------------------- */

static void
add_take_back(struct phone *p, const struct hub_postit *written)
{
    struct text *t = &p->a->body;
    char proof[PHONE_PROOF_BYTES];
    phone_proof_make(p->hub, "back", p->device.number, written->id, proof);
    page_form(p->hub, p->a,
              arena_format(p->r->arena, "/post/%s/%s", p->token, written->id));
    html_format(t,
                "<input type=\"hidden\" name=\"proof\" value=\"%s\">\n"
                "<p class=\"buttons\"><button>Take it back</button></p>\n"
                "</form>\n",
                proof);
}

void
phone_form_thank(struct phone *p, const struct hub_postit *written,
                 int64_t left_s)
{
    struct text *t = &p->a->body;
    begin(p, "Thank you", 200, false);
    html_format(t,
                "<div class=\"card small\">\n<blockquote class=\"postit %s\">"
                "<p dir=\"auto\">%s</p></blockquote>\n",
                postit_record_colours[written->colour], written->text);
    html_format(t,
                "<p>It is on its way to the board at <bdi>%s</bdi>, and there "
                "within a minute or so. %s</p>\n",
                school_of(p), who_else(p));
    if (left_s > 0) {
        html_add(t, "<p>If you would rather not: in its first minute you can "
                    "take it back.</p>\n");
        add_take_back(p, written);
    }
    html_format(t, "<p><a class=\"button\" href=\"%s\">Write another</a></p>\n",
                address_of(p));
    html_add(t, "</div>\n");
    page_end(p->hub, p->a);
}

void
phone_form_say(struct phone *p, int status, const char *title,
               const char *words, bool may_go_on)
{
    struct text *t = &p->a->body;
    begin(p, title, status, false);
    html_format(t, "<div class=\"card small\">\n<p>%s</p>\n", words);
    if (may_go_on)
        html_format(t,
                    "<p><a class=\"button\" href=\"%s\">Write a post-it</a>"
                    "</p>\n",
                    address_of(p));
    html_add(t, "</div>\n");
    page_end(p->hub, p->a);
}
