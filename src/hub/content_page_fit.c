#include "core/date.h"
#include "core/feed_write.h"
#include "hub/content_page_part.h"
#include "hub/content_time.h"
#include "hub/hub.h"

#define WAIT_MS 10000
#define NOON (12 * 60)
#define BEFORE_MEETING_S 3600

/* Of a usual screen, which the program takes a screen for that it knows nothing
   about: 43 inch, 1920 x 1080, read from three metres. */
#define MM_FROM_PX(px) ((int) ((px) *43 * 25.4 / 2202.9 + 0.5))
#define SMALL_CAP_PX 41 // with 39 it is as small as that program ever writes

/* When a screen would show it. */
static int64_t
moment_of(const struct content_page *p, const struct item *item)
{
    int32_t day = DAY_NONE;
    int64_t at_s = p->hub->now.wall_s;
    switch (item->kind) {
    case KIND_QUESTION:
        day = item->on;
        break;
    case KIND_IDEA:
        day = item->week;
        break;
    case KIND_MEETING:
        day = item->is_all_day ? item->starts_day : DAY_NONE;
        if (!item->is_all_day && item->starts_s != TIME_NONE)
            at_s = item->starts_s - BEFORE_MEETING_S;
        break;
    case KIND_PURPOSE:
    case KIND_POSTIT:
    case KIND_SCRAPBOOK:
    case KIND_IMPACT:
        break;
    }
    if (day != DAY_NONE)
        (void) content_moment(p->content.board.zone, day, NOON, TIME_NONE,
                              &at_s);
    return at_s;
}

/* A board with nothing else on it, so that what is measured is this entry. */
static void
write_alone(struct text *out, const struct content_page *p,
            const struct item *item, int64_t at_s)
{
    struct board board = p->content.board;
    struct item alone = *item;
    struct item nothing = content_new_item(item->kind);
    if (!*alone.id)
        alone.id = "new";
    if (alone.published_s == TIME_NONE)
        alone.published_s = at_s;
    alone.window = nothing.window;
    alone.school_count = 0;
    board.items = &alone;
    board.item_count = 1;
    feed_write_board(out, &board,
                     &(struct feed_write_options){.has_names = true});
}

static bool
has_one_page(const struct item *item)
{
    return item->kind == KIND_QUESTION || item->kind == KIND_IDEA;
}

/* The board's and the meetings' words are small by design. */
static bool
is_for_across_the_room(const struct item *item)
{
    return has_one_page(item) || item->kind == KIND_PURPOSE;
}

static void
judge(struct content_page *p, const struct item *item,
      const struct preview_drawing *d)
{
    const struct preview_slide *s = d->slide_count > 0 ? &d->slides[0] : NULL;
    struct arena *a = p->r->arena;
    if (d->is_cut)
        content_page_warn(p, NULL,
                          "Some of these words have no room on a screen and "
                          "would be left out there. Make it shorter, or save "
                          "it all the same.");
    else if (s && has_one_page(item) && s->page_count > 1)
        content_page_warn(
            p, NULL,
            arena_format(a,
                         "This is too long for one page: on a screen it takes "
                         "%d, with letters %d mm high on a wall. Make it "
                         "shorter, or save it all the same.",
                         s->page_count, MM_FROM_PX(s->cap_px)));
    else if (s && is_for_across_the_room(item) && s->cap_px > 0 &&
             s->cap_px < SMALL_CAP_PX)
        content_page_warn(
            p, NULL,
            arena_format(a,
                         "These words would be small on a wall: letters %d mm "
                         "high on a 43-inch screen, which can just be read "
                         "from three metres. Make it shorter, or save it all "
                         "the same.",
                         MM_FROM_PX(s->cap_px)));
}

void
content_page_judge_fit(struct content_page *p, const struct item *item)
{
    const struct preview_drawing *d = NULL;
    struct text document = {0};
    if (form_has(&p->form, "anyway"))
        return;
    int64_t at_s = moment_of(p, item);
    write_alone(&document, p, item, at_s);
    struct preview_wish wish = {
        .feed = {text_string(&document), document.len},
        .minute = at_s / 60,
    };
    switch (preview_measure(p->hub->preview, &wish, p->hub->now.mono_ms, &d)) {
    case PREVIEW_DRAWN:
        judge(p, item, d);
        break;
    case PREVIEW_UNDER_WAY:
    case PREVIEW_BUSY:
        p->is_waiting = p->r->may_wait;
        if (p->is_waiting)
            p->a->wait_ms = WAIT_MS;
        else if (p->long_sentence)
            content_page_warn(p, p->long_field, p->long_sentence);
        break;
    case PREVIEW_FAILED:
    case PREVIEW_NO_PROGRAM:
        if (p->long_sentence)
            content_page_warn(p, p->long_field, p->long_sentence);
        break;
    }
    text_destroy(&document);
}
