#include "kiosk/worker_feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "io/file.h"
#include "kiosk/worker_edition.h"
#include "kiosk/worker_path.h"
#include "kiosk/worker_token.h"

/* Soon enough for a person who has just saved the file, and seldom enough to
   leave an idle machine asleep. */
#define LOOK_EVERY_MS 5000
#define CLOCK_AGREES_S 120
#define ACCEPTED "application/feed+json, application/json;q=0.9, */*;q=0.1"

/* Differs between two kiosks switched on by one power cut. */
static uint32_t
machine_seed(void)
{
    struct text id = {0};
    struct problem why;
    uint64_t seed =
        (uint64_t) clock_mono_ms() * 2654435761u + (uint64_t) getpid();
    if (file_read("/etc/machine-id", 4096, &id, &why) && id.len)
        seed = hash_more(HASH_START, id.bytes, id.len);
    text_destroy(&id);
    return (uint32_t) (seed ^ seed >> 32);
}

static char *
absolute_path(const char *feed)
{
    char *path = worker_path_of_feed(feed);
    char *absolute = worker_path_absolute(path);
    free(path);
    return absolute;
}

void
worker_feed_init(struct worker_feed *f, const struct worker_settings *s,
                 struct cache *cache)
{
    *f = (struct worker_feed){
        .config = s->config,
        .clock = s->clock,
        .cache = cache,
        .revision = -1,
    };
    if (worker_path_is_web(s->feed))
        f->url = memory_copy_string(s->feed);
    else
        f->path = absolute_path(s->feed);
}

static void
forget_answer(struct worker_feed *f)
{
    cached_feed_destroy(&f->incoming);
    for (int i = 0; i < FEED_MAX_PAGES; i++) {
        free(f->visited[i]);
        f->visited[i] = NULL;
    }
    f->is_asking = false;
}

void
worker_feed_destroy(struct worker_feed *f)
{
    forget_answer(f);
    cached_feed_destroy(&f->unkept);
    board_free(f->board);
    free(f->url);
    free(f->path);
    *f = (struct worker_feed){0};
}

static int64_t
wall_s(const struct worker_feed *f)
{
    return clock_now(f->clock).wall_s;
}

static void
look_at_file(struct worker_feed *f, int64_t now_ms)
{
    f->look_ms = now_ms + LOOK_EVERY_MS;
    // Before the reading: a change while we read is then seen next time.
    uint64_t stamp = file_stamp(f->path);
    if (f->was_read && stamp && stamp == f->stamp) {
        if (f->status.state == FEED_FRESH)
            worker_edition_good(f);
        return;
    }
    struct cached_feed read = {.page_count = 1, .fetched_s = wall_s(f)};
    struct problem why = {0};
    f->was_read = file_read(f->path, FEED_MAX_BYTES, &read.pages[0], &why);
    f->stamp = stamp;
    if (f->was_read)
        worker_edition_take(f, &read);
    else
        worker_edition_faulty(f, "The board's file cannot be read", why.text);
    cached_feed_destroy(&read);
}

void
worker_feed_open(struct worker_feed *f, int64_t now_ms)
{
    worker_edition_open(f);
    if (f->path)
        look_at_file(f, now_ms);
    else
        polling_start(&f->polling, f->config->interval_s, machine_seed(),
                      now_ms);
}

static void
give_up(struct worker_feed *f, const char *why, const char *detail,
        int retry_after_s, int64_t now_ms)
{
    forget_answer(f);
    worker_edition_failed(f, why, detail);
    polling_failed(&f->polling, retry_after_s, now_ms);
}

