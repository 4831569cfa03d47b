#ifndef HUB_DOOR_LOG_H
#define HUB_DOOR_LOG_H

#include <stdint.h>

#include "hub/seldom.h"

/*
 * Who came in and who was turned away, for whoever looks after the hub (ASVS
 * 5.0, 16.3.1 and 16.3.2): numbers of people and addresses, never what somebody
 * typed, since a password is often typed where the name belongs, and never a
 * token. Who came in is always logged; what was refused at most once a second.
 */

struct hub;
struct http_request;

struct door_log { // in struct hub
    struct seldom sign_ins, tries, tokens;
};

/* `how` goes on with the line: "with a code". */
void door_log_signed_in(const struct http_request *r, int64_t person,
                        const char *how);
void door_log_refused(struct hub *hub, const struct http_request *r);
/* Not even tried: there were too many before it. */
void door_log_too_many(struct hub *hub, const struct http_request *r);
/* A screen's token; `why` goes on with the line: "that is not known". */
void door_log_token(struct hub *hub, const struct http_request *r,
                    const char *why);

#endif
