#include "hub/preview_page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/feed.h"
#include "core/feed_kind.h"
#include "core/running_order.h"
#include "core/wording.h"
#include "hub/accounts.h"
#include "hub/content_time.h"
#include "hub/form.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"

#define WAIT_MS 20000 // for the pictures, before the page comes without them
#define FIRST_YEAR 2000
#define LAST_YEAR 2099
#define PAGE "/this-week"

static const char *const kind_words[KIND_COUNT] = {
    [KIND_PURPOSE] = "Purpose",     [KIND_QUESTION] = "Thinking-Thursday",
    [KIND_IDEA] = "Idea",           [KIND_POSTIT] = "Post-its",
    [KIND_MEETING] = "Meetings",    [KIND_SCRAPBOOK] = "Scrapbook",
    [KIND_IMPACT] = "Impact story",
};

/* ---- what was chosen ---------------------------------------------------- */

static enum preview_shape
read_shape(const char *name)
{
    for (int i = 0; i < PREVIEW_SHAPE_COUNT; i++)
        if (strcmp(preview_shapes[i].name, name) == 0)
            return (enum preview_shape) i;
    return PREVIEW_SHAPE_COUNT;
}

static void
read_moment(struct preview_view *v)
{
    int32_t day = day_parse(v->day);
    int minute = minute_parse(v->time);
    int year =
        day == DAY_NONE ? 0 : local_time(NULL, (int64_t) day * DAY_S).year;
    if (day == DAY_NONE)
        v->wrong_day = "That is no date. Write it as 2026-11-26.";
    else if (year < FIRST_YEAR || year > LAST_YEAR)
        v->wrong_day = "Choose a day from 2000 to 2099.";
    if (minute < 0 || minute >= 24 * 60)
        v->wrong_time = "That is no time. Write it as 15:45.";
    if (v->wrong_day || v->wrong_time)
        return;
    v->is_asked =
        content_moment(v->published->zone, day, minute, TIME_NONE, &v->at_s);
    if (!v->is_asked)
        v->wrong_time = "The clocks go forward that night, and leave this time "
                        "out. Choose another.";
}

/* What stands behind the ?; before anything was chosen it is now. */
static void
read_choice(struct hub *hub, const struct http_request *r,
            struct preview_view *v)
{
    struct problem why;
    struct form form = {0};
    struct local l = local_time(v->published->zone, hub->now.wall_s);
    bool is_read = form_read(&form, r->arena, r->query, strlen(r->query), &why);
    v->day = content_day_value(r->arena, l.day);
    v->time = content_minute_value(r->arena, l.minute);
    if (!is_read || !form_has(&form, "day"))
        return;
    v->day = form_value(&form, "day");
    v->time = form_value(&form, "time");
    v->shape = read_shape(form_value(&form, "screen"));
    if (v->shape == PREVIEW_SHAPE_COUNT)
        v->shape = PREVIEW_WIDE;
    read_moment(v);
}

static void
draw(struct hub *hub, struct preview_view *v)
{
    struct hub_feed_bytes feed;
    struct problem why;
    v->state = PREVIEW_FAILED;
    // Who may not see names must not see them in a picture either.
    bool is_nameless = !accounts_sees_names(hub);
    if (!hub_feed_read(hub, is_nameless ? NULL : "", &feed))
        return;
    struct preview_wish wish = {
        .feed = {feed.bytes, feed.len},
        .change = feed.change,
        .minute = v->at_s / 60,
        .shape = v->shape,
        .is_nameless = is_nameless,
    };
    v->change = feed.change;
    v->state = preview_draw(hub->preview, &wish, hub->now.mono_ms, &v->drawing);
    if (v->state == PREVIEW_FAILED || v->state == PREVIEW_NO_PROGRAM)
        v->board = feed_read(&wish.feed, 1, TIME_NONE, NULL, NULL, &why);
}

bool
preview_page_open(struct hub *hub, const struct http_request *r,
                  struct http_answer *a, const struct board *published,
                  struct preview_view *v)
{
    *v = (struct preview_view){.published = published, .day = "", .time = ""};
    if (!published)
        return true;
    read_choice(hub, r, v);
    if (!v->is_asked)
        return true;
    draw(hub, v);
    bool must_wait = v->state == PREVIEW_UNDER_WAY || v->state == PREVIEW_BUSY;
    if (must_wait && r->may_wait)
        a->wait_ms = WAIT_MS;
    return a->wait_ms == 0;
}

