#ifndef HUB_NEW_ADDRESS_H
#define HUB_NEW_ADDRESS_H

#include "base/arena.h"
#include "base/problem.h"

/*
 * `staffroom-hub --new-address NAME`: the way back for a coordinator who has
 * lost password, phone and recovery codes, and whom no other coordinator can
 * help. Whoever has the hub's folder may read all that is in it anyway.
 */

struct hub;

/*
 * For the coordinator options.new_address: the path, in `a`, of a page where
 * they choose a new password, once, within HUB_INVITATION_S; codes are switched
 * off with it. Goes into the audit. NULL with `why`.
 */
const char *new_address(struct hub *hub, struct arena *a, struct problem *why);

#endif
