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

#endif
