#ifndef KIOSK_SETTINGS_H
#define KIOSK_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"
#include "core/config.h"

/*
 * Where the settings of this machine are. The one on the boot partition goes
 * before the one in /etc: who has no keyboard puts the card into another
 * computer, where that partition is all there is to see. One file is read, and
 * nothing of the others.
 *
 * `root` stands before every path; "" but in tests.
 */

#define SETTINGS_PATH_BYTES 256

/* The first that there is. False: there is none, and `path` is "". */
bool settings_find(const char *root, char path[SETTINGS_PATH_BYTES]);

/* A file on a boot partition that was meant to be one: Windows hides the end of
   a name, and so it is called staffroom.conf.txt. False: none, and "". */
bool settings_find_misnamed(const char *root, char path[SETTINGS_PATH_BYTES]);

/* Over the defaults, which stay when it cannot be read. False with the sentence
   and, where there is one, the line. */
bool settings_read(struct config *c, const char *path, struct problem *why);

/* Changes whenever one of these files may have: came, went, was written. */
uint64_t settings_stamp(const char *root);

/* What is read, what is not, and what may not be looked at, for the log. */
void settings_log(const char *root, const char *path);

#endif
