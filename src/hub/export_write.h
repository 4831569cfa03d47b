#ifndef HUB_EXPORT_WRITE_H
#define HUB_EXPORT_WRITE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"

/*
 * The files of an export, appended to `out`. They take some memory: about
 * twice the file while it is made. False with `why` when something cannot be
 * read: then there is no file, rather than half of one.
 */

struct hub;

typedef bool export_write(struct hub *hub, struct arena *a, bool has_names,
                          struct text *out, struct problem *why);

/* One JSON object: "feed" (the newest revision), "revisions" (when, who, what),
   "postits", "reactions" (to ideas), "screens", "people", "deeds". */
export_write export_write_everything;

/* core/postit_csv. In the column "shared": yes, sent (it waits to be read), no
   (it stays at its school). */
export_write export_write_table;

/* A JSON Feed of what all schools see: what waits or stays at one school would
   be shared by the hub that begins with it. */
export_write export_write_feed;

#endif
