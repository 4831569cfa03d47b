#ifndef KIOSK_SHOW_PART_H
#define KIOSK_SHOW_PART_H

#include "kiosk/show.h"

/* What the files of the show say to each other; nobody else includes this. */

/* --- show_board.c: what there is to show --- */

/* Makes the running order again, of board and post-its. */
void show_make_order(struct show *s, struct now now);

/* Somebody says by hand that visitors have come, or left. */
void show_toggle_visitors(struct show *s, struct now now);

/* The item whose id has that hash; NULL when it is gone. */
const struct item *show_find(const struct show *s, uint64_t id);

/* The post-its written for that question or meeting; in the frame's arena. */
int show_thread(struct show *s, const struct item *about, struct now now,
                const struct item *const **out);

/* --- show_compose.c: writing a post-it --- */

/* Opens the composer, with the draft that was put aside here if there is one.
   `about`: the question or meeting it is for; NULL. */
void show_compose(struct show *s, enum postit_sort sort,
                  const struct item *about, struct now now);
void show_end_composing(struct show *s, enum composer_answer answer,
                        struct now now);
/* Puts a draft aside that nobody goes on with, and speaks up where the store
   does not answer. When to look again (monotonic ms). */
int64_t show_watch_composer(struct show *s, struct now now);

/* As when nobody goes on with it. */
void show_put_draft_aside(struct show *s, struct now now);

void show_take_room(struct show *s, const struct store_answer *answer);
void show_take_post(struct show *s, const struct store_answer *answer,
                    struct now now);

/* --- show_postit.c: what becomes of a post-it --- */

/* Hands it to the store, or says at once that it cannot be. */
void show_ask(struct show *s, const struct request *request, struct now now);

void show_take_answers(struct show *s, const struct news *news,
                       struct now now);

/* "Thank you", "I'll try it": once a minute, undone by touching again. */
void show_react(struct show *s, const struct item *item,
                enum request_kind kind, struct now now);
void show_turn_over(struct show *s, const struct item *item, struct now now);
void show_take_back(struct show *s, const struct item *item, struct now now);

bool show_has_reacted(const struct show *s, const char *id,
                      enum request_kind kind, struct now now);
bool show_can_take_back(const struct show *s, const struct item *item,
                        struct now now);

/* How far the newest post-it is from its place, 1 to 0. */
float show_left_to_fly(const struct show *s, struct now now);

/* A few words where the position stands, for a few seconds. */
void show_say(struct show *s, const char *words, struct now now);

/* --- show_touch.c --- */

/* Closes the post-it that is open, else the thread. */
void show_close(struct show *s, struct now now);

/* A finger has rested long on one place. */
void show_touch_hold(struct show *s, struct now now);

/* --- show_card.c: the network card --- */

void show_card_destroy(struct show_card *c);
void show_card_take(struct show *s, struct news *news);

/* True when the touch was for the card. Every touch passes here. */
bool show_card_touch(struct show *s, const struct touch *touch, struct now now);

/* These two only while it is open. */
void show_card_key(struct show *s, enum show_key key, struct now now);
void show_card_type(struct show *s, const char *text, size_t len,
                    struct now now);

/* Opens and shuts it when it is time. When to look again (monotonic ms). */
int64_t show_card_watch(struct show *s, struct now now);
void show_card_draw(struct show *s, struct draw_list *list, struct now now);

#endif
