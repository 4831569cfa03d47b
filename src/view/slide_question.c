#include "view/slides.h"

#include <string.h>

#include "base/utf8.h"
#include "core/wording.h"
#include "view/palette.h"
#include "view/postit.h"

#define SENTENCE_LINE 1.1f
#define ANSWERS_SHOWN 3
#define ANSWERS_TRIED 12 // the newest: of thousands, most are not measured
#define ANSWERS_TRIED 12 // the newest: of thousands, most are not measured

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

/* Asked by Priya, Year 4 · next week it's Tom. What comes next goes where
   there is no room. */
static void
draw_asker(struct sheet *s, const struct item *item, struct rect line, int px)
{
    struct rect rest = line;
    const char *next =
        wording_next_asker(s->arena, s->scene->board, item, s->scene->now);
    if (*item->author) {
        struct rect disc = {line.x, line.y, line.h, line.h};
        draw_box(s->list, disc, line.h / 2, RUST);
        sheet_line(s, initials(s, item->author), FONT_HEAVY, line.h / 2, disc,
                   ALIGN_CENTRE, CARD);
        int used = line.h + px / 2;
        rest.x += used;
        rest.w -= used;
        used = sheet_line(s, "Asked by ", FONT_TEXT, px, rest, ALIGN_LEFT,
                          INK_SOFT);
        rest.x += used;
        rest.w -= used;
        used =
            sheet_line(s, item->author, FONT_STRONG, px, rest, ALIGN_LEFT, INK);
        rest.x += used;
        rest.w -= used;
        next = *next ? arena_format(s->arena, "  ·  %s", next) : "";
    }
    if (fit_width_px(s->theme->ruler, FONT_TEXT, next, px, rest.w) == px)
        sheet_line(s, next, FONT_TEXT, px, rest, ALIGN_LEFT, INK_SOFT);
}

/* Answers that can be read whole, in so many columns. */
struct answers {
    struct item shown[ANSWERS_SHOWN]; // without their sort: it is plain here
    int places[ANSWERS_SHOWN];        // in the slide's answers
    int count;
    int w, h, gap; // of each post-it
};

static struct answers
answers_in(struct sheet *s, const struct slide *slide, int columns, int w,
           int h)
{
    struct answers a = {.gap = s->theme->gap * 3 / 2, .h = h};
    a.w = (w - a.gap * (columns - 1)) / columns;
    int most = slide->answer_count < ANSWERS_TRIED ? slide->answer_count
                                                   : ANSWERS_TRIED;
    for (int i = 0; i < most && a.count < columns; i++) {
        struct item answer = *slide->answers[i];
        answer.sort = SORT_IDEA;
        // A long one waits on the board, where it is whole.
        if (answer.is_face_down ||
            !postit_would_hold(s, postit_measure(s, &answer), a.w, h))
            continue;
        a.places[a.count] = i;
        a.shown[a.count++] = answer;
    }
    return a;
}

/* As many as can be read, even if that means fewer and wider. */
static struct answers
most_answers(struct sheet *s, const struct slide *slide, int w, int h)
{
    int most = s->theme->layout == LAYOUT_WIDE ? ANSWERS_SHOWN : 2;
    if (most > slide->answer_count)
        most = slide->answer_count;
    struct answers best = {0};
    for (int columns = most; columns > 0 && best.count < columns; columns--) {
        struct answers a = answers_in(s, slide, columns, w, h);
        if (a.count > best.count)
            best = a;
    }
    return best;
}

static int
draw_answer_postits(struct sheet *s, const struct answers *a, int x, int y)
{
    int px = INT32_MAX;
    for (int i = 0; i < a->count; i++) {
        int own = postit_px(s, &a->shown[i], a->w, a->h);
        px = own < px ? own : px;
    }
    for (int i = 0; i < a->count; i++) {
        struct rect box = {x, y, a->w, a->h};
        postit_draw(s, &a->shown[i], box, POSTIT_CORNER_DAY, px);
        draw_target(s->list, TARGET_ANSWER_ONE, a->places[i], box);
        x += a->w + a->gap;
    }
    return x;
}

static const char *
count_words(struct sheet *s, const struct slide *slide)
{
    return arena_format(s->arena, "%d answer%s so far", slide->answer_count,
                        slide->answer_count == 1 ? "" : "s");
}

/* A way to all of them, below where they are counted. */
static void
draw_way_to_all(struct sheet *s, struct rect line, int px)
{
    const struct theme *t = s->theme;
    if (!t->has_touch)
        return;
    sheet_line(s, "Read them all ›", FONT_STRONG, px, line, ALIGN_LEFT, INK);
    struct rect place = rect_grow(line, px / 2);
    if (place.h < t->touch_px) {
        place.y -= (t->touch_px - place.h) / 2;
        place.h = t->touch_px;
    }
    draw_target(s->list, TARGET_ANSWERS, 0, place);
}

