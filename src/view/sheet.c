#include "view/sheet.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"

static int
baseline_in(const struct sheet *s, enum font font, int size_px, int top,
            int line_px)
{
    const struct ruler *r = s->theme->ruler;
    struct font_shape shape = r->shape(r->data, font);
    float letters = (shape.ascent + shape.descent) * (float) size_px;
    return top + (int) lroundf(((float) line_px - letters) / 2 +
                               shape.ascent * (float) size_px);
}

static void
put_line(struct sheet *s, const char *text, size_t len, enum font font,
         int size_px, int width_px, int line_px, struct rect box,
         enum align align, int top, uint32_t colour)
{
    int x = box.x;
    if (align == ALIGN_CENTRE)
        x += (box.w - width_px) / 2;
    else if (align == ALIGN_RIGHT)
        x += box.w - width_px;
    draw_text(s->list, (struct rect){x, top, width_px, line_px},
              baseline_in(s, font, size_px, top, line_px), font, size_px,
              colour, text, len);
}

/*
 * A line that begins in the other direction than its paragraph would be set
 * the wrong way round: an invisible mark (UAX #9, LRM and RLM) says whose line
 * it is.
 */
static const char *
marked(struct sheet *s, const char *words, size_t *len, bool is_right_to_left)
{
    if (utf8_is_right_to_left(words, *len) == is_right_to_left)
        return words;
    const char *mark = is_right_to_left ? "\xE2\x80\x8F" : "\xE2\x80\x8E";
    words = arena_format(s->arena, "%s%.*s", mark, (int) *len, words);
    *len += strlen(mark);
    return words;
}

int
sheet_lines(struct sheet *s, const char *text, const struct fit *f,
            struct rect box, enum align align, uint32_t colour)
{
    int y = box.y;
    bool is_right_to_left = false;
    for (int i = 0; i < f->line_count; i++, y += f->line_px) {
        const struct fit_line *line = &f->lines[i];
        const char *words = text + line->at;
        size_t len = line->len;
        bool is_new = line->at == 0 || text[line->at - 1] == '\n';
        if (is_new)
            is_right_to_left =
                utf8_is_right_to_left(words, strcspn(words, "\n"));
        words = marked(s, words, &len, is_right_to_left);
        put_line(s, words, len, f->font, f->size_px, line->width_px, f->line_px,
                 box,
                 align == ALIGN_LEFT && is_right_to_left ? ALIGN_RIGHT : align,
                 y, colour);
    }
    return y;
}

int
sheet_line(struct sheet *s, const char *text, enum font font, int size_px,
           struct rect box, enum align align, uint32_t colour)
{
    const char *shown;
    struct fit f = fit_one_line(s->theme->ruler, s->arena, text, size_px, font,
                                box.w, &shown);
    int top = box.y + (box.h - f.line_px) / 2;
    put_line(s, shown, strlen(shown), font, size_px, f.width_px, f.line_px, box,
             align, top, colour);
    return f.width_px;
}

int
sheet_kicker(struct sheet *s, const char *text, uint32_t colour)
{
    const struct theme *t = s->theme;
    int h = t->kicker_px * 3 / 2;
    struct rect line = {t->content.x, t->content.y, t->content.w, h};
    sheet_line(s, text, FONT_HEAVY, t->kicker_px, line, ALIGN_LEFT, colour);
    return t->content.y + h + t->gap * 3 / 4;
}

bool
sheet_has_photo(const struct sheet *s, const struct item *item)
{
    uint64_t key = hash_string(item->image);
    for (int i = 0; *item->image && i < s->scene->photo_count; i++)
        if (s->scene->photos[i] == key)
            return true;
    return false;
}

void
sheet_reads(struct sheet *s, enum font font, int size_px)
{
    const struct ruler *r = s->theme->ruler;
    float cap_px = r->shape(r->data, font).cap * (float) size_px;
    if (s->read_cap_px == 0 || cap_px < s->read_cap_px)
        s->read_cap_px = cap_px;
}

int
sheet_paged_text(struct sheet *s, const char *text, const struct fit_box *box,
                 struct rect place, int page, uint32_t colour)
{
    const struct ruler *r = s->theme->ruler;
    struct fit_page pages[FIT_PAGES_MAX];
    bool all_fit;
    int count =
        fit_pages(r, s->arena, text, strlen(text), box, pages, &all_fit);
    if (!all_fit)
        s->is_cut = true;
    s->page_count = count;
    s->is_split = count > 1;
    if (page >= count)
        page = count - 1;

    struct fit_box at_size = *box;
    at_size.max_px = fit_common_px(r, s->arena, text, pages, count, box);
    at_size.min_px = at_size.max_px;
    sheet_reads(s, box->font, at_size.max_px);
    const char *shown = text + pages[page].at;
    struct fit f = fit_text(r, s->arena, shown, pages[page].len, &at_size);
    return sheet_lines(s, shown, &f, place, ALIGN_LEFT, colour);
}
