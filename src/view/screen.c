#include "view/screen.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "core/wording.h"
#include "view/palette.h"
#include "view/slides.h"

#define DOTS_MOST 14 // more slides than this are a bar, not dots

struct colours { // of what stands around a slide
    uint32_t ground, title, clock, dot, dot_now, button, button_text;
};

static const struct colours on_paper = {PAPER, INK_SOFT, INK, QUIET,
                                        INK,   INK,      CARD};
static const struct colours on_teal = {
    TEAL, ON_TEAL_SOFT, ON_TEAL_SOFT, TEAL_QUIET, CARD, SUN, INK};

static const struct {
    slide_draw *draw;
    const struct colours *colours;
    const char *button;
    enum target_kind button_target;
} slides[] = {
    [SLIDE_PURPOSE] = {slide_purpose_draw, &on_teal, "Add a post-it",
                       TARGET_ADD_POSTIT},
    [SLIDE_QUESTION] = {slide_question_draw, &on_paper, "Answer this",
                        TARGET_ANSWER},
    [SLIDE_IDEA] = {slide_idea_draw, &on_paper, "Add a post-it",
                    TARGET_ADD_POSTIT},
    [SLIDE_BOARD] = {slide_board_draw, &on_paper, "Add a post-it",
                     TARGET_ADD_POSTIT},
    [SLIDE_MEETINGS] = {slide_meetings_draw, &on_paper, "Add a post-it",
                        TARGET_ADD_POSTIT},
    [SLIDE_SCRAPBOOK] = {slide_idea_draw, &on_paper, "Add a post-it",
                         TARGET_ADD_POSTIT},
    [SLIDE_IMPACT] = {slide_idea_draw, &on_paper, "Add a post-it",
                      TARGET_ADD_POSTIT},
};

/* "as of Tuesday 08:12" once the feed is old, else "". A screen the hub has
   to be told of says so in this place, and goes on with the board it has. */
static const char *
age_of_feed(struct sheet *s)
{
    const struct scene *scene = s->scene;
    if (scene->hub.is_pairing && *scene->hub.code && scene->board &&
        !scene->is_for_visitors)
        return arena_format(s->arena, "add this screen at the hub: %s",
                            slide_pairing_code(s->arena, scene->hub.code));
    if (!scene->is_stale || !scene->good_s || !scene->now.is_trusted)
        return "";
    return wording_as_of(s->arena, scene->zone, scene->good_s, scene->now);
}

/* Everybody knows which partnership it is; not that the board is old. */
static const char *
with_age(struct sheet *s, const char *title, int most_w)
{
    const struct theme *t = s->theme;
    const char *age = age_of_feed(s);
    const char *both = arena_format(s->arena, "%s  ·  %s", title, age);
    int px = fit_width_px(t->ruler, FONT_STRONG, both, t->title_px, most_w);
    return px < t->title_px ? age : both;
}

static void
draw_header(struct sheet *s, const struct colours *c)
{
    const struct theme *t = s->theme;
    const struct scene *scene = s->scene;
    struct rect line = t->header;
    int used = 0;
    if (!scene->now.is_trusted) {
        used = sheet_line(s, "time not set yet", FONT_STRONG, t->date_px, line,
                          ALIGN_RIGHT, c->title);
    } else {
        const struct zone *zone = scene->zone;
        int64_t wall_s = scene->now.wall_s;
        used = sheet_line(s, wording_time(s->arena, zone, wall_s), FONT_STRONG,
                          t->clock_px, line, ALIGN_RIGHT, c->clock);
        struct rect left = line;
        left.w -= used + t->date_px * 4 / 5;
        if (t->layout != LAYOUT_TALL)
            used +=
                t->date_px * 4 / 5 +
                sheet_line(s, wording_date(s->arena, zone, wall_s), FONT_STRONG,
                           t->date_px, left, ALIGN_RIGHT, c->title);
    }
    line.w -= used + t->title_px;
    const char *title = scene->board ? scene->board->title : "Staffroom";
    if (t->layout != LAYOUT_WIDE && *age_of_feed(s)) // no room in its footer
        title = with_age(s, title, line.w);
    sheet_line(s, title, FONT_STRONG, t->title_px, line, ALIGN_LEFT, c->title);
}

struct button {
    const char *words;
    enum target_kind target;
    enum { BUTTON_PLAIN, BUTTON_ADDS, BUTTON_QUIET } look;
};

