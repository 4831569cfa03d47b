#include "view/slides.h"

#include <string.h>

#include "base/hash.h"
#include "view/palette.h"
#include "view/pills.h"
#include "view/postit.h"

#define TITLE_LINE 1.15f
#define TEXT_LINE 1.3f

static bool
is_this_weeks(const struct sheet *s, const struct item *item)
{
    const struct zone *zone = s->scene->zone;
    if (!s->scene->now.is_trusted)
        return false;
    int32_t monday = day_monday(local_time(zone, s->scene->now.wall_s).day);
    int32_t week = item->week != DAY_NONE
                       ? item->week
                       : day_monday(local_time(zone, item->published_s).day);
    return week == monday;
}

static const char *
kicker_for(const struct sheet *s, const struct slide *slide)
{
    switch (slide->kind) {
    case SLIDE_SCRAPBOOK:
        return "From the scrapbook";
    case SLIDE_IMPACT:
        return "What changed";
    case SLIDE_IDEA:
    case SLIDE_PURPOSE:
    case SLIDE_QUESTION:
    case SLIDE_BOARD:
    case SLIDE_MEETINGS:
        break;
    }
    if (!is_this_weeks(s, slide->items[0]))
        return slide->leads ? "A recent idea" : "Another idea";
    return slide->leads ? "Idea of the week" : "Also this week";
}

/* Danielle · Hillcrest Primary */
static const char *
credit(struct sheet *s, const struct item *item)
{
    const char *school = board_school_name(s->scene->board, item->school);
    bool has_both = *item->author && *school;
    return arena_format(s->arena, "%s%s%s", item->author, has_both ? " · " : "",
                        school);
}

static struct fit_box
title_box(const struct theme *t, struct rect in)
{
    return (struct fit_box){
        .font = t->hand,
        .w = in.w,
        .h = in.h * 2 / 5,
        .min_px = theme_read_px(t, t->hand),
        .max_px = t->text_max_px * 4 / 3,
        .line_height = TITLE_LINE,
    };
}

static int
draw_title(struct sheet *s, const char *title, struct rect in)
{
    struct fit_box box = title_box(s->theme, in);
    struct fit f =
        fit_text(s->theme->ruler, s->arena, title, strlen(title), &box);
    sheet_reads(s, box.font, f.size_px);
    return sheet_lines(s, title, &f, in, ALIGN_LEFT, INK);
}

static int
credit_height(const struct theme *t)
{
    return theme_second_px(t, FONT_STRONG) * 5 / 4;
}

/* The paper without its edges. */
static struct rect
inside(const struct theme *t, struct rect box)
{
    int pad = theme_px(t, t->layout == LAYOUT_WIDE    ? 64
                          : t->layout == LAYOUT_SMALL ? 26
                                                      : 38);
    return (struct rect){box.x + pad, box.y + pad * 7 / 8, box.w - 2 * pad,
                         box.h - pad * 3 / 2};
}

static struct fit_box
text_box(const struct theme *t, struct rect in, int most_px)
{
    return (struct fit_box){
        .font = t->hand,
        .w = in.w,
        .h = in.h,
        .min_px = theme_read_px(t, t->hand),
        .max_px = most_px,
        .line_height = TEXT_LINE,
    };
}

/* Whether title and text can stand on one page, in `in` and below it. */
static bool
fits_with_title(struct sheet *s, const struct item *item, struct rect in)
{
    const struct theme *t = s->theme;
    struct fit_box head = title_box(t, in);
    struct fit title =
        fit_text(t->ruler, s->arena, item->title, strlen(item->title), &head);
    in.h -= fit_height(&title) + t->gap / 2;
    struct fit_box body = text_box(t, in, 0);
    struct fit text =
        fit_text(t->ruler, s->arena, item->text, strlen(item->text), &body);
    return title.is_whole && text.is_whole;
}

static void
draw_title_beside_kicker(struct sheet *s, const struct slide *slide)
{
    const struct theme *t = s->theme;
    const char *shown;
    int used = fit_one_line(t->ruler, s->arena, kicker_for(s, slide),
                            t->kicker_px, FONT_HEAVY, t->content.w, &shown)
                   .width_px +
               t->kicker_px * 3 / 4;
    struct rect line = {t->content.x + used, t->content.y, t->content.w - used,
                        t->kicker_px * 3 / 2};
    sheet_line(s, slide->items[0]->title, FONT_TEXT, t->kicker_px, line,
               ALIGN_LEFT, INK_SOFT);
}

