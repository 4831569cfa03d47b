#include "view/pills.h"

#include "view/palette.h"

int
pills_height(const struct theme *t)
{
    int h = theme_px(t, t->layout == LAYOUT_WIDE   ? 92
                        : t->layout == LAYOUT_TALL ? 80
                                                   : 50);
    return t->has_touch && h < t->touch_px ? t->touch_px : h;
}

bool
pills_are_there(const struct theme *t, const struct item *item)
{
    bool can_be_touched = item->kind == KIND_IDEA || item->kind == KIND_POSTIT;
    return (t->has_touch && can_be_touched) || item->thanks > 0 ||
           item->trying > 0;
}

/* Where nobody can touch it, it is only said. Returns its width. */
static int
say_tallies(struct sheet *s, const struct item *item, struct rect box)
{
    const char *thanks =
        item->thanks > 0
            ? arena_format(s->arena, "%d %s", item->thanks,
                           item->thanks == 1 ? "thank you" : "thanks")
            : "";
    const char *trying =
        item->trying > 0 ? arena_format(s->arena, "%d trying it", item->trying)
                         : "";
    const char *words = arena_format(s->arena, "%s%s%s", thanks,
                                     *thanks && *trying ? " · " : "", trying);
    int px = fit_width_px(s->theme->ruler, FONT_STRONG, words,
                          theme_second_px(s->theme, FONT_STRONG), box.w);
    return sheet_line(s, words, FONT_STRONG, px, box, ALIGN_LEFT, INK);
}

struct pill {
    const char *words;
    enum target_kind target;
    bool is_on; // touched a moment ago
    int w;      // of the words
};

static const char *
count_after(struct sheet *s, const char *words, int count)
{
    return count > 0 ? arena_format(s->arena, "%s · %d", words, count) : words;
}

static void
draw_one(struct sheet *s, const struct pill *p, struct rect box, int px)
{
    const struct theme *t = s->theme;
    draw_bordered_box(s->list, box, t->radius, p->is_on ? LEAF : CARD,
                      theme_px(t, 3), p->is_on ? LEAF : RULE);
    int pad = t->gap / 2;
    sheet_line(s, p->words, FONT_STRONG, px,
               (struct rect){box.x + pad, box.y, box.w - 2 * pad, box.h},
               ALIGN_CENTRE, p->is_on ? CARD : INK);
    draw_target(s->list, p->target, 0, box);
}

int
pills_draw(struct sheet *s, const struct item *item, struct rect box)
{
    const struct theme *t = s->theme;
    if (!t->has_touch)
        return say_tallies(s, item, box);
    struct pill pills[] = {
        {count_after(s, "Thank you", item->thanks), TARGET_THANKS,
         s->scene->has_thanked, 0},
        {count_after(s, "I’ll try it", item->trying), TARGET_TRYING,
         s->scene->is_trying, 0},
    };
    enum { COUNT = sizeof pills / sizeof *pills };
    int gap = t->gap, pad = gap, all = 0;
    int px = theme_second_px(t, FONT_STRONG);
    for (int i = 0; i < COUNT; i++) {
        const char *shown;
        pills[i].w = fit_one_line(t->ruler, s->arena, pills[i].words, px,
                                  FONT_STRONG, t->w, &shown)
                         .width_px;
        all += pills[i].w;
    }
    int room = box.w - gap * (COUNT - 1) - 2 * pad * COUNT;
    if (room < COUNT) // no place for a word
        return 0;
    float scale = all > room ? (float) room / (float) all : 1;
    int x = box.x, half = (box.w - gap) / 2, widest = 0;
    for (int i = 0; i < COUNT; i++) {
        pills[i].w = (int) ((float) pills[i].w * scale) + 2 * pad;
        widest = pills[i].w > widest ? pills[i].w : widest;
    }
    // Half of it each, where neither needs more.
    bool are_halves = t->layout == LAYOUT_TALL && widest <= half;
    for (int i = 0; i < COUNT; i++) {
        int w = are_halves ? half : pills[i].w;
        draw_one(s, &pills[i], (struct rect){x, box.y, w, box.h},
                 (int) ((float) px * scale));
        x += w + gap;
    }
    return x - box.x;
}
