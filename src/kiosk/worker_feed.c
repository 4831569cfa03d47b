#include "kiosk/worker_feed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "io/file.h"
#include "kiosk/worker_path.h"

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
        f->path = worker_path_of_feed(s->feed);
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
report_good(struct worker_feed *f)
{
    struct feed_status *s = &f->status;
    if (s->state == FEED_FAILING)
        log_info("the feed is well again");
    if (s->state != FEED_FRESH || s->is_from_cache)
        f->has_changed = true;
    s->state = FEED_FRESH;
    s->is_from_cache = false;
    s->good_s = wall_s(f);
    s->why[0] = s->detail[0] = '\0';
}

static void
report_failure(struct worker_feed *f, const char *why, const char *detail)
{
    struct feed_status *s = &f->status;
    // A detail changes with every millisecond counted in it; only another
    // reason is news, for the screen and for the log.
    if (s->state != FEED_FAILING || strcmp(s->why, why) != 0) {
        log_warning("the feed could not be read: %s (%s)", why, detail);
        f->has_changed = true;
    }
    s->state = FEED_FAILING;
    snprintf(s->why, sizeof s->why, "%s", why);
    snprintf(s->detail, sizeof s->detail, "%s", detail);
}

static uint64_t
hash_pages(const struct cached_feed *feed)
{
    uint64_t hash = HASH_START;
    for (int i = 0; i < feed->page_count; i++) {
        hash = hash_more(hash, &feed->pages[i].len, sizeof(size_t));
        hash = hash_more(hash, feed->pages[i].bytes, feed->pages[i].len);
    }
    return hash ? hash : 1;
}

static struct board *
read_pages(const struct worker_feed *f, const struct cached_feed *feed,
           struct problem *why)
{
    struct feed_page pages[FEED_MAX_PAGES] = {0};
    for (int i = 0; i < feed->page_count; i++)
        pages[i] = (struct feed_page){text_string(&feed->pages[i]),
                                      feed->pages[i].len};
    return feed_read(pages, feed->page_count, feed->fetched_s, &f->config->tags,
                     why);
}

static void
put_up(struct worker_feed *f, struct board *board,
       const struct cached_feed *feed)
{
    board_free(f->board);
    f->board = board;
    f->revision = board->revision;
    f->content = hash_pages(feed);
    memcpy(f->etag, feed->etag, sizeof f->etag);
    memcpy(f->last_modified, feed->last_modified, sizeof f->last_modified);
    f->has_changed = true;
}

