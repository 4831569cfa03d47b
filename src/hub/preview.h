#ifndef HUB_PREVIEW_H
#define HUB_PREVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "core/feed.h"

/*
 * The slides exactly as the kiosk's own program draws them: it is run with
 * --list and --render (to measure: --list and --check) on a feed, at a moment,
 * for a screen of some shape. One such run at a time, others wait for theirs;
 * whoever wants the same shares it. The pictures are files in a folder of ours,
 * which is emptied when we open it, under names that we gave them; they are kept
 * until the feed changes, and in PREVIEW_BYTES_MOST altogether. Nothing here
 * blocks.
 *
 * The program is not trusted: it has limits (io/child.h), and what it writes is
 * looked at before it is believed.
 */

#define PREVIEW_BYTES_MOST ((size_t) 64 * 1024 * 1024)
#define PREVIEW_QUEUE_MOST 8

enum preview_shape {
    PREVIEW_WIDE,
    PREVIEW_SMALL,
    PREVIEW_UPRIGHT,
    PREVIEW_SHAPE_COUNT,
};

struct preview_shape_row {
    const char *name;  // in addresses
    const char *words; // for people
    int w, h;
};
extern const struct preview_shape_row preview_shapes[PREVIEW_SHAPE_COUNT];

struct preview_slide {
    const char *kind;  // one of kind_names; "" for the notice that nothing is up
    const char *title; // of its first item
    int item_count;
    int dwell_ms; // of each page
    int page_count;
    int cap_px; // the smallest capital meant for across the room
};

struct preview_picture {
    int slide; // which
    int page;  // of it, from 0
};

struct preview_drawing {
    const struct preview_slide *slides;
    int slide_count;
    const struct preview_picture *pictures; // in order; none: it was measured
    int picture_count;
    bool is_cut; // measured: some words have no room, not even on more pages
    int number; // ours, for preview_read
};

struct preview_wish {
    struct feed_page feed;
    int64_t change; // two wishes with the same number have the same feed
    int64_t minute; // since 1970, UTC
    enum preview_shape shape;
    bool is_nameless; // the feed without names: another one, with that change
};

enum preview_state {
    PREVIEW_DRAWN,
    PREVIEW_UNDER_WAY, // ask again when preview_turn was true
    PREVIEW_BUSY,      // too many are under way; nothing was begun
    PREVIEW_FAILED,    // it is tried again when asked after ten seconds
    PREVIEW_NO_PROGRAM,
};

struct preview; // NULL is one without a program

/*
 * `folder` is made, or emptied. `program`: the path of the kiosk's program, or
 * "" for the one beside ours, else the one in PATH. `beside` is an epoll
 * descriptor that gets to know what is waited for. NULL when there is no
 * program or the folder cannot be had; that is in the log.
 */
struct preview *preview_open(const char *folder, const char *program,
                             int beside);
void preview_close(struct preview *p); // takes the pictures with it

/* `out`, when DRAWN, is borrowed until anything else is asked. */
enum preview_state preview_draw(struct preview *p,
                                const struct preview_wish *wish, int64_t now_ms,
                                const struct preview_drawing **out);

/* The same without pictures, for a feed that is not published (`change` does
   not count). On a screen of 1920 x 1080. */
enum preview_state preview_measure(struct preview *p,
                                   const struct preview_wish *wish,
                                   int64_t now_ms,
                                   const struct preview_drawing **out);

/* One that is kept, by all of the wish but its feed; NULL when there is none. */
const struct preview_drawing *preview_kept(struct preview *p,
                                           const struct preview_wish *wish,
                                           int64_t now_ms);

/* The PNG of that picture, from 0. False when it is not there any more. */
bool preview_read(const struct preview *p, const struct preview_drawing *d,
                  int picture, struct text *out);

/* When what is waited for has happened. True when something has ended. */
bool preview_turn(struct preview *p, int64_t now_ms);

/* Deletes all pictures of other feeds than this one. */
void preview_forget_all_but(struct preview *p, int64_t change);

#endif