/* The large post-it the idea is written on. */
static void
draw_paper(struct sheet *s, const struct slide *slide, struct rect box,
           int page)
{
    const struct theme *t = s->theme;
    const struct item *item = slide->items[0];
    struct rect in = inside(t, box), foot = in;
    const char *by = credit(s, item);
    foot.h = *by ? credit_height(t) : 0;
    foot.y = in.y + in.h - foot.h;
    in.h -= foot.h + (*by ? t->gap : 0);

    // A title that is only the text's first sentence is not said twice; one
    // that leaves the text no room stands beside the kicker instead.
    bool has_both = *item->text && item->has_own_title;
    bool has_title = has_both && fits_with_title(s, item, in);
    if (has_both && !has_title)
        draw_title_beside_kicker(s, slide);

    float lean = t->layout == LAYOUT_SMALL ? 0 : -0.8f;
    postit_begin(s, box, lean, postit_paper(item->colour));
    if (*by)
        sheet_line(s, by, FONT_STRONG, theme_second_px(t, FONT_STRONG), foot,
                   ALIGN_LEFT, ON_POSTIT_SOFT);
    if (has_title) {
        int y = draw_title(s, item->title, in) + t->gap / 2;
        in.h -= y - in.y;
        in.y = y;
    }
    int most_px =
        sheet_has_photo(s, item) ? t->text_max_px : t->text_max_px * 5 / 4;
    struct fit_box fit = text_box(t, in, has_both ? most_px : most_px * 3 / 2);
    sheet_paged_text(s, *item->text ? item->text : item->title, &fit, in, page,
                     INK);
    draw_straight(s->list);
}

static void
draw_photo(struct sheet *s, const struct item *item, struct rect box)
{
    const struct theme *t = s->theme;
    struct rect shade = box;
    shade.y += theme_px(t, 10);
    if (t->layout != LAYOUT_SMALL)
        draw_lean(s->list, 0.9f, box);
    draw_shadow(s->list, shade, t->radius, theme_px(t, 26), SHADOW_FAR);
    draw_image(s->list, box, t->radius, hash_string(item->image));
    draw_straight(s->list);
}

static const char *
next_step_words(struct sheet *s, const struct item *item)
{
    if (!*item->author || !is_this_weeks(s, item))
        return arena_format(s->arena, "Next step: %s", item->next_step);
    return arena_format(s->arena, "%s shows it at %s", item->author,
                        item->next_step);
}

/* The next step in a column of width w: as many lines as it takes. */
static struct fit
fit_next_step(struct sheet *s, const char *words, int w)
{
    const struct theme *t = s->theme;
    struct fit_box box = {
        .font = FONT_TEXT,
        .w = w,
        .h = theme_second_px(t, FONT_TEXT) * 4, // three lines
        .min_px = theme_second_px(t, FONT_TEXT),
        .max_px = theme_second_px(t, FONT_TEXT) * 11 / 10,
        .line_height = 1.25f,
    };
    return fit_text(t->ruler, s->arena, words, strlen(words), &box);
}

/* "" when there is none, or more of it than anybody would read. */
static const char *
short_next_step(struct sheet *s, const struct item *item, int w)
{
    const struct theme *t = s->theme;
    struct fit_box box = {FONT_TEXT,
                          w,
                          theme_second_px(t, FONT_TEXT) * 4,
                          theme_second_px(t, FONT_TEXT),
                          0,
                          1.25f};
    if (!*item->next_step)
        return "";
    return fit_shortened(t->ruler, s->arena, next_step_words(s, item), &box,
                         &s->is_cut);
}

/* With a photo: paper left; photo, tallies and next step right. The photo
   takes what the words leave it, or goes when that is next to nothing. */
