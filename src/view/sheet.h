#ifndef VIEW_SHEET_H
#define VIEW_SHEET_H

#include "base/arena.h"
#include "view/draw.h"
#include "view/fit.h"
#include "view/scene.h"
#include "view/theme.h"

/*
 * What a slide writes on: the draw list, the theme, memory for one frame, and
 * what the slide reports back about itself.
 */

struct sheet {
    struct draw_list *list;
    const struct theme *theme;
    struct arena *arena; // frame
    const struct scene *scene;

    // Reported by the slide.
    int page_count;    // at this panel's size
    float read_cap_px; // smallest capital of what is read across the room
    bool is_split;     // some text is too long for one page
    int sought_page;   // where scene.sought hangs; -1: not here
    bool is_cut;       // some text did not fit at all and was left out
};

enum align {
    ALIGN_LEFT,
    ALIGN_CENTRE,
    ALIGN_RIGHT,
};

/*
 * The lines of a fit, from `y` down. Right-to-left lines stand at the right
 * of the box. Returns the y below the last line.
 */
int sheet_lines(struct sheet *s, const char *text, const struct fit *f,
                struct rect box, enum align align, uint32_t colour);

/* One line in one size, centred on the box's height, cut with "…" if it must
   be. Returns its width. */
int sheet_line(struct sheet *s, const char *text, enum font font, int size_px,
               struct rect box, enum align align, uint32_t colour);

/* The small heading of a slide at the top of the content. Returns the y where
   the slide itself begins. */
int sheet_kicker(struct sheet *s, const char *text, uint32_t colour);

/* Whether the item's photo is here; before, and where it never comes, a slide
   is laid out without one. */
bool sheet_has_photo(const struct sheet *s, const struct item *item);

/* Notes that text of this size is meant to be read across the room. */
void sheet_reads(struct sheet *s, enum font font, int size_px);

/* A long text in a box: its page `page`, at the size all its pages share.
   It is what the slide is for, so its size counts as read across the room;
   page_count becomes its number of pages. Returns the y below it. */
int sheet_paged_text(struct sheet *s, const char *text,
                     const struct fit_box *box, struct rect place, int page,
                     uint32_t colour);

#endif