static void
draw_plus(struct sheet *s, struct rect box, uint32_t ink)
{
    int line = box.w / 8 > 1 ? box.w / 8 : 1, side = box.w;
    int x = box.x + side / 2, y = box.y + box.h / 2;
    draw_box(s->list, (struct rect){x - side / 2, y - line / 2, side, line},
             line / 2, ink);
    draw_box(s->list, (struct rect){x - line / 2, y - side / 2, line, side},
             line / 2, ink);
}

/* At the right end of `line`. Returns its width. */
static int
draw_button(struct sheet *s, const struct colours *c, struct rect line,
            const struct button *button)
{
    const struct theme *t = s->theme;
    const char *shown;
    struct fit f = fit_one_line(t->ruler, s->arena, button->words, t->button_px,
                                FONT_STRONG, t->footer.w / 2, &shown);
    int h = line.h, px = t->button_px, pad = px * 11 / 10;
    int plus = button->look == BUTTON_ADDS ? px * 9 / 10 : 0;
    int lead = plus + (plus ? px * 3 / 4 : 0);
    int w = pad + lead + f.width_px + pad;
    struct rect box = {line.x + line.w - w, line.y, w, h};
    uint32_t ink = c->button_text;
    if (button->look == BUTTON_QUIET) {
        ink = c->title;
        draw_bordered_box(s->list, box, h / 2, c->ground, theme_px(t, 3),
                          c->dot);
    } else {
        draw_box(s->list, box, h / 2, c->button);
    }
    if (plus)
        draw_plus(s, (struct rect){box.x + pad, box.y, plus, h}, ink);
    struct rect text = {box.x + pad + lead, box.y, f.width_px + 2, h};
    sheet_line(s, shown, FONT_STRONG, px, text, ALIGN_LEFT, ink);
    draw_target(s->list, button->target, 0, box);
    return w;
}

/* Marks of the round: the slide that is up is the long one. */
struct dots {
    int w, h, gap; // of one
    int count;     // 0: a bar instead of dots
    int all_w;
};

static struct dots
dots_of(const struct sheet *s, float design_w, float design_gap)
{
    const struct theme *t = s->theme;
    struct dots d = {.w = theme_px(t, design_w),
                     .gap = theme_px(t, design_gap),
                     .h = theme_px(t, t->layout == LAYOUT_WIDE ? 10 : 8),
                     .count = s->scene->order->count};
    if (d.count < 2)
        return (struct dots){0};
    d.all_w = d.w * (d.count + 1) + d.gap * (d.count - 1);
    if (d.count > DOTS_MOST) {
        d.count = 0;
        d.all_w = (d.w + d.gap) * 6;
    }
    return d;
}

static void
draw_dots(struct sheet *s, const struct colours *c, const struct dots *d, int x)
{
    const struct theme *t = s->theme;
    int count = s->scene->order->count, now = s->scene->slide;
    int y = t->footer.y + (t->footer.h - d->h) / 2;
    if (d->all_w > 0 && d->count == 0) {
        int part = d->all_w / count > d->h ? d->all_w / count : d->h;
        int at = (d->all_w - part) * now / (count - 1);
        draw_box(s->list, (struct rect){x, y, d->all_w, d->h}, d->h / 2,
                 c->dot);
        draw_box(s->list, (struct rect){x + at, y, part, d->h}, d->h / 2,
                 c->dot_now);
    }
    for (int i = 0; i < d->count; i++) {
        int w = i == now ? d->w * 2 : d->w;
        draw_box(s->list, (struct rect){x, y, w, d->h}, d->h / 2,
                 i == now ? c->dot_now : c->dot);
        x += w + d->gap;
    }
}

/* A visible place to touch for the page before or after: some panels never
   report a finger that moves. */
static int
draw_pager(struct sheet *s, const struct colours *c, int x, const char *sign,
           enum target_kind target)
{
    const struct theme *t = s->theme;
    int side = t->footer.h * 3 / 4;
    if (side < t->touch_px)
        side = t->touch_px < t->footer.h ? t->touch_px : t->footer.h;
    struct rect box = {x, t->footer.y + (t->footer.h - side) / 2, side, side};
    draw_ring(s->list, rect_grow(box, -side / 10), theme_px(t, 2), 1, c->title);
    struct rect in = box;
    in.y -= side / 14; // the sign hangs below the middle of its line
    sheet_line(s, sign, FONT_STRONG, side * 7 / 10, in, ALIGN_CENTRE, c->title);
    draw_target(s->list, target, 0, box);
    return x + side;
}

