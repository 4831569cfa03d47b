#include "kiosk/worker_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/version.h"
#include "io/machine.h"
#include "kiosk/worker_part.h"

#define RETRY_WITHIN_MS 10000

void
worker_facts_note(struct worker *w, const struct http_reply *reply)
{
    struct net_answer *kept = reply->tag == WORKER_FEED_TAG  ? &w->feed_last
                              : reply->tag == WORKER_HUB_TAG ? &w->hub_last
                                                             : NULL;
    if (!kept)
        return;
    *kept = reply->facts;
    kept->answered_s = clock_now(w->settings.clock).wall_s;
}

/* An address as it may be shown; what does not fit is cut. */
static void
take_address(char *out, size_t size, const char *address)
{
    char *shown = http_shown(address);
    snprintf(out, size, "%.*s", (int) size - 1, shown);
    free(shown);
}

static void
take_feed(const struct worker *w, struct net_server *out)
{
    const struct worker_feed *f = &w->feed;
    const struct feed_status *s = &f->status;
    *out = (struct net_server){
        .is_file = f->path != NULL,
        .state = s->state == FEED_FRESH     ? NET_STATE_WELL
                 : s->state == FEED_FAILING ? NET_STATE_FAILING
                                            : NET_STATE_WAITING,
        .good_s = s->good_s,
        .last = w->feed_last,
    };
    if (f->path)
        snprintf(out->address, sizeof out->address, "%.*s",
                 (int) sizeof out->address - 1, f->path);
    else
        take_address(out->address, sizeof out->address, f->url);
    memcpy(out->why, s->why, sizeof out->why);
    memcpy(out->detail, s->detail, sizeof out->detail);
}

static void
take_hub(const struct worker *w, struct net_server *out)
{
    const struct worker_hub *h = &w->hub;
    *out = (struct net_server){.last = w->hub_last};
    if (!*h->address)
        return;
    take_address(out->address, sizeof out->address, h->address);
    out->state = *h->status.why         ? NET_STATE_FAILING
                 : w->hub_last.is_asked ? NET_STATE_WELL
                                        : NET_STATE_WAITING;
    memcpy(out->why, h->status.why, sizeof out->why);
    memcpy(out->detail, h->status.detail, sizeof out->detail);
}

/* What needs nobody's answer. */
static void
add_machine(struct net_facts *out, const char *state_folder,
            const char *cache_folder)
{
    snprintf(out->version, sizeof out->version, "%s", STAFFROOM_VERSION);
    http_describe(out->library, sizeof out->library);
    machine_read(&out->machine, &(struct machine_places){
                                    .root = "",
                                    .state = state_folder,
                                    .cache = cache_folder,
                                });
}

static void
gather(struct worker *w, struct net_facts *out)
{
    const struct worker_settings *s = &w->settings;
    struct kiosk_store *store = w->postits.store;
    int64_t now_s = clock_now(s->clock).wall_s;
    *out = (struct net_facts){
        .is_feed_hubs = w->feed.is_hubs,
        .is_hub_pairing = w->hub.status.state == HUB_PAIRING,
        .is_clock_trusted = clock_now(s->clock).is_trusted ||
                            clock_machine_is_trusted(CLOCK_BUILT_AFTER_S) ||
                            w->feed.status.clock_agrees,
        .has_store = store != NULL,
        .unsent =
            store && *w->hub.address ? worker_outbox_unsent(store, now_s) : 0,
    };
    take_feed(w, &out->feed);
    take_hub(w, &out->hub);
    if (*s->config->proxy)
        take_address(out->proxy, sizeof out->proxy, s->config->proxy);
    snprintf(out->ca_file, sizeof out->ca_file, "%.*s",
             (int) sizeof out->ca_file - 1, s->config->ca_file);
    add_machine(out, s->state_folder, s->cache_folder);
}

struct net_facts *
worker_facts_alone(const char *state_folder, const char *cache_folder)
{
    struct net_facts *facts = memory_take_zeroed(sizeof *facts);
    facts->is_clock_trusted = clock_machine_is_trusted(CLOCK_BUILT_AFTER_S);
    add_machine(facts, state_folder, cache_folder);
    return facts;
}

/*
 * Somebody stands there and mends something: they are not to wait for the
 * minute to be over, unless the server has asked us to.
 */
static void
hurry(struct polling *p, const struct net_answer *last)
{
    int64_t soon_ms = clock_mono_ms() + RETRY_WITHIN_MS;
    bool is_asked_to_wait = last->status == 429 || last->status == 503;
    if (p->failures > 0 && !is_asked_to_wait && p->next_ms > soon_ms)
        p->next_ms = soon_ms;
}

void
worker_facts_step(struct worker *w)
{
    mutex_lock(w->lock);
    bool is_wanted = w->wants_facts;
    w->wants_facts = false;
    mutex_unlock(w->lock);
    if (!is_wanted)
        return;
    struct net_facts *facts = memory_take_zeroed(sizeof *facts);
    gather(w, facts);
    hurry(&w->feed.polling, &w->feed_last);
    hurry(&w->hub.polling, &w->hub_last);

    mutex_lock(w->lock);
    struct net_facts *stale = w->news.facts;
    w->news.facts = facts;
    bool must_wake = worker_raise_news(w);
    mutex_unlock(w->lock);
    free(stale);
    if (must_wake)
        w->settings.wake(w->settings.wake_data);
}

void
worker_want_facts(struct worker *w)
{
    if (!w)
        return;
    mutex_lock(w->lock);
    w->wants_facts = true;
    if (w->http)
        http_wake(w->http);
    mutex_unlock(w->lock);
}
