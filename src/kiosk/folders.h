#ifndef KIOSK_FOLDERS_H
#define KIOSK_FOLDERS_H

#include <stddef.h>

/*
 * Where a kiosk keeps things: what systemd says, else the usual place of the
 * user who runs it (XDG Base Directory). Borrowed from the environment, or in
 * `out`.
 */

/* May be emptied by anybody: feeds and photos. */
const char *folders_cache(char *out, size_t size);

/* May not: post-its. */
const char *folders_state(char *out, size_t size);

/* Says in the log that what is kept there may be gone once the screen is
   switched off, where the folder is in memory: a tmpfs, or an overlay as in
   raspi-config's read-only card. */
void folders_warn_of_loss(const char *state);

/*
 * The same for who only wants to read what a kiosk has kept: where this user
 * has run none, the folders of the service on this machine, as its unit names
 * them. Both are of one kiosk. Who may not read there is told so when trying.
 */
const char *folders_cache_to_read(char *out, size_t size);
const char *folders_state_to_read(char *out, size_t size);

#endif
