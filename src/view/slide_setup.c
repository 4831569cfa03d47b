#include "view/slides.h"

#include <string.h>

#include "view/palette.h"

#define LINE 1.3f

/* One paragraph below the sentence. */
struct paragraph {
    const char *words; // "", NULL: none
    enum {
        LOOK_PLAIN,
        LOOK_TYPED, // to be copied letter by letter
        LOOK_SOFT,
        LOOK_SMALL, // read from near, by one person
    } look;
};
#define PARAGRAPHS 5

/* What the slide says, in its order. */
struct told {
    const char *kicker, *sentence;
    struct paragraph paragraphs[PARAGRAPHS];
};

static const char *
address_of(struct sheet *s)
{
    const char *address = s->scene->setup.address;
    if (!address)
        return "";
    if (!*address)
        return "This screen is not in the network yet.";
    return arena_format(s->arena, "This screen’s address is %s.", address);
}

static struct told
tell_mistake(struct sheet *s)
{
    return (struct told){
        "The settings",
        "There is a mistake in this screen’s settings.",
        {{arena_format(s->arena, "For IT: %s.", s->scene->setup.mistake),
          LOOK_PLAIN},
         {"The board comes by itself as soon as that is put right.", LOOK_SOFT},
         {address_of(s), LOOK_SOFT}},
    };
}

static const char *
misnamed_of(struct sheet *s)
{
    const char *misnamed = s->scene->setup.misnamed;
    if (!misnamed || !*misnamed)
        return "";
    return arena_format(s->arena,
                        "There is a file %s: it is not read until its name is "
                        "staffroom.conf.",
                        misnamed);
}

static struct told
tell_awaited(struct sheet *s)
{
    return (struct told){
        "Set up this screen",
        "This screen has not been told yet whose board it shows.",
        {{"Write two lines into a file called staffroom.conf, and put it on "
          "this screen’s memory card, beside the file config.txt:",
          LOOK_PLAIN},
         {"[hub]\nhub = https://the-address-of-your-hub", LOOK_TYPED},
         {misnamed_of(s), LOOK_PLAIN},
         {address_of(s), LOOK_SOFT},
         {"For IT: /etc/staffroom/staffroom.conf does as well, and explains "
          "each setting. This screen begins within seconds of being told.",
          LOOK_SMALL}},
    };
}

static struct fit
fit_paragraph(struct sheet *s, const struct paragraph *p, int px,
              struct rect box)
{
    if (p->look == LOOK_SMALL)
        px = px * 2 / 3;
    struct fit_box fit = {p->look == LOOK_TYPED ? FONT_STRONG : FONT_TEXT,
                          box.w,
                          box.h,
                          px,
                          px,
                          LINE};
    return fit_text(s->theme->ruler, s->arena, p->words, strlen(p->words),
                    &fit);
}

static bool
would_fit(struct sheet *s, const struct told *told, int px, struct rect box)
{
    int left = box.h;
    for (int i = 0; i < PARAGRAPHS; i++) {
        const struct paragraph *p = &told->paragraphs[i];
        if (!p->words || !*p->words)
            continue;
        struct fit f = fit_paragraph(s, p, px, box);
        left -= fit_height(&f) + s->theme->gap * 3 / 4;
        if (!f.is_whole || left < 0)
            return false;
    }
    return true;
}

/* In the size of what is read from near, or smaller: all of it matters more. */
static void
draw_paragraphs(struct sheet *s, const struct told *told, struct rect box)
{
    int px = theme_second_px(s->theme, FONT_TEXT), least = px / 2;
    while (px > least && !would_fit(s, told, px, box))
        px--;
    for (int i = 0; i < PARAGRAPHS && box.h > px; i++) {
        const struct paragraph *p = &told->paragraphs[i];
        if (!p->words || !*p->words)
            continue;
        bool is_soft = p->look == LOOK_SOFT || p->look == LOOK_SMALL;
        struct fit f = fit_paragraph(s, p, px, box);
        int y = sheet_lines(s, p->words, &f, box, ALIGN_LEFT,
                            is_soft ? INK_SOFT : INK) +
                s->theme->gap * 3 / 4;
        box.h -= y - box.y;
        box.y = y;
    }
}

void
slide_setup_draw(struct sheet *s)
{
    const struct theme *t = s->theme;
    const char *mistake = s->scene->setup.mistake;
    struct told told = mistake && *mistake ? tell_mistake(s) : tell_awaited(s);
    int top = sheet_kicker(s, told.kicker, AMBER);
    // The sentence is for whoever passes by; most of the room is for the one
    // who stands there to mend it.
    struct rect box = {t->content.x, top, t->content.w,
                       t->content.y + t->content.h - top};
    struct fit_box place = {
        FONT_SENTENCE,          box.w,
        box.h * 2 / 5,          theme_second_px(t, FONT_TEXT),
        t->sentence_max_px / 2, 1.1f};
    struct fit f = fit_text(t->ruler, s->arena, told.sentence,
                            strlen(told.sentence), &place);
    sheet_reads(s, FONT_SENTENCE, f.size_px);
    int y = sheet_lines(s, told.sentence, &f, box, ALIGN_LEFT, INK) + t->gap;
    box.h -= y - box.y;
    box.y = y;
    draw_paragraphs(s, &told, box);
}
