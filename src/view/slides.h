#ifndef VIEW_SLIDES_H
#define VIEW_SLIDES_H

#include "view/sheet.h"

/*
 * One function a kind of slide: draws `page` of the slide between header and
 * footer and reports page_count, read_cap_px and is_cut on the sheet. A page
 * beyond the last draws the last. No policy here: which slides there are and
 * for how long is core's business.
 */

typedef void slide_draw(struct sheet *s, const struct slide *slide, int page);

slide_draw slide_purpose_draw;
slide_draw slide_question_draw;
slide_draw slide_idea_draw; // scrapbook and impact as well
slide_draw slide_board_draw;
slide_draw slide_meetings_draw;

/* What somebody opened over a slide: a post-it, large, and all that was
   written for a question or a meeting (scene.thread). */
void slide_postit_draw(struct sheet *s, const struct item *item, int page);
void slide_thread_draw(struct sheet *s, const struct item *about, int page);

/* The screen while there is nothing else to show: what is wrong in words for
   a teacher, and a line for IT. */
void slide_notice_draw(struct sheet *s);

/* The same while the hub does not know this screen: the letters to type there,
   across the room. */
void slide_pairing_draw(struct sheet *s);

/* The same where the settings say nothing that could be shown, or have a
   mistake in them. */
void slide_setup_draw(struct sheet *s);

/* The code as it is read out: "BCDF GHJK". In `arena`. */
const char *slide_pairing_code(struct arena *arena, const char *code);

#endif
