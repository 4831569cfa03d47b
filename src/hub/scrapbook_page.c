#include "hub/scrapbook_page.h"

#include <string.h>
#include <strings.h>

#include "base/zone.h"
#include "core/date.h"
#include "hub/content_credit.h"
#include "hub/content_from.h"
#include "hub/content_page.h"
#include "hub/content_time.h"
#include "hub/html.h"
#include "hub/hub.h"

#define NOON (DAY_S / 2)
#define HTTPS "https://"
#define WORDS_SHOWN 400 // bytes of an entry in the list

static const struct content_field kind_field = {.name = "kind",
                                                .label = "What it is"};
static const struct content_field title_field = {
    .name = "title",
    .label = "Title",
    .input = CONTENT_LINE,
    .most = 300,
    .legible = 60,
    .missing = "Give it a title.",
};
static const struct content_field words_field = {
    .name = "words",
    .label = "Words",
    .help = "One page of the book: up to 2,000 characters. A screen shows "
            "about 300 at a time, and goes on to the rest.",
    .input = CONTENT_LINES,
    .most = 2000,
};
static const struct content_field who_field = {
    .name = "who",
    .label = "Who",
    .help = "As it should stand below it. May be left empty.",
    .input = CONTENT_LINE,
    .most = 120,
    .legible = 40,
};
static const struct content_field date_field = {
    .name = "date",
    .label = "When it was",
    .help = "Its place in the book. Empty is today.",
    .input = CONTENT_DATE,
};
static const struct content_field photo_field = {
    .name = "photo",
    .label = "Address of a photo",
    .help = "Beginning with https://, for the screens. May be left empty.",
    .input = CONTENT_LINE,
    .most = 1000,
};
static const struct content_field from_field = {
    .name = "show_from",
    .label = "Show it on the screens from",
    .help = "Empty is at once.",
    .input = CONTENT_DATE,
};
static const struct content_field until_field = {
    .name = "show_until",
    .label = "Show it on the screens until",
    .help = "The last day. It stays in the book afterwards. Empty is until "
            "three newer ones are there.",
    .input = CONTENT_DATE,
};
static const struct content_field public_field = {
    .name = "public",
    .label = "Visitors to a school may see it",
    .input = CONTENT_TICK,
};

/* ---- days --------------------------------------------------------------- */

/* Of a window's edge; `is_last` for one that is no part of it any more. */
static int32_t
day_of_edge(const struct content_page *p, int64_t edge_s, bool is_last)
{
    if (edge_s == TIME_NONE)
        return DAY_NONE;
    return local_time(p->content.board.zone, edge_s - is_last).day;
}

static int64_t
edge_of_day(const struct content_page *p, int32_t day)
{
    return zone_to_utc(p->content.board.zone, (int64_t) day * DAY_S);
}

static int32_t
day_it_was(const struct content_page *p, const struct item *item)
{
    return item->published_s == TIME_NONE
               ? p->today
               : local_time(p->content.board.zone, item->published_s).day;
}

/* ---- the form ----------------------------------------------------------- */

static const char *
name(struct content_page *p, const struct item *item)
{
    return arena_format(p->r->arena, "the page \xE2\x80\x9C%.120s\xE2\x80\x9D",
                        item->title);
}

/* A time of day that is known already stays, also that of a new one. */
static void
take_date(struct content_page *p, struct item *item)
{
    int32_t day = content_page_take_day(p, &date_field);
    if (day == DAY_NONE || day == day_it_was(p, item))
        return;
    if (day > p->today)
        content_page_complain(p, date_field.name,
                              "That day is still to come. Write when it was; "
                              "screens may show it later all the same.");
    item->published_s = edge_of_day(p, day) + NOON;
}

static void
take_photo(struct content_page *p, struct item *item)
{
    const char *address = content_page_take(p, &photo_field);
    bool is_plain = strncasecmp(address, HTTPS, strlen(HTTPS)) == 0 &&
                    address[strlen(HTTPS)];
    for (const char *c = address; *c; c++)
        is_plain &= *c > ' ' && *c <= '~';
    // One that came with a feed may be anything, and is left as it is.
    if (*address && !is_plain && strcmp(address, item->image) != 0)
        content_page_complain(p, photo_field.name,
                              "Screens fetch photos only from addresses that "
                              "begin with https:// and have no blanks. Open "
                              "the photo in a browser and copy its address.");
    item->image = address;
}

static void
take_window(struct content_page *p, struct item *item)
{
    int32_t from = content_page_take_day(p, &from_field);
    int32_t until = content_page_take_day(p, &until_field);
    if (from != DAY_NONE && until != DAY_NONE && until < from)
        content_page_complain(p, until_field.name,
                              "The last day is before the first.");
    // An hour that came with a feed stays where its day does.
    if (from != day_of_edge(p, item->window.from_s, false))
        item->window.from_s =
            from == DAY_NONE ? TIME_NONE : edge_of_day(p, from);
    if (until != day_of_edge(p, item->window.until_s, true))
        item->window.until_s =
            until == DAY_NONE ? TIME_NONE : edge_of_day(p, until + 1);
}

