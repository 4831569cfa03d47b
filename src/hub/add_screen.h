#ifndef HUB_ADD_SCREEN_H
#define HUB_ADD_SCREEN_H

#include <stdbool.h>

#include "base/problem.h"
#include "hub/secret.h"

/*
 * `--add-screen`: a screen that nobody has to stand in front of, for who
 * prepares many at once. It needs the data folder, which only a hub's own user
 * can open and only while the hub does not run, so it opens nothing that was
 * shut; what it did is in the audit.
 */

struct hub;

/* Adds hub->options.add_screen for hub->options.school, one that is on the
   board. `token` is what the kiosk keeps in its file hub-token; it is kept
   nowhere here. secret_forget it. False with a sentence. */
bool add_screen(struct hub *hub, char token[SECRET_TEXT_BYTES],
                struct problem *why);

#endif
