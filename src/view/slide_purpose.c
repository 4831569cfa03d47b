#include "view/slides.h"

#include <string.h>

#include "base/utf8.h"
#include "view/palette.h"

#define SENTENCE_LINE 1.1f
#define LIST_LINE 1.2f

struct list { // numbered priorities, or promises
    const char *heading;
    int most_px;
    const char *const *texts;
    int count;
    bool is_numbered;
};

struct list_sizes {
    int disc, indent, gap;
    int head_h;
    int px;
    bool fits;
};

static int
list_height(struct sheet *s, const struct list *list, int w, int px,
            const struct list_sizes *z)
{
    int h = z->head_h - z->gap;
    for (int i = 0; i < list->count; i++) {
        struct fit_box each = {FONT_STRONG, w, s->theme->h, px, px, LIST_LINE};
        struct fit f = fit_text(s->theme->ruler, s->arena, list->texts[i],
                                strlen(list->texts[i]), &each);
        int lines_h = fit_height(&f);
        h += (lines_h > z->disc ? lines_h : z->disc) + z->gap;
    }
    return h;
}

/* The largest size at which all of the list fits the box. */
static struct list_sizes
list_sizes(struct sheet *s, const struct list *list, struct rect box)
{
    const struct theme *t = s->theme;
    bool is_wide = t->layout == LAYOUT_WIDE;
    bool is_small = t->layout == LAYOUT_SMALL;
    struct list_sizes z = {
        .disc = theme_px(t, is_wide    ? 68
                            : is_small ? 30
                                       : 44),
        .gap = t->gap * 3 / 2,
        .head_h = t->kicker_px * 3 / 2 + t->gap * 3 / 4,
        .px = theme_second_px(t, FONT_STRONG),
    };
    z.indent = z.disc + theme_px(t, is_wide ? 28 : is_small ? 10 : 16);
    int w = box.w - z.indent;
    z.fits = list_height(s, list, w, z.px, &z) <= box.h;
    while (z.fits && z.px < list->most_px &&
           list_height(s, list, w, z.px + 1, &z) <= box.h)
        z.px++;
    return z;
}

static void
draw_bullet(struct sheet *s, int number, struct rect at, bool is_numbered)
{
    if (!is_numbered) {
        int dot = at.w / 4;
        draw_box(s->list,
                 (struct rect){at.x + (at.w - dot) / 2, at.y + (at.h - dot) / 2,
                               dot, dot},
                 dot / 2, SUN);
        return;
    }
    draw_box(s->list, at, at.w / 2, SUN);
    sheet_line(s, arena_format(s->arena, "%d", number), FONT_HEAVY,
               at.h * 9 / 16, at, ALIGN_CENTRE, INK);
}

static void
draw_list_of(struct sheet *s, const struct list *list, struct rect box)
{
    const struct theme *t = s->theme;
    struct list_sizes z = list_sizes(s, list, box);
    int head_px =
        fit_width_px(t->ruler, FONT_HEAVY, list->heading, t->kicker_px, box.w);
    sheet_line(s, list->heading, FONT_HEAVY, head_px,
               (struct rect){box.x, box.y, box.w, t->kicker_px * 3 / 2},
               ALIGN_LEFT, ON_TEAL_SOFT);
    int y = box.y + z.head_h, bottom = box.y + box.h;
    // A short list does not cling to its heading on a page of its own.
    int spare = box.h - list_height(s, list, box.w - z.indent, z.px, &z);
    if (box.w == t->content.w && spare > 0)
        y += spare / 4;
    for (int i = 0; i < list->count; i++) {
        int w = box.w - z.indent;
        struct fit_box each = {FONT_STRONG, w,    bottom - y,
                               z.px,        z.px, LIST_LINE};
        struct fit f = fit_text(t->ruler, s->arena, list->texts[i],
                                strlen(list->texts[i]), &each);
        if (!f.is_whole) {
            s->is_cut = true;
            return;
        }
        // Disc and first line share their middle.
        int drop = (z.disc - f.line_px) / 2;
        struct rect mark = {box.x, y + (drop < 0 ? -drop : 0), z.disc, z.disc};
        struct rect place = {box.x + z.indent, y + (drop > 0 ? drop : 0), w,
                             bottom - y};
        draw_bullet(s, i + 1, mark, list->is_numbered);
        int end = sheet_lines(s, list->texts[i], &f, place, ALIGN_LEFT, CARD);
        y = (end > mark.y + z.disc ? end : mark.y + z.disc) + z.gap;
    }
}

static const char *
sentence_of(const struct item *item)
{
    return *item->text ? item->text : item->title;
}

static int
kicker_height(const struct theme *t)
{
    return t->kicker_px * 3 / 2 + t->gap;
}