static void
ask(struct worker_feed *f, struct http_client *http, int64_t now_ms)
{
    f->asked_ms = now_ms;
    f->was_turned_away = f->was_revoked = false;
    if (f->is_hubs)
        snprintf(f->asked_with, sizeof f->asked_with, "%s", f->token);
    struct http_request request = {
        .url = f->url,
        .accept = ACCEPTED,
        .bearer = f->asked_with,
        .most_bytes = FEED_MAX_BYTES,
        .seeks_issuer = true,
        .tag = WORKER_FEED_TAG,
    };
    f->is_conditional = f->content && (f->etag[0] || f->last_modified[0]);
    if (f->is_conditional) {
        request.etag = f->etag;
        request.last_modified = f->last_modified;
    }
    struct problem why;
    if (!http_start(http, &request, &why)) {
        give_up(f, why.text, "the address in the settings", 0, now_ms);
        return;
    }
    f->is_asking = true;
    f->visited[0] = memory_copy_string(f->url);
}

int64_t
worker_feed_tick(struct worker_feed *f, struct http_client *http,
                 int64_t now_ms)
{
    if (f->path) {
        if (now_ms >= f->look_ms)
            look_at_file(f, now_ms);
        return f->look_ms;
    }
    if (f->is_hubs && !*f->token)
        return INT64_MAX; // the hub's answer wakes us
    if (f->is_hubs && !f->is_asking && strcmp(f->token, f->asked_with) != 0)
        f->polling.next_ms = now_ms; // no reason to wait for a new one
    if (!f->is_asking && now_ms >= f->polling.next_ms)
        ask(f, http, now_ms);
    return f->is_asking ? INT64_MAX : f->polling.next_ms;
}

static bool
was_visited(const struct worker_feed *f, const char *url)
{
    for (int i = 0; i < FEED_MAX_PAGES; i++)
        if (f->visited[i] && strcmp(f->visited[i], url) == 0)
            return true;
    return false;
}

/* Where the edition goes on; NULL at its end. Malloc'ed. */
static char *
next_page(const struct worker_feed *f, const char *here)
{
    const struct cached_feed *in = &f->incoming;
    if (in->page_count == FEED_MAX_PAGES)
        return NULL;
    const struct text *last = &in->pages[in->page_count - 1];
    struct feed_page page = {text_string(last), last->len};
    char *next = feed_next_url(&page);
    char *url = next ? http_resolve(here, next) : NULL;
    free(next);
    if (url && (!http_same_origin(url, here) || was_visited(f, url))) {
        log_info("the feed's next page is not followed: it is on another "
                 "server, or was read already");
        free(url);
        return NULL;
    }
    return url;
}

static size_t
bytes_left(const struct cached_feed *feed)
{
    size_t left = FEED_MAX_BYTES;
    for (int i = 0; i < feed->page_count; i++)
        left -= feed->pages[i].len;
    return left;
}

/* Takes over `url`. */
static void
ask_for_page(struct worker_feed *f, struct http_client *http, char *url,
             enum http_place place, int64_t now_ms)
{
    struct http_request request = {
        .url = url,
        .accept = ACCEPTED,
        .bearer = f->asked_with, // it is on the same server
        .most_bytes = bytes_left(&f->incoming),
        .is_guarded = true,
        .allowed = place,
        .tag = WORKER_FEED_TAG,
    };
    struct problem why;
    f->visited[f->incoming.page_count] = url;
    if (!http_start(http, &request, &why))
        give_up(f, why.text, "the feed's next_url", 0, now_ms);
}

static void
take_page(struct worker_feed *f, struct http_reply *reply)
{
    struct cached_feed *in = &f->incoming;
    if (in->page_count == 0) {
        in->fetched_s = wall_s(f);
        memcpy(in->etag, reply->etag, sizeof in->etag);
        memcpy(in->last_modified, reply->last_modified,
               sizeof in->last_modified);
        memcpy(in->base_url, reply->final_url, sizeof in->base_url);
    }
    in->pages[in->page_count++] = reply->body;
    reply->body = (struct text){0};
}

