#include "view/composer_field.h"

#include <string.h>

#include "base/utf8.h"
#include "view/palette.h"

#define LINE_HEIGHT 1.15f
#define TARGETS_KEPT 4 // for what is drawn after the letters

/* Lines that are shown of a text, and on which side they begin. */
struct field {
    const char *bytes;
    struct fit fit;
    struct rect box;
    bool is_right_to_left;
};

static int
part_px(const struct sheet *s, const struct field *f, const char *text,
        size_t len)
{
    const struct ruler *r = s->theme->ruler;
    return (int) (r->width_em(r->data, f->fit.font, text, len) *
                  (float) f->fit.size_px);
}

/* Where the caret stands in a line, before byte `at` of the text. */
static int
caret_x(const struct sheet *s, const struct field *f,
        const struct fit_line *line, size_t at)
{
    int along = part_px(s, f, f->bytes + line->at, at - line->at);
    along = along > f->box.w ? f->box.w : along; // blanks at a line's end
    return f->is_right_to_left ? f->box.x + f->box.w - along : f->box.x + along;
}

static void
draw_caret(struct sheet *s, int x, int y, int h)
{
    int w = theme_px(s->theme, 4);
    draw_fill(s->list, (struct rect){x, y, w > 1 ? w : 2, h}, RUST);
}

static void
draw_span(struct sheet *s, size_t at, int from, int to, int y, int h)
{
    struct rect box = {from < to ? from : to, y,
                       from < to ? to - from : from - to, h};
    if (s->list->target_count < TARGETS_MAX - TARGETS_KEPT && box.w > 0)
        draw_target(s->list, TARGET_TEXT, (int) at, box);
}

/* From the middle of one letter to the middle of the next the caret goes
   between them; beyond a line's ends it goes there. */
static void
target_line(struct sheet *s, const struct field *f, const struct fit_line *line,
            int y, int h)
{
    size_t at = line->at, end = line->at + line->len;
    int edge = f->is_right_to_left ? f->box.x + f->box.w : f->box.x;
    int far = f->is_right_to_left ? f->box.x : f->box.x + f->box.w;
    int from = edge, x = edge;
    while (at < end) {
        size_t next = utf8_grapheme_end(f->bytes, end, at);
        int next_x = caret_x(s, f, line, next);
        int middle = x + (next_x - x) / 2;
        draw_span(s, at, from, middle, y, h);
        from = middle;
        x = next_x;
        at = next;
    }
    draw_span(s, at, from, far, y, h);
}

/* The line that the caret is in: the last one that begins before it. */
static int
line_of_caret(const struct fit *f, size_t caret)
{
    int found = 0;
    for (int i = 0; i < f->line_count; i++)
        if (f->lines[i].at <= caret)
            found = i;
    return found;
}

/* Keeps the lines around the caret where not all fit; the last ones when it
   is at the end. */
static void
keep_in_view(struct fit *f, int most_lines, size_t caret)
{
    if (f->line_count <= most_lines)
        return;
    int line = line_of_caret(f, caret);
    int first = line < most_lines ? 0 : line - most_lines + 1;
    f->lines += first;
    f->line_count = most_lines;
}

static struct fit
fit_at(struct sheet *s, const struct compose_line *line, struct fit_box *fit,
       int size_px)
{
    fit->min_px = fit->max_px = size_px;
    return fit_text(s->theme->ruler, s->arena, line->bytes, line->len, fit);
}

/*
 * Words stay whole down to the least size. What has no words, 140 times W, may
 * be cut anywhere and so be larger; and what is too much even so is scrolled.
 */
