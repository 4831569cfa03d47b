#ifndef CORE_RUNNING_ORDER_H
#define CORE_RUNNING_ORDER_H

#include "base/arena.h"
#include "base/clock.h"
#include "core/board.h"

/*
 * Which slides there are just now, in which order, and what is on each: the
 * rules of the feed, without a word on how they look.
 *
 * Purposes · the question · ideas of the week · the board · meetings, then
 * scrapbook and impact; on its own Thursday the question leads. A kind with
 * nothing to show has no slide. While the wall clock cannot be trusted only
 * what needs no date is in it: purposes, the newest three ideas, and the
 * board, without items whose window needs the time.
 */

enum slide_kind {
    SLIDE_PURPOSE,
    SLIDE_QUESTION,
    SLIDE_IDEA,
    SLIDE_BOARD,
    SLIDE_MEETINGS,
    SLIDE_SCRAPBOOK,
    SLIDE_IMPACT,
};

#define SLIDES_MAX 40

struct slide {
    enum slide_kind kind;
    const char *name; // unique and file-safe: "purpose", "idea-2"
    const struct item *const *items; // what it shows, at least one
    int item_count;
    const struct item *const *answers; // question: newest first
    int answer_count;
    bool leads; // question: today is its day; idea: the idea of the week
};

struct running_order {
    struct slide slides[SLIDES_MAX];
    int count;
};

/*
 * `school` is this staffroom's id, or "". Pointers in the order live in
 * `arena` and in the board; both must outlive it. Call again when the board
 * changed or the minute did: same input, same order.
 */
void running_order_make(struct running_order *order, struct arena *arena,
                        const struct board *board, const char *school,
                        struct now now);

/*
 * While strangers are in the building: takes out all but purposes, and ideas
 * and stories marked "public" in the feed. Nothing may be left.
 */
void running_order_for_visitors(struct running_order *order);

/*
 * Whether the item's window is open and it is meant for this school. An item
 * for certain schools is shown by none that does not say which it is.
 */
bool item_is_showing(const struct item *item, const struct board *board,
                     const char *school, struct now now);

/* Whether it has ended; where no end is said, an hour after it began. */
bool meeting_is_over(const struct item *meeting, const struct board *board,
                     struct now now);

/* How long `words` words take to read: 3 s + 0.375 s a word, 8 to 40 s. */
int dwell_ms(int words);

#endif
