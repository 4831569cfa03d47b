#ifndef HUB_BACKUP_H
#define HUB_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"

/*
 * A copy of the hub's store every night, in the data folder:
 * backups/hub-2026-11-26.db, for this user alone, the last seven of them. It is
 * made after two o'clock in the partnership's night, a little at a time between
 * answers; at the latest a day after the last one, and an hour after one that
 * went wrong.
 */

struct hub;
struct hub_backup;

#define BACKUPS_KEPT 7

struct backup { // zero is valid
    struct hub_backup *running; // owned
    char path[4096];            // of what is running
    bool has_looked;            // last_s and due_s are known
    int64_t last_s;             // wall; 0: there is none
    int64_t due_s;              // wall
    char problem[320];          // why the last one failed; "": it did not
};

/* Milliseconds until it wants to be called again. */
int64_t backup_tick(struct hub *hub);

/* A whole one at once, and all others are deleted: they have what was erased.
   When it fails, they stay. */
bool backup_replace_all(struct hub *hub, struct problem *why);

/* How many backup files there are. */
int backup_count(const struct hub *hub);

void backup_end(struct backup *b); // before the store is closed

/* A sentence for coordinators, without a full stop, when the last backup
   failed; NULL when all is well. */
const char *hub_backup_problem(const struct hub *hub);

#endif
