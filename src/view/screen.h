#ifndef VIEW_SCREEN_H
#define VIEW_SCREEN_H

#include "base/arena.h"
#include "view/composer.h"
#include "view/draw.h"
#include "view/scene.h"
#include "view/theme.h"

/*
 * The whole picture: draw list = screen(scene, theme). Header, the slide,
 * footer. Pure: the same scene gives the same list.
 */

struct screen_facts {
    int page_count;  // of this slide on this panel, at least 1
    int words;       // on this page of the slide, header and footer not
                     // counted: how long it wants to be read
    int cap_px;      // height of the smallest capital meant for across the room
    bool is_split;   // a text takes more than one page
    bool is_cut;     // some text had no room and was left out
    int sought_page; // where scene.sought hangs; -1: not on this slide
};

/* Empties the list and draws the scene into it. `arena` is the frame's. */
struct screen_facts screen_draw(struct draw_list *list,
                                const struct theme *theme,
                                struct arena *arena,
                                const struct scene *scene);

/* The composer instead of a slide. */
void screen_draw_composer(struct draw_list *list, const struct theme *theme,
                          struct arena *arena, const struct scene *scene,
                          struct composer *composer);

#endif
