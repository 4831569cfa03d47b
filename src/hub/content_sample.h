#ifndef HUB_CONTENT_SAMPLE_H
#define HUB_CONTENT_SAMPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"
#include "io/hub_store.h"

/*
 * A feed to begin with: what it says becomes the first revision, and its post-
 * its, where their ids are UUIDs, are shared with all schools. They came from a
 * screen called "Sample", which is revoked. Pictures beside the file are copied
 * (content_photo.h).
 */

/* True without a change when something was published already. `path` is a file
   with a JSON Feed, `data` the hub's folder; `why` has the sentence when it cannot
   be taken. */
bool content_sample(struct hub_store *store, const char *path, const char *data,
                    int64_t now_s, struct problem *why);

#endif
