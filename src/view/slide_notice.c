#include "view/slides.h"

#include <string.h>

#include "view/palette.h"

struct words {
    const char *kicker, *sentence, *advice;
};

static struct words
words_for(const struct scene *scene)
{
    if (scene->is_for_visitors)
        return (struct words){"Welcome", scene->board->title, ""};
    if (scene->board)
        return (struct words){
            "Nothing up just now",
            "The board is empty today.",
            "As soon as your coordinator adds something, it is here.",
        };
    if (*scene->why)
        return (struct words){
            "No board yet",
            scene->why,
            "Please tell whoever looks after this screen. It keeps trying.",
        };
    return (struct words){"One moment", "Fetching the board …", ""};
}

void
slide_notice_draw(struct sheet *s)
{
    const struct theme *t = s->theme;
    struct words w = words_for(s->scene);
    int top = sheet_kicker(s, w.kicker, AMBER);
    int px = theme_second_px(t, FONT_TEXT);
    struct rect box = {t->content.x, top, t->content.w,
                       t->content.y + t->content.h - top};
    struct rect place = box;
    if (box.h > px * 12) // the advice gives way first
        place.h -= px * 6;
    struct fit_box fit = {FONT_SENTENCE,
                          place.w,
                          place.h,
                          theme_read_px(t, FONT_SENTENCE),
                          (int) ((float) t->sentence_max_px * 0.75f),
                          1.1f};
    int y = sheet_paged_text(s, w.sentence, &fit, place, 0, INK) + t->gap;
    struct fit_box advice = {FONT_TEXT,        box.w, px * 3, px,
                             t->detail_max_px, 1.3f};
    struct fit f =
        fit_text(t->ruler, s->arena, w.advice, strlen(w.advice), &advice);
    place = (struct rect){box.x, y, box.w, px * 3};
    y = sheet_lines(s, w.advice, &f, place, ALIGN_LEFT, INK_SOFT) + t->gap;
    if (!*s->scene->detail || s->scene->board || y >= box.y + box.h)
        return;
    int small_px = px * 2 / 3; // read from near, by one person, once
    const char *address = s->scene->setup.address;
    const char *line = arena_format(
        s->arena, "For IT: %s%s%s", s->scene->detail,
        !address   ? ""
        : *address ? ". This screen’s address is "
                   : ". This screen is not in the network: it has no address",
        address ? address : "");
    struct fit_box detail = {FONT_TEXT, box.w,    box.y + box.h - y,
                             small_px,  small_px, 1.3f};
    f = fit_text(t->ruler, s->arena, line, strlen(line), &detail);
    place = (struct rect){box.x, y, box.w, box.y + box.h - y};
    sheet_lines(s, line, &f, place, ALIGN_LEFT, INK_SOFT);
}