/* Beside each other, the number last. */
static void
draw_answers_wide(struct sheet *s, const struct slide *slide, struct rect box,
                  int px)
{
    int count_w = box.w * 22 / 100;
    struct answers a = most_answers(s, slide, box.w - count_w, box.h);
    if (a.count == 0) {
        box.h = px * 3 / 2;
        int used = sheet_line(s, count_words(s, slide), FONT_TEXT, px, box,
                              ALIGN_LEFT, INK_SOFT);
        box.x += used + px;
        box.w -= used + px;
        draw_way_to_all(s, box, px * 9 / 10);
        return;
    }
    int x = draw_answer_postits(s, &a, box.x, box.y);
    int lines_h = px * (s->theme->has_touch ? 47 : 32) / 10;
    struct rect line = {x, box.y + (box.h - lines_h) / 2, box.x + box.w - x,
                        px * 8 / 5};
    int used = sheet_line(s, arena_format(s->arena, "%d", slide->answer_count),
                          FONT_HEAVY, px * 8 / 5, line, ALIGN_LEFT, INK);
    struct rect rest = {line.x + used + px / 3, line.y + px / 8,
                        line.w - used - px / 3, line.h};
    sheet_line(s, slide->answer_count == 1 ? "answer" : "answers", FONT_TEXT,
               px, rest, ALIGN_LEFT, INK_SOFT);
    line.y += line.h;
    sheet_line(s, "so far", FONT_TEXT, px, line, ALIGN_LEFT, INK_SOFT);
    line.y += line.h;
    line.h = px * 3 / 2;
    draw_way_to_all(s, line, px * 9 / 10);
}

/* Under a line that says how many there are. */
static void
draw_answers_tall(struct sheet *s, const struct slide *slide, struct rect box,
                  int px)
{
    struct rect line = {box.x, box.y, box.w, px * 3 / 2};
    // No room for "Read them all": the whole line leads there.
    bool has_touch = s->theme->has_touch;
    const char *words = arena_format(s->arena, "%s%s", count_words(s, slide),
                                     has_touch ? " ›" : "");
    sheet_line(s, words, FONT_STRONG, px, line, ALIGN_LEFT, INK_SOFT);
    if (has_touch)
        draw_target(s->list, TARGET_ANSWERS, 0, rect_grow(line, px / 3));
    int used = line.h + s->theme->gap / 2;
    struct answers a = most_answers(s, slide, box.w, box.h - used);
    draw_answer_postits(s, &a, box.x, box.y + used);
}

static void
draw_invitation(struct sheet *s, struct rect box, int px)
{
    if (!s->theme->has_touch || s->scene->board->is_frozen)
        return;
    box.h = px * 3 / 2;
    sheet_line(s, "No answers yet. Yours could be the first.", FONT_TEXT, px,
               box, ALIGN_LEFT, INK_SOFT);
}

void
slide_question_draw(struct sheet *s, const struct slide *slide, int page)
{
    const struct theme *t = s->theme;
    const struct item *item = slide->items[0];
    bool is_tall = t->layout == LAYOUT_TALL;
    int top = draw_label(s, slide->leads);
    int bottom = t->content.y + t->content.h;
    int px = theme_second_px(t, FONT_TEXT), gap = t->gap;
    int asker_h = *item->author || *item->next_asker ? px * 8 / 5 : 0;

    // Room for answers of two lines; they give way to the question, never
    // the other way round.
    bool has_answers = slide->answer_count > 0;
    int answers_h = has_answers ? px * (is_tall ? 8 : 5) : px * 3 / 2;
    if (answers_h > (bottom - top) / 2)
        answers_h = px * 3 / 2; // only how many there are
    struct rect box = {t->content.x, top, t->content.w, bottom - top};
    box.h -= asker_h + answers_h + gap * 9 / 4;

    int share = has_answers && !is_tall ? 82 : 100; // of the largest size
    const char *sentence = *item->text ? item->text : item->title;
    struct fit_box fit = {FONT_SENTENCE,
                          box.w,
                          box.h,
                          theme_read_px(t, FONT_SENTENCE),
                          t->sentence_max_px * share / 100,
                          SENTENCE_LINE};
    int y = sheet_paged_text(s, sentence, &fit, box, page, INK) + gap * 5 / 4;
    if (asker_h) {
        draw_asker(s, item, (struct rect){box.x, y, box.w, asker_h}, px);
        y += asker_h + gap;
    }

    struct rect place = {box.x, y, box.w, bottom - y - gap / 2};
    int most_h = answers_h * 3 / 2;
    if (place.h > most_h)
        place.h = most_h;
    if (!has_answers) {
        draw_invitation(s, place, px);
    } else if (is_tall) {
        draw_answers_tall(s, slide, place, px);
    } else {
        place.y = bottom - gap / 2 - place.h; // they stand on the footer
        draw_answers_wide(s, slide, place, px);
    }
}