static int
draw_hold_ring(struct sheet *s, const struct colours *c, int x)
{
    const struct theme *t = s->theme;
    int side = t->footer.h / 2;
    struct rect ring = {x, t->footer.y + (t->footer.h - side) / 2, side, side};
    draw_ring(s->list, ring, theme_px(t, 5), s->scene->held_part, c->dot_now);
    return x + side;
}

static const char *
page_words(struct sheet *s, int page, bool is_short)
{
    if (s->page_count < 2)
        return "";
    return arena_format(s->arena, is_short ? "%d/%d" : "%d of %d", page + 1,
                        s->page_count);
}

/*
 * "Up on this board", where the position stands otherwise; where that has no
 * room, over the foot of the slide for the moment that it stays. True when it
 * took the footer.
 */
static bool
say(struct sheet *s, struct rect box)
{
    const struct theme *t = s->theme;
    const char *words = s->scene->said;
    int px = t->button_px, pad = px;
    float em =
        t->ruler->width_em(t->ruler->data, FONT_HEAVY, words, strlen(words));
    int w = (int) ceilf(em * (float) px);
    bool has_room = w + 2 * pad <= box.w;
    if (!has_room) {
        box.w = t->footer.w;
        box.y -= box.h + t->gap;
        px = fit_width_px(t->ruler, FONT_HEAVY, words, px, box.w - 2 * pad);
        w = (int) ceilf(em * (float) px);
    }
    struct rect pill = {box.x, box.y, w + 2 * pad, box.h};
    draw_box(s->list, pill, box.h / 2, LEAF);
    sheet_line(s, words, FONT_HEAVY, px,
               (struct rect){box.x + pad, box.y, w + 2, box.h}, ALIGN_LEFT,
               CARD);
    return has_room;
}

/*
 * Position left, button right. Where it gets narrow the page says "1/2", then
 * the dots shrink, then they go: which page it is matters more.
 */
static void
draw_footer(struct sheet *s, const struct colours *c, int page,
            const struct button *buttons, int button_count)
{
    const struct theme *t = s->theme;
    const struct scene *scene = s->scene;
    int right = t->footer.x + t->footer.w, gap = t->gap * 3 / 4;
    for (int i = 0; t->has_touch && i < button_count; i++) {
        struct rect line = {t->footer.x, t->footer.y, right - t->footer.x,
                            t->footer.h};
        right -= draw_button(s, c, line, &buttons[i]) + t->gap;
    }

    int x = t->footer.x;
    struct rect place = {x, t->footer.y, right - x, t->footer.h};
    if (*scene->said && say(s, place))
        return;
    bool is_open = scene->over != OVER_NOTHING;
    if (t->has_touch &&
        ((scene->order->count > 1 && !is_open) || s->page_count > 1)) {
        x -= t->footer.h * 3 / 40; // the ring, not its target, meets the margin
        x = draw_pager(s, c, x, "‹", TARGET_PREVIOUS);
        x = draw_pager(s, c, x, "›", TARGET_NEXT) + gap;
    }
    int ring_w = scene->is_held ? t->footer.h / 2 + gap : 0;

    bool is_wide = t->layout == LAYOUT_WIDE;
    struct dots dots = {0};
    if (!is_open)
        dots = dots_of(s, is_wide ? 44 : 22, is_wide ? 14 : 7);
    const char *words = page_words(s, page, false);
    for (int step = 0; step < 3; step++) {
        int words_w =
            (int) ceilf(t->ruler->width_em(t->ruler->data, FONT_STRONG, words,
                                           strlen(words)) *
                        (float) t->title_px);
        if (x + dots.all_w + gap + ring_w + words_w <= right)
            break;
        words = page_words(s, page, true);
        dots = step == 0   ? dots
               : step == 1 ? dots_of(s, is_wide ? 28 : 10, 6)
                           : (struct dots){0};
    }
    draw_dots(s, c, &dots, x);
    x += dots.all_w + (dots.all_w ? gap * 3 / 2 : 0);
    if (scene->is_held && x + t->footer.h / 2 <= right)
        x = draw_hold_ring(s, c, x) + gap;
    const char *age = is_wide ? age_of_feed(s) : "";
    if (*age)
        words =
            arena_format(s->arena, "%s%s%s", words, *words ? "  ·  " : "", age);
    struct rect rest = {x, t->footer.y, right - x, t->footer.h};
    if (*words && rest.w > t->title_px)
        sheet_line(s, words, FONT_STRONG, t->title_px, rest, ALIGN_LEFT,
                   c->title);
}