static void
take(struct content_page *p, struct item *item)
{
    bool is_impact = strcmp(form_value(&p->form, kind_field.name),
                            kind_names[KIND_IMPACT]) == 0;
    item->kind = is_impact ? KIND_IMPACT : KIND_SCRAPBOOK;
    item->title = content_page_take(p, &title_field);
    item->has_own_title = true;
    item->text = content_page_take(p, &words_field);
    item->author = content_page_take_name(p, &who_field, item->author);
    content_credit_take_school(p, item);
    take_date(p, item);
    take_photo(p, item);
    take_window(p, item);
    item->is_public = form_has(&p->form, public_field.name);
}

static void
fill(struct content_page *p, struct item *item)
{
    item->title = content_from_title(p);
    item->text = content_from_words(p);
    item->author = content_from_author(p);
    item->school = content_from_school(p);
    item->published_s = p->from->made_s;
}

static void
write_kinds(struct content_page *p, const struct item *item)
{
    const char *chosen = kind_names[item->kind];
    content_page_select(p, &kind_field);
    content_page_option(p, &kind_field, kind_names[KIND_SCRAPBOOK],
                        "From the scrapbook", chosen);
    content_page_option(p, &kind_field, kind_names[KIND_IMPACT],
                        "What changed: what came of working together", chosen);
    content_page_end_select(p);
}

static void
write_day(struct content_page *p, const struct content_field *field,
          int32_t day)
{
    content_page_field(p, field, content_day_value(p->r->arena, day));
}

static void
write_fields(struct content_page *p, const struct item *item)
{
    write_kinds(p, item);
    content_page_field(p, &title_field, item->title);
    content_page_field(p, &words_field, item->text);
    content_page_name_field(p, &who_field, item->author);
    content_credit_write_school(p, item);
    write_day(p, &date_field, day_it_was(p, item));
    content_page_field(p, &photo_field, item->image);
    write_day(p, &from_field, day_of_edge(p, item->window.from_s, false));
    write_day(p, &until_field, day_of_edge(p, item->window.until_s, true));
    content_page_field(p, &public_field, item->is_public ? "yes" : "");
}

/* ---- the list ----------------------------------------------------------- */

static int
newest_first(const void *one, const void *other)
{
    const struct item *const *a = one, *const *b = other;
    if ((*a)->published_s != (*b)->published_s)
        return (*a)->published_s < (*b)->published_s ? 1 : -1;
    return (*a)->order - (*b)->order;
}

static const char *
screen_words(struct content_page *p, const struct item *item)
{
    int64_t now_s = p->hub->now.wall_s;
    int32_t from = day_of_edge(p, item->window.from_s, false);
    int32_t until = day_of_edge(p, item->window.until_s, true);
    if (item->window.until_s != TIME_NONE && item->window.until_s <= now_s)
        return "In the book, no longer on the screens";
    if (item->window.from_s != TIME_NONE && item->window.from_s > now_s)
        return arena_format(p->r->arena, "On the screens from %s",
                            content_page_day(p, from));
    if (until != DAY_NONE)
        return arena_format(p->r->arena, "On the screens until %s",
                            content_page_day(p, until));
    return "On the screens";
}

/* A whole page of them is folded away. */
static void
write_words(struct content_page *p, const struct item *item)
{
    struct text *t = &p->a->body;
    bool is_long = strlen(item->text) > WORDS_SHOWN;
    if (is_long)
        html_add(t, "<details><summary>Its words</summary>\n");
    content_page_words(p, item->text);
    if (is_long)
        html_add(t, "</details>\n");
}

static void
write_entry(struct content_page *p, const struct item *item)
{
    struct text *t = &p->a->body;
    content_page_begin_row(p, item->title);
    if (item->kind == KIND_IMPACT)
        html_add(t, "<p><strong>What changed</strong></p>\n");
    write_words(p, item);
    content_credit_line(p, item);
    html_format(t, "<p class=\"soft\">%s. %s%s.</p>\n",
                content_page_day(p, day_it_was(p, item)), screen_words(p, item),
                item->is_public ? ", visitors may see it" : "");
    content_page_end_row(p, item);
}

static void
write_list(struct content_page *p)
{
    struct text *t = &p->a->body;
    const struct item *const *list;
    int count = content_page_pick(p, &list, NULL, newest_first);
    html_add(t, "<section class=\"card\"><h2>In the scrapbook</h2>\n");
    if (count)
        html_add(t, "<p><a class=\"button\" href=\"/scrapbook/book\">Print it "
                    "as a book</a></p>\n");
    else
        html_add(t, "<p>There is nothing in it yet. Write a page below, or "
                    "keep a post-it.</p>\n");
    for (int i = 0; i < count; i++)
        write_entry(p, list[i]);
    html_add(t, "</section>\n");
}

static const struct content_editor editor = {
    .path = "/scrapbook",
    .title = "Scrapbook",
    .add_title = "Add a page",
    .kind = KIND_SCRAPBOOK,
    .also = KIND_IMPACT,
    .letter = SCRAPBOOK_LETTER,
    .name = name,
    .take = take,
    .write_fields = write_fields,
    .write_list = write_list,
    .fill = fill,
    .from_title = "Keep it in the scrapbook",
    .from_noun = "the scrapbook page",
    .from_deed = "kept in the scrapbook",
};

void
scrapbook_page_get(struct hub *hub, const struct http_request *r,
                   const struct route_match *m, struct http_answer *a)
{
    content_page_get(&editor, hub, r, m, a);
}

void
scrapbook_page_post(struct hub *hub, const struct http_request *r,
                    const struct route_match *m, struct http_answer *a)
{
    content_page_post(&editor, hub, r, m, a);
}