/* All pages are here. */
static void
finish(struct worker_feed *f, int64_t now_ms)
{
    // A log-in page, too, is an answer of 200; only what is a feed may say
    // where the feed lives.
    bool is_good = worker_edition_take(f, &f->incoming);
    if (is_good) {
        f->good_asked_ms = f->asked_ms;
        f->has_answered = true;
        f->place = f->incoming_place;
    }
    forget_answer(f);
    if (is_good)
        polling_succeeded(&f->polling, now_ms);
    else
        polling_failed(&f->polling, 0, now_ms);
}

static void
compare_clocks(struct worker_feed *f, const struct http_reply *reply)
{
    if (!reply->server_s)
        return;
    int64_t apart_s = reply->server_s - wall_s(f);
    bool agrees = apart_s >= -CLOCK_AGREES_S && apart_s <= CLOCK_AGREES_S;
    if (agrees != f->status.clock_agrees)
        f->has_changed = true;
    f->status.clock_agrees = agrees;
}

static void
take_good_reply(struct worker_feed *f, struct http_client *http,
                struct http_reply *reply, int64_t now_ms)
{
    take_page(f, reply);
    int at = f->incoming.page_count - 1;
    const char *here = reply->final_url[0] ? reply->final_url : f->visited[at];
    if (at == 0)
        f->incoming_place = reply->place;
    char *url = next_page(f, here);
    if (url)
        ask_for_page(f, http, url, reply->place, now_ms);
    else
        finish(f, now_ms);
}

void
worker_feed_answer(struct worker_feed *f, struct http_client *http,
                   struct http_reply *reply, int64_t now_ms)
{
    compare_clocks(f, reply);
    // Asked as one who was taken off since: nothing of that is put up.
    if (f->is_hubs && strcmp(f->asked_with, f->token) != 0) {
        forget_answer(f);
        return;
    }
    switch (reply->outcome) {
    case HTTP_OK:
        take_good_reply(f, http, reply, now_ms);
        return;
    case HTTP_NOT_MODIFIED:
        if (!f->is_conditional || f->incoming.page_count) {
            give_up(f, "The server's answer made no sense to this screen",
                    "304 to a request without conditions", 0, now_ms);
            return;
        }
        f->good_asked_ms = f->asked_ms;
        f->has_answered = true;
        f->place = reply->place;
        memcpy(f->base_url, reply->final_url, sizeof f->base_url);
        forget_answer(f);
        worker_edition_good(f);
        polling_succeeded(&f->polling, now_ms);
        return;
    case HTTP_STATUS:
    case HTTP_FAILED:
        f->was_turned_away = f->is_hubs && reply->wants_bearer;
        f->was_revoked =
            f->was_turned_away &&
            worker_token_is_revoked(reply->content_type, &reply->body);
        give_up(f, reply->why.text, reply->detail, reply->retry_after_s,
                now_ms);
        return;
    }
}

void
worker_feed_doubt_clock(struct worker_feed *f, int64_t by_s, int64_t now_ms)
{
    struct feed_status *s = &f->status;
    // One from the cache has its time from the clock of another day.
    if (s->good_s && !s->is_from_cache)
        s->good_s += by_s;
    s->clock_agrees = false;
    f->has_changed = true;
    if (f->url && !f->is_asking)
        f->polling.next_ms = now_ms;
}

void
worker_feed_forget(struct worker_feed *f, const char *address)
{
    cache_forget_feed(f->cache, address);
    if (!f->url || strcmp(f->url, address) != 0)
        return;
    // What is under way is thrown away when it comes: see worker_feed_answer.
    cached_feed_destroy(&f->unkept);
    board_free(f->board);
    f->board = NULL;
    f->content = 0;
    f->revision = -1;
    f->etag[0] = f->last_modified[0] = f->base_url[0] = '\0';
    f->dates.count = 0;
    f->has_answered = false;
    f->status = (struct feed_status){.clock_agrees = f->status.clock_agrees};
    f->is_taken_down = f->has_changed = true;
}