static int
count_words(const struct draw_list *d, size_t from)
{
    int words = 0;
    for (size_t i = from; i < d->count; i++)
        if (d->commands[i].kind == DRAW_TEXT)
            words += utf8_words(draw_text_bytes(d, &d->commands[i]),
                                d->commands[i].text_len);
    return words;
}

/* What can be done with what is shown, the main thing first. */
static int
buttons_for(const struct scene *scene, const struct slide *slide,
            struct button out[3])
{
    const struct item *item = scene->reading;
    bool can_post = !scene->board || !scene->board->is_frozen;
    int count = 0;
    switch (scene->over) {
    case OVER_NOTHING:
        if (slide && can_post)
            out[count++] =
                (struct button){slides[slide->kind].button,
                                slides[slide->kind].button_target, BUTTON_ADDS};
        return count;
    case OVER_POSTIT:
        out[count++] = (struct button){"Close", TARGET_CLOSE, BUTTON_PLAIN};
        if (scene->can_take_back)
            out[count++] =
                (struct button){"Take it back", TARGET_TAKE_BACK, BUTTON_QUIET};
        else if (!item->is_face_down)
            out[count++] = (struct button){"Turn it face-down",
                                           TARGET_TURN_OVER, BUTTON_QUIET};
        else if (scene->can_turn_back)
            out[count++] =
                (struct button){"Turn it back", TARGET_TURN_OVER, BUTTON_QUIET};
        return count;
    case OVER_THREAD:
        out[count++] = (struct button){"Close", TARGET_CLOSE, BUTTON_PLAIN};
        if (can_post)
            out[count++] = (struct button){item->kind == KIND_MEETING
                                               ? "Bring it to the meeting"
                                               : "Answer this",
                                           TARGET_ANSWER, BUTTON_ADDS};
        return count;
    }
    return count;
}

static void
draw_content(struct sheet *s, const struct slide *slide)
{
    const struct scene *scene = s->scene;
    switch (scene->over) {
    case OVER_NOTHING:
        if (slide)
            slides[slide->kind].draw(s, slide, scene->page);
        else if (!scene->board &&
                 (scene->setup.is_awaited || scene->setup.mistake))
            slide_setup_draw(s);
        else if (!scene->board && scene->hub.is_pairing)
            slide_pairing_draw(s);
        else
            slide_notice_draw(s);
        return;
    case OVER_POSTIT:
        slide_postit_draw(s, scene->reading, scene->page);
        return;
    case OVER_THREAD:
        slide_thread_draw(s, scene->reading, scene->page);
        return;
    }
}

struct screen_facts
screen_draw(struct draw_list *list, const struct theme *theme,
            struct arena *arena, const struct scene *scene)
{
    static const struct running_order nothing;
    struct scene seen = *scene;
    struct theme quiet = *theme;
    quiet.has_touch = theme->has_touch && !seen.is_for_visitors;
    if (!seen.order)
        seen.order = &nothing;
    if (!seen.said)
        seen.said = "";
    struct sheet s = {.list = list,
                      .theme = &quiet,
                      .arena = arena,
                      .scene = &seen,
                      .page_count = 1,
                      .sought_page = -1};
    bool has_slide = seen.board && seen.slide < seen.order->count;
    const struct slide *slide =
        has_slide ? &seen.order->slides[seen.slide] : NULL;
    const struct colours *c = slide && seen.over == OVER_NOTHING
                                  ? slides[slide->kind].colours
                                  : &on_paper;

    draw_start(list, theme->w, theme->h);
    draw_fill(list, (struct rect){0, 0, theme->w, theme->h}, c->ground);
    draw_shift(list, seen.shift_x, seen.shift_y);
    size_t before = list->count;
    draw_content(&s, slide);
    int words = count_words(list, before);

    draw_header(&s, c);
    int page = seen.page < s.page_count ? seen.page : s.page_count - 1;
    struct button buttons[3];
    int count = buttons_for(&seen, slide, buttons);
    draw_footer(&s, c, page, buttons, count);
    return (struct screen_facts){
        .page_count = s.page_count,
        .words = words,
        .cap_px = (int) s.read_cap_px,
        .is_split = s.is_split,
        .is_cut = s.is_cut,
        .sought_page = s.sought_page,
    };
}

void
screen_draw_composer(struct draw_list *list, const struct theme *theme,
                     struct arena *arena, const struct scene *scene,
                     struct composer *composer)
{
    struct sheet s = {.list = list,
                      .theme = theme,
                      .arena = arena,
                      .scene = scene,
                      .page_count = 1};
    draw_start(list, theme->w, theme->h);
    composer_draw(composer, &s);
}
