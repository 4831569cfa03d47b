#include "view/slides.h"

#include <string.h>

#include "core/wording.h"
#include "view/palette.h"
#include "view/wall.h"

#define SENTENCE_LINE 1.15f

static const char *
kicker_for(struct sheet *s, const struct item *about, int count)
{
    if (about->kind == KIND_MEETING)
        return count == 1  ? "One post-it for the meeting"
               : count > 1 ? arena_format(s->arena,
                                          "%d post-its for the meeting", count)
                           : "For the meeting";
    return count == 1 ? "One answer"
                      : arena_format(s->arena, "%d answers", count);
}

/* When and where, as its row on the slide says it. */
static const char *
meeting_detail(struct sheet *s, const struct item *about)
{
    struct meeting_wording w =
        wording_meeting(s->arena, s->scene->board, about, s->scene->now);
    return arena_format(s->arena, "%s %s%s%s", w.top, w.big,
                        *w.detail ? "  ·  " : "", w.detail);
}

/* What it is about. Returns the y below it. */
static int
draw_heading(struct sheet *s, const struct item *about, struct rect box)
{
    const struct theme *t = s->theme;
    bool is_question = about->kind == KIND_QUESTION;
    const char *words =
        is_question && *about->text ? about->text : about->title;
    enum font font = is_question ? FONT_SENTENCE : FONT_STRONG;
    struct fit_box fit = {font,           box.w,
                          box.h,          theme_second_px(t, font),
                          t->text_max_px, SENTENCE_LINE};
    const char *shown =
        fit_shortened(t->ruler, s->arena, words, &fit, &s->is_cut);
    struct fit f = fit_text(t->ruler, s->arena, shown, strlen(shown), &fit);
    int y = sheet_lines(s, shown, &f, box, ALIGN_LEFT, INK);
    if (is_question)
        return y;
    int px = theme_second_px(t, FONT_TEXT);
    struct fit_box two_lines = {FONT_TEXT, box.w, px * 27 / 10, px, px, 1.25f};
    const char *detail = fit_shortened(
        t->ruler, s->arena, meeting_detail(s, about), &two_lines, &s->is_cut);
    f = fit_text(t->ruler, s->arena, detail, strlen(detail), &two_lines);
    box.y = y;
    return sheet_lines(s, detail, &f, box, ALIGN_LEFT, INK_SOFT);
}

/* All that the coordinator wrote about a meeting nobody has brought anything
   to yet, and an invitation. */
static void
draw_nothing_yet(struct sheet *s, const struct item *about, struct rect area)
{
    const struct theme *t = s->theme;
    int px = theme_second_px(t, FONT_TEXT);
    const char *invitation = about->kind == KIND_MEETING
                                 ? "Nobody has brought anything yet. A "
                                   "thought, a question, something that "
                                   "worked?"
                                 : "No answers yet. Yours could be the first.";
    struct fit_box fit = {FONT_TEXT, area.w,           area.h,
                          px,        t->detail_max_px, 1.25f};
    struct fit f =
        fit_text(t->ruler, s->arena, invitation, strlen(invitation), &fit);
    sheet_lines(s, invitation, &f, area, ALIGN_LEFT, INK_SOFT);
}

void
slide_thread_draw(struct sheet *s, const struct item *about, int page)
{
    const struct theme *t = s->theme;
    const struct scene *scene = s->scene;
    int top = sheet_kicker(s, kicker_for(s, about, scene->thread_count), AMBER);
    int bottom = t->content.y + t->content.h - t->gap / 2;
    struct rect head = {t->content.x, top - t->gap / 2, t->content.w,
                        (bottom - top) * 3 / 10};
    int y = draw_heading(s, about, head) + t->gap;
    struct rect area = {t->content.x, y, t->content.w, bottom - y};
    if (scene->thread_count == 0) {
        draw_nothing_yet(s, about, area);
        return;
    }
    struct wall wall = {.items = scene->thread,
                        .count = scene->thread_count,
                        .area = area,
                        .target = TARGET_POSTIT};
    wall_draw(s, &wall, page);
}