/* The sentence's pages in that box, and the size they share, in `*fit`. */
static int
split_sentence(struct sheet *s, const struct item *item, struct rect box,
               struct fit_page pages[FIT_PAGES_MAX], struct fit_box *fit)
{
    const struct theme *t = s->theme;
    const char *sentence = sentence_of(item);
    bool all_fit;
    bool is_word = utf8_words(sentence, strlen(sentence)) <= 3;
    *fit = (struct fit_box){
        .font = FONT_SENTENCE,
        .w = box.w,
        .h = box.h - kicker_height(t),
        .min_px = theme_read_px(t, FONT_SENTENCE),
        .max_px = t->sentence_max_px * (is_word ? 3 : 2) / 2,
        .line_height = SENTENCE_LINE,
    };
    int count = fit_pages(t->ruler, s->arena, sentence, strlen(sentence), fit,
                          pages, &all_fit);
    fit->max_px =
        fit_common_px(t->ruler, s->arena, sentence, pages, count, fit);
    fit->min_px = fit->max_px;
    s->is_cut = s->is_cut || !all_fit;
    s->is_split = count > 1;
    sheet_reads(s, FONT_SENTENCE, fit->max_px);
    return count;
}

/* Kicker and sentence, together in the middle of the height. */
static void
draw_sentence(struct sheet *s, const struct item *item, struct rect box,
              const struct fit_page *page, const struct fit_box *fit,
              bool is_middle)
{
    const struct theme *t = s->theme;
    const char *kicker =
        item->has_own_title ? item->title : "Why we are a partnership";
    const char *shown = sentence_of(item) + page->at;
    struct fit f = fit_text(t->ruler, s->arena, shown, page->len, fit);
    int spare = fit->h - fit_height(&f);
    int top = box.y + (is_middle && spare > 0 ? spare / 2 : 0);
    sheet_line(s, kicker, FONT_HEAVY, t->kicker_px,
               (struct rect){box.x, top, box.w, t->kicker_px * 3 / 2},
               ALIGN_LEFT, ON_TEAL_SUN);
    struct rect place = {box.x, top + kicker_height(t), box.w, fit->h};
    sheet_lines(s, shown, &f, place, ALIGN_LEFT, ON_TEAL);
}

/* Where sentence and list stand when they share a page. */
struct halves {
    struct rect sentence, rule, list;
};

static struct halves
halves_of(const struct theme *t)
{
    struct rect box = t->content;
    if (t->layout == LAYOUT_TALL) {
        int y = box.y + box.h * 11 / 20 + t->gap;
        return (struct halves){
            {box.x, box.y, box.w, box.h * 11 / 20},
            {box.x, y, box.w, theme_px(t, 2)},
            {box.x, y + t->gap, box.w, box.y + box.h - y - t->gap},
        };
    }
    bool is_wide = t->layout == LAYOUT_WIDE;
    int x = box.x + box.w * (is_wide ? 71 : 64) / 100;
    int gap = theme_px(t, is_wide ? 58 : 18);
    int y = box.y + t->gap * (is_wide ? 2 : 0);
    int h = box.y + box.h - y;
    return (struct halves){
        {box.x, y, x - gap - box.x, h},
        {x, y, theme_px(t, 3), h - t->gap},
        {x + gap, y, box.x + box.w - x - gap, h},
    };
}

/*
 * The sentence, with the first list beside it where that is legible; every
 * other list has a page of its own behind it.
 */
void
slide_purpose_draw(struct sheet *s, const struct slide *slide, int page)
{
    const struct theme *t = s->theme;
    const struct item *item = slide->items[0];
    int beside_px = theme_px(t, t->layout == LAYOUT_WIDE ? 48 : 40);
    struct list lists[2];
    int count = 0;
    if (item->priority_count > 0)
        lists[count++] =
            (struct list){"This year, together", beside_px, item->priorities,
                          item->priority_count, true};
    if (item->promise_count > 0)
        lists[count++] =
            (struct list){"What we promise each other", beside_px,
                          item->promises, item->promise_count, false};

    struct halves halves = halves_of(t);
    bool has_list = count > 0 && list_sizes(s, &lists[0], halves.list).fits;
    struct rect box = has_list ? halves.sentence : t->content;
    int first = has_list ? 1 : 0; // with a page of its own
    struct fit_page pages[FIT_PAGES_MAX];
    struct fit_box fit;
    int sentence_pages = split_sentence(s, item, box, pages, &fit);
    s->page_count = sentence_pages + count - first;
    if (page >= s->page_count)
        page = s->page_count - 1;
    if (page >= sentence_pages) {
        struct list *own = &lists[first + page - sentence_pages];
        own->most_px = t->text_max_px;
        draw_list_of(s, own, t->content);
        return;
    }
    draw_sentence(s, item, box, &pages[page], &fit, !has_list);
    if (!has_list)
        return;
    draw_fill(s->list, halves.rule, TEAL_RULE);
    draw_list_of(s, &lists[0], halves.list);
}