static void
draw_beside_photo(struct sheet *s, const struct slide *slide, struct rect area,
                  int page)
{
    const struct theme *t = s->theme;
    const struct item *item = slide->items[0];
    bool has_pills = pills_are_there(t, item);
    int gap = theme_px(t, t->layout == LAYOUT_WIDE ? 56 : 20);
    int side_w = area.w * 355 / 1000;
    struct rect paper = area;
    paper.w -= side_w + gap;
    draw_paper(s, slide, paper, page);

    struct rect side = {paper.x + paper.w + gap, paper.y, side_w, paper.h};
    const char *step = short_next_step(s, item, side_w);
    struct fit step_fit = fit_next_step(s, step, side_w);
    int pill_h = pills_height(t);
    int rest_h = (has_pills ? pill_h + t->gap : 0) +
                 (*step ? fit_height(&step_fit) + t->gap : 0);
    struct rect photo = side;
    photo.h = side_w * 2 / 3;
    if (photo.h > side.h - rest_h - t->gap / 2)
        photo.h = side.h - rest_h - t->gap / 2;
    if (photo.h >= side_w / 2) {
        draw_photo(s, item, photo);
        side.y += photo.h + t->gap * 3 / 2;
    }
    if (has_pills) {
        pills_draw(s, item, (struct rect){side.x, side.y, side.w, pill_h});
        side.y += pill_h + t->gap;
    }
    sheet_lines(s, step, &step_fit, side, ALIGN_LEFT, INK_SOFT);
}

/* Without one: paper over the whole width, the rest in a row below it. */
static void
draw_alone(struct sheet *s, const struct slide *slide, struct rect area,
           int page)
{
    const struct theme *t = s->theme;
    const struct item *item = slide->items[0];
    bool has_pills = pills_are_there(t, item);
    int row_h = pills_height(t);
    struct rect paper = area;
    if (has_pills || *item->next_step)
        paper.h -= row_h + t->gap * 3 / 2;
    draw_paper(s, slide, paper, page);
    struct rect row = {area.x, area.y + area.h - row_h, area.w, row_h};
    if (has_pills) {
        int used = pills_draw(s, item, row);
        row.x += used + t->gap;
        row.w -= used + t->gap;
    }
    int px = theme_second_px(t, FONT_TEXT);
    if (!*item->next_step || row.w < px * 6)
        return;
    sheet_line(s, next_step_words(s, item), FONT_TEXT, px, row, ALIGN_LEFT,
               INK_SOFT);
}

static void
draw_stacked(struct sheet *s, const struct slide *slide, struct rect area,
             int page)
{
    const struct theme *t = s->theme;
    const struct item *item = slide->items[0];
    bool has_pills = pills_are_there(t, item);
    bool has_photo = sheet_has_photo(s, item);
    int gap = t->gap * 3 / 2, pill_h = pills_height(t), photo_w, photo_h;
    theme_photo_size(t, &photo_w, &photo_h);
    // A photo says more than when it is shown next.
    const char *step = has_photo ? "" : short_next_step(s, item, area.w);
    struct fit step_fit = fit_next_step(s, step, area.w);

    struct rect paper = area;
    paper.h -= (has_photo ? photo_h + gap : 0) +
               (*step ? fit_height(&step_fit) + gap : 0) +
               (has_pills ? pill_h + gap : 0);
    draw_paper(s, slide, paper, page);
    int y = paper.y + paper.h + gap;
    if (has_photo) {
        int inset = theme_px(t, 24);
        draw_photo(
            s, item,
            (struct rect){area.x + inset, y, area.w - 2 * inset, photo_h});
        y += photo_h + gap;
    }
    struct rect place = {area.x, y, area.w, area.h};
    if (*step)
        y = sheet_lines(s, step, &step_fit, place, ALIGN_LEFT, INK_SOFT) + gap;
    if (has_pills)
        pills_draw(s, item, (struct rect){area.x, y, area.w, pill_h});
}

void
slide_idea_draw(struct sheet *s, const struct slide *slide, int page)
{
    const struct theme *t = s->theme;
    int top = sheet_kicker(s, kicker_for(s, slide), AMBER);
    struct rect area = {t->content.x, top, t->content.w,
                        t->content.y + t->content.h - top - t->gap / 2};
    if (t->layout == LAYOUT_TALL)
        draw_stacked(s, slide, area, page);
    else if (sheet_has_photo(s, slide->items[0]))
        draw_beside_photo(s, slide, area, page);
    else
        draw_alone(s, slide, area, page);
}