/* A log-in page of a school's network, where a feed was asked for. */
static bool
is_web_page(const struct text *page)
{
    const char *at = text_string(page);
    if (strncmp(at, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    return at[strspn(at, " \t\r\n")] == '<';
}

static void
report_unreadable(struct worker_feed *f, const struct cached_feed *feed,
                  const struct problem *problem)
{
    char detail[240];
    snprintf(detail, sizeof detail, "line %d, column %d: %.180s", problem->line,
             problem->column, problem->text);
    if (is_web_page(&feed->pages[0]))
        report_failure(f,
                       "A web page came instead of the feed: the network may "
                       "want somebody to sign in, or the address may be wrong",
                       detail);
    else
        report_failure(f, problem->text, detail);
}

/* Puts up `feed` if it is a good one and not an older one. */
static bool
judge(struct worker_feed *f, const struct cached_feed *feed)
{
    if (f->content && hash_pages(feed) == f->content) {
        // The same words under another ETag are no other board.
        memcpy(f->etag, feed->etag, sizeof f->etag);
        memcpy(f->last_modified, feed->last_modified, sizeof f->last_modified);
        report_good(f);
        return true;
    }
    struct problem why = {0};
    struct board *board = read_pages(f, feed, &why);
    if (!board) {
        report_unreadable(f, feed, &why);
        return false;
    }
    if (board->revision >= 0 && board->revision < f->revision) {
        char detail[240];
        snprintf(detail, sizeof detail,
                 "revision %" PRId64 " came after revision %" PRId64,
                 board->revision, f->revision);
        report_failure(f,
                       "The feed went back to an older edition, so the newer "
                       "one stays up",
                       detail);
        board_free(board);
        return false;
    }
    put_up(f, board, feed);
    report_good(f);
    return true;
}

/* The newest kept edition that can still be read. */
static void
open_kept(struct worker_feed *f)
{
    for (int skip = 0; skip < CACHE_FEEDS_KEPT && !f->board; skip++) {
        struct cached_feed kept;
        if (!cache_find_feed(f->cache, f->url, skip, &kept))
            return;
        struct problem why = {0};
        struct board *board = read_pages(f, &kept, &why);
        if (board) {
            put_up(f, board, &kept);
            f->status.is_from_cache = true;
            f->status.good_s = kept.fetched_s;
        } else {
            log_warning("a kept feed is of no use: %s", why.text);
        }
        cached_feed_destroy(&kept);
    }
}

static void
look_at_file(struct worker_feed *f, int64_t now_ms)
{
    f->look_ms = now_ms + LOOK_EVERY_MS;
    // Before the reading: a change while we read is then seen next time.
    uint64_t stamp = file_stamp(f->path);
    if (f->was_read && stamp && stamp == f->stamp) {
        if (f->status.state == FEED_FRESH)
            f->status.good_s = wall_s(f);
        return;
    }
    struct cached_feed read = {.page_count = 1, .fetched_s = wall_s(f)};
    struct problem why = {0};
    f->was_read = file_read(f->path, FEED_MAX_BYTES, &read.pages[0], &why);
    f->stamp = stamp;
    if (f->was_read)
        judge(f, &read);
    else
        report_failure(f, why.text, f->path);
    cached_feed_destroy(&read);
}

void
worker_feed_open(struct worker_feed *f, int64_t now_ms)
{
    if (f->path) {
        look_at_file(f, now_ms);
        return;
    }
    // What does not fit would be another address; then only absolute ones work.
    if (strlen(f->url) < sizeof f->base_url)
        snprintf(f->base_url, sizeof f->base_url, "%s", f->url);
    open_kept(f);
    polling_start(&f->polling, f->config->interval_s, machine_seed(), now_ms);
}

static void
give_up(struct worker_feed *f, const char *why, const char *detail,
        int retry_after_s, int64_t now_ms)
{
    forget_answer(f);
    report_failure(f, why, detail);
    polling_failed(&f->polling, retry_after_s, now_ms);
}

static void
ask(struct worker_feed *f, struct http_client *http, int64_t now_ms)
{
    struct http_request request = {
        .url = f->url,
        .accept = ACCEPTED,
        .most_bytes = FEED_MAX_BYTES,
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
    }
    in->pages[in->page_count++] = reply->body;
    reply->body = (struct text){0};
}

/* All pages are here. */
static void
finish(struct worker_feed *f, int64_t now_ms)
{
    uint64_t before = f->content;
    // A log-in page, too, is an answer of 200; only what is a feed may say
    // where the feed lives.
    bool is_good = judge(f, &f->incoming);
    if (is_good) {
        f->has_answered = true;
        f->place = f->incoming_place;
        memcpy(f->base_url, f->incoming_base, sizeof f->base_url);
    }
    struct problem why;
    // The cache says itself when it cannot; the board is up all the same.
    if (is_good && f->content != before)
        cache_keep_feed(f->cache, f->url, &f->incoming, &why);
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
    if (at == 0) {
        f->incoming_place = reply->place;
        memcpy(f->incoming_base, reply->final_url, sizeof f->incoming_base);
    }
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
        f->has_answered = true;
        f->place = reply->place;
        forget_answer(f);
        report_good(f);
        polling_succeeded(&f->polling, now_ms);
        return;
    case HTTP_STATUS:
    case HTTP_FAILED:
        give_up(f, reply->why.text, reply->detail, reply->retry_after_s,
                now_ms);
        return;
    }
}

void
worker_feed_hurry(struct worker_feed *f, int64_t now_ms)
{
    f->look_ms = now_ms;
    f->polling.next_ms = now_ms;
}
