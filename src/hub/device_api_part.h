#ifndef HUB_DEVICE_API_PART_H
#define HUB_DEVICE_API_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/compose.h"
#include "core/feed_json.h"
#include "hub/bucket.h"
#include "hub/secret.h"
#include "io/hub_store.h"

/*
 * What the files of the device API share: reading what a kiosk says, and the
 * answers they have in common.
 */

struct hub;
struct http_request;
struct http_answer;

// How long a post-it hangs where nothing else is said.
#define DEVICE_API_LIFE_S ((int64_t) 14 * 24 * 3600)

/* ---- device_api_read.c: pure ---- */

/* Each gives NULL, or a sentence about what is wrong with the body. Strings
   are in `a`, or borrowed from the body. */

/*
 * All but id, school and state. Words are held to core/compose.h, blanks at
 * their ends are dropped. A moment of writing that is missing (the kiosk's
 * clock was not set) or more than five minutes ahead is now; a post-it has two
 * weeks where nothing else is said, and 60 days at most.
 */
const char *device_api_read_postit(const struct json *body, int64_t now_s,
                                   struct arena *a, struct hub_postit *out);
/* The parts of it, for who has them from elsewhere: one line in the text or the
   name, "idea", "yellow". */
const char *device_api_read_line(const char *text, enum compose_field field,
                                 struct arena *a, const char **out);
const char *device_api_read_sort(const char *word, enum postit_sort *out);
const char *device_api_read_colour(const char *word, enum postit_colour *out);
const char *device_api_read_reaction(const struct json *body,
                                     enum hub_reaction *out);
/* What a kiosk says of itself; what it leaves out is 0 or "". */
const char *device_api_read_status(const struct json *body,
                                   struct hub_device *out);

/* ---- device_api.c ---- */

/* The body, an object; else NULL, and `a` is a refusal. json_close it. */
struct json *device_api_open_body(const struct http_request *r,
                                  struct http_answer *a);

/* The 32 bytes of "Authorization: Bearer …"; else false and `a` is 401. */
bool device_api_read_bearer(const struct http_request *r,
                            unsigned char out[SECRET_BYTES],
                            struct http_answer *a);

/* Takes one from the bucket of whoever asks from that address, each IPv6
   network counting as one; else false and `a` is 429. */
bool device_api_may(struct hub *hub, const struct http_request *r,
                    const char *what, const struct bucket_rule *rule,
                    struct http_answer *a);

/* 503; `why` is the store's sentence. */
void device_api_refuse_for_store(struct http_answer *a,
                                 const struct problem *why);
void device_api_refuse_body(struct http_answer *a, const char *sentence);

/* An empty object. */
void device_api_answer(struct http_answer *a, int status);

#endif