void
preview_page_close(struct preview_view *v)
{
    board_free(v->board);
    *v = (struct preview_view){0};
}

/* ---- the form ----------------------------------------------------------- */

static void
add_form(struct text *t, const struct preview_view *v)
{
    html_add(t, "<form class=\"moment\" action=\"" PAGE "#slides\">\n");
    pages_add_field(t, &(struct pages_field){.name = "day",
                                             .label = "Day",
                                             .type = "date",
                                             .wrong = v->wrong_day,
                                             .value = v->day,
                                             .is_required = true});
    pages_add_field(t, &(struct pages_field){.name = "time",
                                             .label = "Time",
                                             .type = "time",
                                             .wrong = v->wrong_time,
                                             .value = v->time,
                                             .is_required = true});
    html_add(t, "<div class=\"field\">\n<label for=\"screen\">Screen</label>\n"
                "<select id=\"screen\" name=\"screen\">\n");
    for (int i = 0; i < PREVIEW_SHAPE_COUNT; i++) {
        html_format(t, "<option value=\"%s\"", preview_shapes[i].name);
        if (i == (int) v->shape)
            html_add(t, " selected");
        html_format(t, ">%s</option>\n", preview_shapes[i].words);
    }
    html_add(t,
             "</select>\n</div>\n<p class=\"buttons\"><button class=\"main\">"
             "Show the slides</button></p></form>\n");
}

/* ---- pictures ----------------------------------------------------------- */

static const char *
words_of_kind(const char *kind)
{
    enum item_kind known;
    return feed_kind_from_name(kind, &known) ? kind_words[known] : "Notice";
}

static const char *
words_of_seconds(struct arena *a, int seconds)
{
    if (seconds < 90)
        return arena_format(a, "%d seconds", seconds);
    return arena_format(a, "%d minutes %d seconds", seconds / 60, seconds % 60);
}

static const char *
alt_words(struct arena *a, const struct preview_slide *s)
{
    if (!*s->title)
        return "Nothing is up at that time.";
    if (s->item_count > 1)
        return arena_format(a, "%d entries, the first: %s", s->item_count,
                            s->title);
    return s->title;
}

static void
add_picture(struct text *t, struct arena *a, const struct preview_view *v,
            int number)
{
    const struct preview_picture *p = &v->drawing->pictures[number];
    const struct preview_slide *s = &v->drawing->slides[p->slide];
    const struct preview_shape_row *shape = &preview_shapes[v->shape];
    html_format(t,
                "<li><figure><img src=\"/preview/%lld/%lld/%s/%d\" "
                "width=\"%d\" height=\"%d\"",
                (long long) v->change, (long long) (v->at_s / 60), shape->name,
                number + 1, shape->w, shape->h);
    html_attribute(t, "alt", alt_words(a, s));
    html_format(t, ">\n<figcaption><strong>%s</strong>",
                words_of_kind(s->kind));
    if (s->page_count > 1)
        html_format(t, ", page %d of %d", p->page + 1, s->page_count);
    if (s->dwell_ms)
        html_format(t, ", <span class=\"soft\">for %s</span>",
                    words_of_seconds(a, (s->dwell_ms + 500) / 1000));
    html_add(t, "</figcaption></figure></li>\n");
}

static void
add_pictures(struct text *t, struct arena *a, const struct preview_view *v)
{
    const struct preview_drawing *d = v->drawing;
    int sum_ms = 0;
    for (int i = 0; i < d->picture_count; i++)
        sum_ms += d->slides[d->pictures[i].slide].dwell_ms;
    html_format(t, "<p>%s at %s, on a screen of no particular school.",
                wording_date(a, v->published->zone, v->at_s),
                wording_time(a, v->published->zone, v->at_s));
    if (sum_ms)
        html_format(t, " Once through takes %s.",
                    words_of_seconds(a, (sum_ms + 500) / 1000));
    html_format(t, "</p>\n<ol class=\"slides%s\">\n",
                v->shape == PREVIEW_UPRIGHT ? " upright" : "");
    for (int i = 0; i < d->picture_count; i++)
        add_picture(t, a, v, i);
    html_add(t, "</ol>\n");
}

