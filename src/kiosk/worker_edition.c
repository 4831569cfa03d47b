#include "kiosk/worker_edition.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"

static void
set_good_now(struct worker_feed *f)
{
    int64_t now_s = clock_now(f->clock).wall_s;
    // Whoever still has the later one would think our clock wrong.
    if (now_s < f->status.good_s)
        f->has_changed = true;
    f->status.good_s = now_s;
}

void
worker_edition_good(struct worker_feed *f)
{
    struct feed_status *s = &f->status;
    if (s->state == FEED_FAILING)
        log_info("the feed is well again");
    if (s->state != FEED_FRESH || s->is_from_cache)
        f->has_changed = true;
    s->state = FEED_FRESH;
    s->is_from_cache = false;
    set_good_now(f);
    s->why[0] = s->detail[0] = '\0';
}

void
worker_edition_failed(struct worker_feed *f, const char *why,
                      const char *detail)
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

void
worker_edition_faulty(struct worker_feed *f, const char *why,
                      const char *detail)
{
    if (strcmp(f->status.detail, detail) != 0)
        f->status.why[0] = '\0'; // so that it is news
    worker_edition_failed(f, why, detail);
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
    return feed_read(pages, feed->page_count, feed->fetched_s, &f->dates,
                     &f->config->tags, why);
}

/* What came with the edition that is up. */
static void
take_headers(struct worker_feed *f, const struct cached_feed *feed)
{
    memcpy(f->etag, feed->etag, sizeof f->etag);
    memcpy(f->last_modified, feed->last_modified, sizeof f->last_modified);
    memcpy(f->base_url, feed->base_url, sizeof f->base_url);
}

static void
put_up(struct worker_feed *f, struct board *board,
       const struct cached_feed *feed)
{
    board_free(f->board);
    f->board = board;
    f->revision = board->revision;
    f->content = hash_pages(feed);
    feed_dates_take(&f->dates, board);
    take_headers(f, feed);
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
    if (problem->line)
        snprintf(detail, sizeof detail, "line %d, column %d: %.180s",
                 problem->line, problem->column, problem->text);
    else
        snprintf(detail, sizeof detail, "%s", problem->text);
    if (f->url && is_web_page(&feed->pages[0]))
        worker_edition_faulty(
            f,
            "A web page came instead of the feed: the network may "
            "want somebody to sign in, or the address may be wrong",
            detail);
    else
        worker_edition_faulty(f, "The board's feed has a mistake in it",
                              detail);
}

/* Puts up `feed` if it is a good one and not an older one. */
static bool
judge(struct worker_feed *f, const struct cached_feed *feed)
{
    if (f->content && hash_pages(feed) == f->content) {
        // The same words under another ETag are no other board.
        take_headers(f, feed);
        worker_edition_good(f);
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
        worker_edition_faulty(
            f,
            "The feed went back to an older edition, so the newer "
            "one stays up",
            detail);
        board_free(board);
        return false;
    }
    put_up(f, board, feed);
    worker_edition_good(f);
    return true;
}

bool
worker_edition_take(struct worker_feed *f, struct cached_feed *feed)
{
    uint64_t before = f->content;
    if (!judge(f, feed))
        return false;
    if (f->content != before) {
        cached_feed_destroy(&f->unkept);
        f->unkept = *feed;
        *feed = (struct cached_feed){0};
    }
    return true;
}

/* What the editions are kept under. */
static const char *
name_of(const struct worker_feed *f)
{
    return f->url ? f->url : f->path;
}

void
worker_edition_keep(struct worker_feed *f)
{
    struct problem why;
    // The cache says itself when it cannot; the board is up all the same.
    if (f->unkept.page_count)
        cache_keep_feed(f->cache, name_of(f), &f->unkept, &why);
    cached_feed_destroy(&f->unkept);
}

void
worker_edition_open(struct worker_feed *f)
{
    for (int skip = 0; skip < CACHE_FEEDS_KEPT && !f->board; skip++) {
        struct cached_feed kept;
        if (!cache_find_feed(f->cache, name_of(f), skip, &kept))
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
