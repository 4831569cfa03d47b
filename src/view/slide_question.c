#include "view/slides.h"

#include <string.h>

#include "base/utf8.h"
#include "view/palette.h"
#include "view/postit.h"

#define SENTENCE_LINE 1.1f
#define ANSWERS_SHOWN 3

/* "P" for "Priya, Year 4"; "PS" for "Priya Shah": the words before a comma. */
static const char *
initials(struct sheet *s, const char *author)
{
    struct text t = {0};
    size_t len = strcspn(author, ",(");
    int letters = 0;
    bool is_start = true;
    for (size_t at = 0; at < len && letters < 2;) {
        size_t end = utf8_grapheme_end(author, len, at);
        if (author[at] == ' ') {
            is_start = true;
        } else if (is_start) {
            text_add(&t, author + at, end - at);
            letters++;
            is_start = false;
        }
        at = end;
    }
    const char *kept = arena_copy(s->arena, text_string(&t), t.len);
    text_destroy(&t);
    return kept;
}

static int
draw_label(struct sheet *s, bool is_today)
{
    const struct theme *t = s->theme;
    const char *words =
        is_today ? "It’s Thinking Thursday" : "Thinking Thursday";
    int pad = t->kicker_px * 3 / 4;
    struct rect box = {t->content.x, t->content.y, t->content.w,
                       t->kicker_px * 9 / 5};
    const char *shown;
    struct fit f = fit_one_line(t->ruler, s->arena, words, t->kicker_px,
                                FONT_HEAVY, box.w - 2 * pad, &shown);
    struct rect label = {box.x, box.y, f.width_px + 2 * pad, box.h};
    draw_box(s->list, label, t->radius / 2, SUN);
    sheet_line(s, shown, FONT_HEAVY, t->kicker_px, label, ALIGN_CENTRE, INK);
    return box.y + box.h + t->gap;
}

/* Asked by Priya, Year 4 · next week it's Tom */
static void
draw_asker(struct sheet *s, const struct item *item, struct rect line, int px)
{
    int x = line.x;
    struct rect rest = line;
    if (*item->author) {
        struct rect disc = {x, line.y, line.h, line.h};
        draw_box(s->list, disc, line.h / 2, RUST);
        sheet_line(s, initials(s, item->author), FONT_HEAVY, line.h / 2, disc,
                   ALIGN_CENTRE, CARD);
        x += line.h + px / 2;
        rest = (struct rect){x, line.y, line.x + line.w - x, line.h};
        x += sheet_line(s, "Asked by ", FONT_TEXT, px, rest, ALIGN_LEFT,
                        INK_SOFT);
        rest = (struct rect){x, line.y, line.x + line.w - x, line.h};
        x +=
            sheet_line(s, item->author, FONT_STRONG, px, rest, ALIGN_LEFT, INK);
        rest = (struct rect){x, line.y, line.x + line.w - x, line.h};
    }
    if (*item->next_asker && rest.w > 6 * px)
        sheet_line(s,
                   arena_format(s->arena, "%snext week it’s %s",
                                *item->author ? "  ·  " : "", item->next_asker),
                   FONT_TEXT, px, rest, ALIGN_LEFT, INK_SOFT);
}

/* The newest answers that can be read whole in the space there is, and how
   many there are in all. */
static void
draw_answers(struct sheet *s, const struct slide *slide, struct rect box)
{
    const struct theme *t = s->theme;
    bool is_tall = t->layout == LAYOUT_TALL;
    int columns = t->layout == LAYOUT_WIDE ? ANSWERS_SHOWN : 2;
    int px = theme_second_px(t, FONT_TEXT);
    int count_w = is_tall ? 0 : box.w * 22 / 100;
    int gap = t->gap * 3 / 2;
    int w =
        (box.w - count_w - gap * (is_tall ? columns - 1 : columns)) / columns;
    int x = box.x, shown = 0;
    for (int i = 0; i < slide->answer_count && shown < columns; i++) {
        struct item answer = *slide->answers[i];
        answer.sort = SORT_IDEA; // here everybody sees that it is an answer
        if (!postit_would_hold(s, postit_measure(s, &answer), w, box.h))
            continue; // a long one waits on the board, whole
        postit_draw(s, &answer, (struct rect){x, box.y, w, box.h},
                    POSTIT_CORNER_DAY);
        x += w + gap;
        shown++;
    }
    if (is_tall)
        return; // said above them
    const char *number = arena_format(s->arena, "%d", slide->answer_count);
    const char *words = slide->answer_count == 1 ? "answer" : "answers";
    struct rect line = {x, box.y + box.h / 2 - px * 8 / 5, box.x + box.w - x,
                        px * 8 / 5};
    int used =
        sheet_line(s, number, FONT_HEAVY, px * 8 / 5, line, ALIGN_LEFT, INK);
    struct rect rest = {line.x + used + px / 3, line.y + px / 8,
                        line.w - used - px / 3, line.h};
    sheet_line(s, words, FONT_TEXT, px, rest, ALIGN_LEFT, INK_SOFT);
    line.y += line.h;
    sheet_line(s, "so far", FONT_TEXT, px, line, ALIGN_LEFT, INK_SOFT);
}

void
slide_question_draw(struct sheet *s, const struct slide *slide, int page)
{
    const struct theme *t = s->theme;
    const struct item *item = slide->items[0];
    int top = draw_label(s, slide->leads);
    int bottom = t->content.y + t->content.h;
    int px = theme_second_px(t, FONT_TEXT);
    bool has_asker = *item->author || *item->next_asker;
    int asker_h = has_asker ? px * 8 / 5 : 0;

    // Room for answers of two lines; they give way to the question, never
    // the other way round.
    int answers_h = slide->answer_count > 0 ? px * 5 : 0;
    if (t->layout == LAYOUT_TALL)
        answers_h = answers_h * 7 / 4; // with the line above them
    if (answers_h > (bottom - top) * 2 / 5)
        answers_h = 0;
    int gap = t->gap;
    struct rect box = {t->content.x, top, t->content.w, bottom - top};
    box.h -= asker_h + (answers_h ? answers_h + gap * 2 : 0);

    const char *sentence = *item->text ? item->text : item->title;
    struct fit_box fit = {FONT_SENTENCE,
                          box.w,
                          box.h,
                          theme_read_px(t, FONT_SENTENCE),
                          t->sentence_max_px *
                              (t->layout == LAYOUT_TALL ? 96 : 82) / 100,
                          SENTENCE_LINE};
    int y = sheet_paged_text(s, sentence, &fit, box, page, INK) + gap / 2;
    if (has_asker) {
        draw_asker(s, item, (struct rect){box.x, y, box.w, asker_h}, px);
        y += asker_h + gap;
    }
    if (!answers_h)
        return;
    if (t->layout == LAYOUT_TALL) {
        struct rect line = {box.x, y + gap, box.w, px * 3 / 2};
        sheet_line(s,
                   arena_format(s->arena, "%d answer%s so far",
                                slide->answer_count,
                                slide->answer_count == 1 ? "" : "s"),
                   FONT_STRONG, px, line, ALIGN_LEFT, INK_SOFT);
        y = line.y + line.h + gap / 2;
    }
    struct rect place = {box.x, y, box.w, bottom - y - gap / 2};
    if (place.h > answers_h * 3 / 2)
        place.h = answers_h * 3 / 2;
    if (t->layout != LAYOUT_TALL) // they stand on the footer
        place.y = bottom - gap / 2 - place.h;
    draw_answers(s, slide, place);
}
