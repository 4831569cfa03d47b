#ifndef HUB_MODERATION_H
#define HUB_MODERATION_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/problem.h"
#include "io/hub_store.h"

/*
 * Whether somebody reads each post-it before it leaves its school. It is on
 * unless a coordinator has switched it off; also where the store cannot say.
 */

struct hub;

bool moderation_is_on(struct hub *hub, struct arena *a);

/* In the name of who is signed in; goes into the audit. What waits goes on
   waiting. */
bool moderation_switch(struct hub *hub, bool on, struct problem *why);

/* Of a post-it that has just come in, from a screen or from a phone. */
enum hub_postit_state moderation_first_state(struct hub *hub, struct arena *a);

#endif