static struct fit
fit_field(struct sheet *s, const struct compose_line *line, struct rect box,
          int most_px, int least_px)
{
    const struct theme *t = s->theme;
    struct fit_box fit = {t->hand,  box.w,   box.h,
                          least_px, most_px, LINE_HEIGHT};
    struct fit f = fit_text(t->ruler, s->arena, line->bytes, line->len, &fit);
    if (f.is_whole && f.size_px > least_px)
        return f;
    for (int px = most_px; px > least_px; px -= px / 12 > 0 ? px / 12 : 1) {
        f = fit_at(s, line, &fit, px);
        if (f.is_whole)
            return f;
    }
    f = fit_at(s, line, &fit, least_px);
    if (f.is_whole)
        return f;
    int most_lines = box.h / f.line_px;
    fit.h = f.line_px * (COMPOSE_TEXT_LETTERS + 1);
    f = fit_at(s, line, &fit, least_px);
    keep_in_view(&f, most_lines > 0 ? most_lines : 1, line->caret);
    return f;
}

void
composer_field_text(struct sheet *s, const struct compose *compose,
                    struct rect box, int most_px, int least_px)
{
    const struct compose_line *line = &compose->lines[COMPOSE_TEXT];
    struct field f = {line->bytes, fit_field(s, line, box, most_px, least_px),
                      box, utf8_is_right_to_left(line->bytes, line->len)};
    draw_target(s->list, TARGET_TEXT, (int) line->len, box);
    sheet_lines(s, line->bytes, &f.fit, box, ALIGN_LEFT, INK);
    int caret_line = line_of_caret(&f.fit, line->caret);
    int x = box.x, y = box.y;
    for (int i = 0; i < f.fit.line_count; i++) {
        const struct fit_line *l = &f.fit.lines[i];
        int top = box.y + i * f.fit.line_px;
        target_line(s, &f, l, top, f.fit.line_px);
        if (i != caret_line)
            continue;
        x = caret_x(s, &f, l, line->caret);
        y = top;
    }
    if (compose->field == COMPOSE_TEXT)
        draw_caret(s, x, y, f.fit.line_px);
}

/* Letters to leave out at the start, so that the caret is in view. */
static size_t
hidden_of_name(const struct sheet *s, const struct field *f,
               const struct compose_line *line)
{
    size_t from = 0;
    while (from < line->caret &&
           part_px(s, f, line->bytes + from, line->caret - from) > f->box.w)
        from = utf8_grapheme_end(line->bytes, line->len, from);
    return from;
}

struct rect
composer_field_name(struct sheet *s, const struct compose *compose,
                    struct rect box, int size_px)
{
    const struct compose_line *line = &compose->lines[COMPOSE_NAME];
    const char *invitation = "Your name, if you like";
    bool is_empty = line->len == 0, is_on = compose->field == COMPOSE_NAME;
    const char *shown = is_empty ? invitation : line->bytes;
    int px = fit_width_px(s->theme->ruler, FONT_STRONG, shown, size_px, box.w);
    if (px < size_px * 2 / 3)
        px = size_px * 2 / 3;
    struct field f = {line->bytes,
                      {.font = FONT_STRONG, .size_px = px},
                      box,
                      utf8_is_right_to_left(line->bytes, line->len)};
    size_t from = is_on && !is_empty ? hidden_of_name(s, &f, line) : 0;
    int w = sheet_line(s, shown + from, FONT_STRONG, px, box, ALIGN_LEFT,
                       ON_POSTIT_SOFT);
    int line_w = w > px * 4 ? w : px * 4;
    line_w = line_w > box.w ? box.w : line_w;
    if (is_empty || is_on) // a dashed line to write on
        for (int x = 0; x < line_w; x += px / 3)
            draw_fill(s->list,
                      (struct rect){box.x + x, box.y + box.h - 2, px / 5, 2},
                      ON_POSTIT_SOFT);
    if (is_on) {
        int along = part_px(s, &f, line->bytes + from, line->caret - from);
        along = f.is_right_to_left ? w - along : along;
        draw_caret(s, box.x + (along > box.w ? box.w : along), box.y, box.h);
    }
    return (struct rect){box.x - size_px / 3, box.y - size_px / 3,
                         line_w + size_px * 2 / 3, box.h + size_px / 3};
}
