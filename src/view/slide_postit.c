#include "view/slides.h"

#include <string.h>

#include "core/wording.h"
#include "view/palette.h"
#include "view/pills.h"
#include "view/postit.h"

#define TEXT_LINE 1.3f

static const char *
kicker_for(const struct item *item)
{
    static const char *const kickers[] = {
        [SORT_IDEA] = "An idea",          [SORT_ANSWER] = "An answer",
        [SORT_DISCOVERY] = "A discovery", [SORT_DISTURBANCE] = "A disturbance",
        [SORT_DELIGHT] = "A delight",
    };
    return item->is_face_down ? "Turned face-down" : kickers[item->sort];
}

/* Jo, Y5 · Hillcrest Primary · yesterday: as much of it as fits in `w`. */
static const char *
credit(struct sheet *s, const struct item *item, int px, int w)
{
    const struct scene *scene = s->scene;
    const char *parts[] = {
        item->author, board_school_name(scene->board, item->school),
        scene->now.is_trusted ? wording_day_ago(s->arena, scene->zone,
                                                item->published_s, scene->now)
                              : ""};
    const char *all = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!*parts[i])
            continue;
        const char *more =
            arena_format(s->arena, "%s%s%s", all, *all ? " · " : "", parts[i]);
        bool has_room =
            fit_width_px(s->theme->ruler, FONT_STRONG, more, px, w) == px;
        if (has_room || !*all)
            all = more;
    }
    return all;
}

/* How far it has come, if it was written here; "" where there is no hub. */
static const char *
fate_words(enum item_fate fate)
{
    switch (fate) {
    case FATE_NONE:
        return "";
    case FATE_KEPT:
        return "Kept here, will be sent when the network is back";
    case FATE_SENT:
        return "Sent";
    case FATE_SHARED:
        return "Shared";
    case FATE_STAYS:
        return "Kept here only";
    }
    return "";
}

/* The last line on the paper. Returns what is left above it. */
static struct rect
draw_fate(struct sheet *s, enum item_fate fate, struct rect in, int size_px)
{
    const char *words = fate_words(fate);
    struct rect line = {in.x, in.y + in.h - size_px * 5 / 4, in.w,
                        size_px * 5 / 4};
    if (!*words)
        return in;
    int px =
        fit_width_px(s->theme->ruler, FONT_TEXT, words, size_px * 4 / 5, in.w);
    sheet_line(s, words, FONT_TEXT, px, line, ALIGN_LEFT, ON_POSTIT_SOFT);
    in.h -= line.h;
    return in;
}

static void
draw_words(struct sheet *s, const struct item *item, struct rect in, int page)
{
    const struct theme *t = s->theme;
    struct fit_box fit = {
        .font = t->hand,
        .w = in.w,
        .h = in.h,
        .min_px = theme_second_px(t, t->hand),
        .max_px = t->text_max_px * 7 / 4,
        .line_height = TEXT_LINE,
    };
    sheet_paged_text(s, item->text, &fit, in, page, INK);
}

static void
draw_back(struct sheet *s, struct rect in)
{
    const struct theme *t = s->theme;
    static const char words[] =
        "Somebody turned this post-it face-down. The coordinator will read it "
        "and decide whether it stays.";
    struct fit_box fit = {FONT_TEXT,      in.w,
                          in.h,           theme_second_px(t, FONT_TEXT),
                          t->text_max_px, TEXT_LINE};
    struct fit f = fit_text(t->ruler, s->arena, words, strlen(words), &fit);
    sheet_lines(s, words, &f, in, ALIGN_LEFT, ON_POSTIT_SOFT);
}

void
slide_postit_draw(struct sheet *s, const struct item *item, int page)
{
    const struct theme *t = s->theme;
    int top = sheet_kicker(s, kicker_for(item), AMBER);
    int bottom = t->content.y + t->content.h - t->gap / 2;
    bool has_pills = pills_are_there(t, item) && !item->is_face_down;
    struct rect pills = {t->content.x, bottom, t->content.w, pills_height(t)};
    struct rect paper = {t->content.x, top, t->content.w, bottom - top};
    if (has_pills) {
        pills.y -= pills.h;
        paper.h -= pills.h + t->gap * 3 / 2;
    }
    int most_w = paper.h * 9 / 4; // paper, not a banner
    if (paper.w > most_w)
        paper.w = most_w;
    paper.x += (t->content.w - paper.w) / 2;
    pills.x = paper.x;
    pills.w = paper.w;

    float lean = t->layout == LAYOUT_SMALL ? 0 : -0.6f;
    postit_begin(s, paper, lean, postit_paper(item->colour));
    int pad = theme_px(t, t->layout == LAYOUT_WIDE ? 64 : 26);
    int foot_px = theme_second_px(t, FONT_STRONG);
    struct rect in = {paper.x + pad, paper.y + pad * 7 / 8, paper.w - 2 * pad,
                      paper.h - pad * 3 / 2};
    in = draw_fate(s, item->fate, in, foot_px);
    struct rect foot = {in.x, in.y + in.h - foot_px * 5 / 4, in.w,
                        foot_px * 5 / 4};
    const char *by = item->is_face_down ? "" : credit(s, item, foot_px, in.w);
    if (*by) {
        sheet_line(s, by, FONT_STRONG, foot_px, foot, ALIGN_LEFT,
                   ON_POSTIT_SOFT);
        in.h -= foot.h + t->gap / 2;
    }
    if (item->is_face_down)
        draw_back(s, in);
    else
        draw_words(s, item, in, page);
    draw_straight(s->list);
    if (has_pills)
        pills_draw(s, item, pills);
}
