#ifndef KIOSK_WORKER_FACTS_H
#define KIOSK_WORKER_FACTS_H

#include "core/net_facts.h"
#include "io/http_client.h"

/*
 * What is known of the way to the feed and of this machine, for who stands
 * before the network card. Worker thread.
 */

struct worker;

/* Keeps what an answer of feed or hub says about its way. */
void worker_facts_note(struct worker *w, const struct http_reply *reply);

/* Publishes all there is, if somebody has asked for it. */
void worker_facts_step(struct worker *w);

#endif
