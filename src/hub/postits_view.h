#ifndef HUB_POSTITS_VIEW_H
#define HUB_POSTITS_VIEW_H

#include "base/arena.h"
#include "hub/form.h"

/*
 * Which part of the post-its somebody looks at, and its address: what stands
 * behind "/postits?". An address that somebody handed in is never sent back as
 * it was: it is read, and written anew. Pure.
 */

struct postits_view { // zero but for `state` is all of them
    int state;          // enum hub_postit_state, or -1: all
    const char *school; // id; "": all
    int page;           // from 0
};

/* Mistyped parts are as if they were not there. In the form's arena. */
struct postits_view postits_view_read(const struct form *f);

/* "/postits", "/postits?show=shared&school=hillcrest&page=3". */
const char *postits_view_address(struct arena *a, const struct postits_view *v);

/* "waiting", "shared", "kept" by enum hub_postit_state. */
extern const char *const postits_view_states[3];

/* The page to go back to: one in the navigation, or a view; "/postits" for all
   other addresses. */
const char *postits_view_back(struct arena *a, const char *from);

#endif