/* ---- in words ----------------------------------------------------------- */

static void
add_slide_words(struct text *t, const struct slide *s)
{
    const struct item *first = s->items[0];
    html_format(t, "<li><strong>%s</strong>: <bdi>%s</bdi>",
                kind_words[first->kind],
                *first->title ? first->title : first->text);
    if (s->item_count > 1)
        html_format(t, " and %d more", s->item_count - 1);
    html_add(t, "</li>\n");
}

static void
add_words(struct text *t, struct arena *a, const struct preview_view *v)
{
    struct running_order *order = arena_alloc(a, sizeof *order);
    struct now then = {.wall_s = v->at_s, .is_trusted = true};
    if (!v->board)
        return;
    running_order_make(order, a, v->board, "", then);
    if (order->count == 0) {
        html_add(t, "<p>Nothing is up at that time.</p>\n");
        return;
    }
    html_format(t, "<p>%s at %s it is, in this order:</p>\n<ol>\n",
                wording_date(a, v->published->zone, v->at_s),
                wording_time(a, v->published->zone, v->at_s));
    for (int i = 0; i < order->count; i++)
        add_slide_words(t, &order->slides[i]);
    html_add(t, "</ol>\n");
}

static void
add_look_again(struct text *t, const struct http_request *r)
{
    html_add(t, "<p role=\"status\">The slides are still being drawn.</p>\n"
                "<p><a class=\"button\"");
    html_link(t, arena_format(r->arena, PAGE "?%s#slides", r->query));
    html_add(t, ">Look again</a></p>\n");
}

static void
add_slides(struct text *t, const struct http_request *r,
           const struct preview_view *v)
{
    switch (v->state) {
    case PREVIEW_DRAWN:
        add_pictures(t, r->arena, v);
        return;
    case PREVIEW_UNDER_WAY:
    case PREVIEW_BUSY:
        add_look_again(t, r);
        return;
    case PREVIEW_FAILED:
        html_add(t, "<p class=\"said bad\" role=\"alert\">The slides could not "
                    "be drawn; the hub\xE2\x80\x99s log has the reason.</p>\n");
        break;
    case PREVIEW_NO_PROGRAM:
        html_add(t, "<p>The screens\xE2\x80\x99 own program is not installed "
                    "where the hub runs, so there are no pictures.</p>\n");
        break;
    }
    add_words(t, r->arena, v);
}

void
preview_page_add(const struct http_request *r, struct http_answer *a,
                 const struct preview_view *v)
{
    struct text *t = &a->body;
    if (!v->published)
        return;
    html_add(t, "<section class=\"card\" aria-labelledby=\"slides\">\n"
                "<h2 id=\"slides\">What the screens show</h2>\n"
                "<p>Choose a day and a time to see the slides as they would "
                "stand then, with what is published now.</p>\n");
    add_form(t, v);
    if (v->is_asked)
        add_slides(t, r, v);
    html_add(t, "</section>\n");
}

/* ---- one picture -------------------------------------------------------- */

void
preview_page_picture(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a)
{
    struct preview_wish wish = {
        .change = strtoll(m->values[0], NULL, 10),
        .minute = strtoll(m->values[1], NULL, 10),
        .shape = read_shape(m->values[2]),
        .is_nameless = !accounts_sees_names(hub),
    };
    long long number = strtoll(m->values[3], NULL, 10);
    const struct preview_drawing *d =
        wish.shape == PREVIEW_SHAPE_COUNT
            ? NULL
            : preview_kept(hub->preview, &wish, hub->now.mono_ms);
    if (!d || number < 1 || number > d->picture_count ||
        !preview_read(hub->preview, d, (int) number - 1, &a->body)) {
        routes_refuse(r, a, 404, "This picture is not kept any more",
                      "Go back to This week and show the slides again.");
        return;
    }
    a->status = 200;
    a->type = "image/png";
}
