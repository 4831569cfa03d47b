#include "view/slides.h"

#include <string.h>

#include "view/palette.h"
#include "view/qr_card.h"

#define HALF 4 // letters read out in one breath
#define LINE 1.3f

const char *
slide_pairing_code(struct arena *arena, const char *code)
{
    if (strlen(code) <= HALF)
        return code;
    return arena_format(arena, "%.*s %s", HALF, code, code + HALF);
}

/* A paragraph of `lines` lines at most; the y below it. */
static int
draw_words(struct sheet *s, const char *words, int px, int lines,
           struct rect box, uint32_t colour)
{
    int most = (int) ((float) (px * lines) * LINE) + 1;
    if (!*words || box.h < px)
        return box.y;
    box.h = box.h < most ? box.h : most;
    struct fit_box fit = {FONT_TEXT, box.w, box.h, px * 2 / 3, px, LINE};
    struct fit f =
        fit_text(s->theme->ruler, s->arena, words, strlen(words), &fit);
    return sheet_lines(s, words, &f, box, ALIGN_LEFT, colour);
}

static int
draw_code(struct sheet *s, const char *code, struct rect box)
{
    const struct theme *t = s->theme;
    const char *shown = slide_pairing_code(s->arena, code);
    int most = box.h * 2 / 5;
    most = most < t->sentence_max_px * 2 ? most : t->sentence_max_px * 2;
    int px = fit_width_px(t->ruler, FONT_HEAVY, shown, most, box.w);
    box.h = px * 5 / 4;
    sheet_reads(s, FONT_HEAVY, px);
    sheet_line(s, shown, FONT_HEAVY, px, box, ALIGN_LEFT, INK);
    return box.y + box.h;
}

static struct rect
below(struct rect box, int y)
{
    return (struct rect){box.x, y, box.w, box.y + box.h - y};
}

/*
 * The code that leads there, for who has a phone in their hand: beside the
 * letters; on an upright panel below them. Gives the room that is left for the
 * words.
 */
static struct rect
draw_way_there(struct sheet *s, struct rect box)
{
    const struct theme *t = s->theme;
    const struct qr *q = s->scene->hub.qr;
    if (!q || !*s->scene->hub.code)
        return box;
    bool is_tall = t->layout == LAYOUT_TALL;
    int w = is_tall ? box.w * 3 / 4 : box.w * 2 / 5;
    int h = is_tall ? box.h * 2 / 5 : box.h * 4 / 5;
    int square = qr_card_square_px(t, q, w, h),
        side = qr_card_side_px(q, square);
    if (square == 0)
        return box;
    if (is_tall) {
        qr_card_draw_squares(s->list, q, box.x, box.y + box.h - side, square);
        box.h -= side + t->gap;
    } else {
        qr_card_draw_squares(s->list, q, box.x + box.w - side, box.y, square);
        box.w -= side + t->gap * 2;
    }
    return box;
}

/* What stands in the place of the letters. The y below it. */
static int
draw_sentence(struct sheet *s, const char *words, struct rect box)
{
    const struct theme *t = s->theme;
    struct fit_box fit = {
        FONT_SENTENCE,          box.w,
        box.h * 2 / 5,          theme_second_px(t, FONT_SENTENCE),
        t->sentence_max_px / 2, 1.1f};
    struct fit f = fit_text(t->ruler, s->arena, words, strlen(words), &fit);
    sheet_reads(s, FONT_SENTENCE, f.size_px);
    return sheet_lines(s, words, &f, box, ALIGN_LEFT, INK);
}

/* What it waits for, while no letters have come. */
static int
draw_waiting(struct sheet *s, int px, struct rect box)
{
    const struct scene_hub *hub = &s->scene->hub;
    const char *address = s->scene->setup.address;
    bool is_offline = address && !*address;
    const char *what = is_offline ? "Waiting for the network …"
                       : *hub->why
                           ? "Waiting for the hub to answer …"
                           : "Asking the hub for this screen’s letters …";
    int y = draw_sentence(s, what, box) + s->theme->gap;
    if (!is_offline)
        return y;
    return draw_words(s,
                      "Please see that its cable is plugged in, or its Wi-Fi "
                      "set up. This screen goes on by itself.",
                      px, 4, below(box, y), INK_SOFT) +
           s->theme->gap / 2;
}

/* Beside the letters, which have come from there, no more than that. */
static int
draw_trouble(struct sheet *s, int px, struct rect box)
{
    const struct scene_hub *hub = &s->scene->hub;
    const char *address = s->scene->setup.address;
    bool is_offline = address && !*address && !*hub->code;
    int y = box.y;
    if (!is_offline) {
        const char *sorry = arena_format(
            s->arena,
            "The hub cannot be reached%s%s. This screen keeps trying.",
            *hub->code ? " just now" : ". ", *hub->code ? "" : hub->why);
        y = draw_words(s, sorry, px, 3, box, INK_SOFT) + s->theme->gap / 2;
    }
    const char *line =
        arena_format(s->arena, "For IT: %s (%s)", hub->detail, hub->address);
    return draw_words(s, line, px * 2 / 3, 3, below(box, y), INK_SOFT) +
           s->theme->gap / 2;
}

void
slide_pairing_draw(struct sheet *s)
{
    const struct theme *t = s->theme;
    const struct scene_hub *hub = &s->scene->hub;
    const char *address = s->scene->setup.address;
    const char *kicker =
        hub->was_removed ? "Add this screen again" : "Add this screen";
    int y = sheet_kicker(s, kicker, AMBER);
    int px = theme_second_px(t, FONT_TEXT);
    struct rect box = draw_way_there(s, below(t->content, y));
    bool has_code =
        box.w < t->content.w || box.h < t->content.y + t->content.h - y;
    if (*hub->code) {
        y = draw_code(s, hub->code, below(box, y)) + t->gap / 2;
        y = draw_words(s,
                       has_code ? "On the hub’s page: Screens, Add a screen, "
                                  "and type these letters. Or scan the code."
                                : "On the hub’s page: Screens, Add a screen, "
                                  "and type these letters.",
                       px, has_code ? 4 : 2, below(box, y), INK) +
            t->gap / 2;
        y = draw_words(s, hub->address, px, 1, below(box, y), INK) + t->gap / 2;
    } else {
        y = draw_waiting(s, px, below(box, y));
    }
    if (hub->was_revoked)
        y = draw_words(s,
                       "A coordinator has taken this screen off the "
                       "partnership. Its board is deleted here.",
                       px, 3, below(box, y), INK) +
            t->gap / 2;
    if (*hub->why)
        y = draw_trouble(s, px, below(box, y));
    if (address && *address) {
        const char *line =
            arena_format(s->arena, "This screen’s address is %s.", address);
        draw_words(s, line, px * 2 / 3, 2, below(box, y), INK_SOFT);
    }
}
