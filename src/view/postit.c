#include "view/postit.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "core/wording.h"
#include "view/palette.h"

#define LINE_HEIGHT 1.15f

float
postit_lean(const char *id)
{
    int tenths = (int) (hash_string(id) % 29) - 14;
    if (tenths > -4 && tenths < 4) // nearly straight looks like a mistake
        tenths = tenths < 0 ? -4 : 4;
    return (float) tenths / 10;
}

uint32_t
postit_paper(enum postit_colour colour)
{
    static const uint32_t papers[] = {
        [COLOUR_YELLOW] = POSTIT_YELLOW,
        [COLOUR_PINK] = POSTIT_PINK,
        [COLOUR_MINT] = POSTIT_MINT,
        [COLOUR_BLUE] = POSTIT_BLUE,
    };
    return papers[colour];
}

void
postit_begin(struct sheet *s, struct rect box, float lean, uint32_t paper)
{
    const struct theme *t = s->theme;
    struct rect near = box, far = box;
    near.y += theme_px(t, 2);
    far.y += theme_px(t, 12);
    draw_lean(s->list, lean, box);
    draw_shadow(s->list, far, t->postit_radius, theme_px(t, 28), SHADOW_FAR);
    draw_shadow(s->list, near, t->postit_radius, theme_px(t, 6), SHADOW_NEAR);
    draw_box(s->list, box, t->postit_radius, paper);
}

const char *
postit_words(struct sheet *s, const struct item *item)
{
    static const char *const leads[] = {
        [SORT_IDEA] = "",
        [SORT_ANSWER] = "An answer: ",
        [SORT_DISCOVERY] = "A discovery: ",
        [SORT_DISTURBANCE] = "A disturbance: ",
        [SORT_DELIGHT] = "A delight: ",
    };
    const char *lead = leads[item->sort];
    size_t said = strlen(lead) < 2 ? 0 : strlen(lead) - 2;
    if (said == 0 || strncasecmp(item->text, lead, said) == 0)
        return item->text;
    return arena_format(s->arena, "%s%s", lead, item->text);
}

struct parts {
    struct rect text, foot;
    struct fit_box fit;
    int foot_px;
};

/* Writing grows with the paper, as it would with a thicker pen. */
static int
most_px_for(const struct theme *t, struct rect box)
{
    float side = sqrtf((float) box.w * (float) box.h);
    int px = (int) (side * 0.14f);
    int floor_px = theme_second_px(t, t->hand);
    int most = t->text_max_px * 5 / 4;
    px = px > most ? most : px;
    return px > floor_px * 5 / 4 ? px : floor_px * 5 / 4;
}

static struct parts
parts_of(const struct sheet *s, struct rect box)
{
    const struct theme *t = s->theme;
    struct parts p;
    int pad_x = box.w / 12, pad_y = box.h / 11;
    int most_pad = theme_px(t, 40);
    if (pad_x > most_pad)
        pad_x = most_pad;
    if (pad_y > most_pad)
        pad_y = most_pad;
    p.foot_px = theme_second_px(t, FONT_STRONG) * 2 / 3;
    int foot_h = p.foot_px * 3 / 2;
    p.foot =
        (struct rect){box.x + pad_x, box.y + box.h - pad_y * 2 / 3 - foot_h,
                      box.w - 2 * pad_x, foot_h};
    p.text = (struct rect){box.x + pad_x, box.y + pad_y, box.w - 2 * pad_x,
                           p.foot.y - box.y - pad_y - p.foot_px / 4};
    p.fit = (struct fit_box){
        .font = t->hand,
        .w = p.text.w,
        .h = p.text.h,
        .min_px = theme_second_px(t, t->hand),
        .max_px = most_px_for(t, box),
        .line_height = LINE_HEIGHT,
    };
    return p;
}

const struct fit_pieces *
postit_measure(struct sheet *s, const struct item *item)
{
    const char *words = postit_words(s, item);
    return fit_measure(s->theme->ruler, s->arena, s->theme->hand, words,
                       strlen(words));
}

bool
postit_would_hold(const struct sheet *s, const struct fit_pieces *words, int w,
                  int h)
{
    struct parts p = parts_of(s, (struct rect){0, 0, w, h});
    return fit_would_hold(words, &p.fit);
}

static const char *
tally(struct sheet *s, const struct item *item)
{
    if (item->trying > 0 && item->trying >= item->thanks)
        return arena_format(s->arena, "%d trying it", item->trying);
    if (item->thanks > 0)
        return arena_format(s->arena, "%d %s", item->thanks,
                            item->thanks == 1 ? "thank you" : "thanks");
    return "";
}

int
postit_px(struct sheet *s, const struct item *item, int w, int h)
{
    struct parts p = parts_of(s, (struct rect){0, 0, w, h});
    const char *words = postit_words(s, item);
    return fit_text(s->theme->ruler, s->arena, words, strlen(words), &p.fit)
        .size_px;
}

/* Nobody reads it any more, but everybody sees that it was turned. */
static void
draw_back(struct sheet *s, const struct item *item, struct rect box)
{
    static const char words[] = "Face-down until the coordinator has looked";
    struct parts p = parts_of(s, box);
    p.fit.font = FONT_STRONG;
    p.fit.max_px = p.fit.min_px = p.foot_px;
    postit_begin(s, box, postit_lean(item->id), postit_paper(item->colour));
    struct fit f =
        fit_text(s->theme->ruler, s->arena, words, strlen(words), &p.fit);
    p.text.y += p.text.h - fit_height(&f);
    sheet_lines(s, words, &f, p.text, ALIGN_LEFT, ON_POSTIT_SOFT);
    draw_straight(s->list);
}

void
postit_draw(struct sheet *s, const struct item *item, struct rect box,
            enum postit_corner corner, int most_px)
{
    if (item->is_face_down) {
        draw_back(s, item, box);
        return;
    }
    const struct theme *t = s->theme;
    struct parts p = parts_of(s, box);
    if (most_px > 0)
        p.fit.max_px = most_px;
    postit_begin(s, box, postit_lean(item->id), postit_paper(item->colour));

    const char *words = fit_shortened(t->ruler, s->arena, postit_words(s, item),
                                      &p.fit, &s->is_cut);
    struct fit f = fit_text(t->ruler, s->arena, words, strlen(words), &p.fit);
    sheet_lines(s, words, &f, p.text, ALIGN_LEFT, INK);

    const char *right = corner == POSTIT_CORNER_TALLY
                            ? tally(s, item)
                            : wording_day_ago(s->arena, s->scene->zone,
                                              item->published_s, s->scene->now);
    struct rect foot = p.foot;
    int used = 0;
    if (*right)
        used = sheet_line(s, right, FONT_STRONG, p.foot_px, foot, ALIGN_RIGHT,
                          ON_POSTIT_SOFT);
    foot.w -= used + p.foot_px;
    if (*item->author && foot.w > p.foot_px * 2)
        sheet_line(s, item->author, FONT_STRONG, p.foot_px, foot, ALIGN_LEFT,
                   ON_POSTIT_SOFT);
    draw_straight(s->list);
}
