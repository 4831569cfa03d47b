#include "kiosk/worker_part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/clock_step.h"
#include "base/log.h"
#include "base/memory.h"
#include "kiosk/worker_edition.h"

#define STOP_WITHIN_MS 2000
#define STUCK_AFTER_MS ((int64_t) WORKER_STUCK_MIN * 60 * 1000)
#define DOUBT_MS (60 * 1000)
#define WAIT_TO_GO_MS (60 * 1000)
#define MIB ((size_t) 1024 * 1024)

void
news_destroy(struct news *n)
{
    board_free(n->board);
    for (int i = 0; i < n->photo_count; i++)
        free(n->photos[i].pixels);
    free(n->photos);
    local_postits_free(n->postits);
    local_meetings_free(n->meetings);
    free(n->facts);
    *n = (struct news){0};
}

bool
worker_raise_news(struct worker *w)
{
    // Whoever has not come since the last wake-up is still on the way.
    bool must_wake = !w->has_news && !w->is_stopping && w->settings.wake;
    w->news.status = w->feed.status;
    w->news.hub = w->hub.status;
    w->has_news = true;
    mutex_tell(w->lock);
    return must_wake;
}

void
worker_publish(struct worker *w, struct local_postits *list,
               const struct answered *answered)
{
    struct worker_feed *f = &w->feed;
    struct board *stale = NULL;
    struct local_postits *stale_list = NULL;
    struct local_meetings *stale_meetings = NULL;
    if (f->board) {
        worker_hub_see_board(&w->hub, f->board);
        snprintf(w->feed_zone, sizeof w->feed_zone, "%s", f->board->zone_name);
    }
    mutex_lock(w->lock);
    if (f->board || f->is_taken_down) {
        stale = w->news.board;
        w->news.board = f->board;
        w->news.is_taken_down = !f->board;
        f->board = NULL;
        f->is_taken_down = false;
    }
    if (list) {
        stale_list = w->news.postits;
        w->news.postits = list;
    }
    if (w->calendars.all) {
        stale_meetings = w->news.meetings;
        w->news.meetings = w->calendars.all;
        w->calendars.all = NULL;
    }
    if (answered)
        w->news.answers[answered->kind] = answered->answer;
    f->has_changed = w->hub.has_changed = false;
    bool must_wake = worker_raise_news(w);
    mutex_unlock(w->lock);
    board_free(stale);
    local_postits_free(stale_list);
    local_meetings_free(stale_meetings);
    if (must_wake)
        w->settings.wake(w->settings.wake_data);
    // Only now: a card that takes its time does not hold up the screen.
    worker_edition_keep(f);
}

struct local_postits *
worker_list_postits(struct worker *w)
{
    return worker_postits_list(&w->postits,
                               clock_now(w->settings.clock).wall_s);
}

/* What feed and hub have changed since somebody looked. */
static void
publish_changes(struct worker *w)
{
    bool is_new_list = w->hub.has_changed_store;
    w->hub.has_changed_store = false;
    if (is_new_list || w->feed.has_changed || w->hub.has_changed ||
        w->calendars.all)
        worker_publish(w, is_new_list ? worker_list_postits(w) : NULL, NULL);
}

static bool
is_stopping(struct worker *w)
{
    mutex_lock(w->lock);
    bool stopping = w->is_stopping;
    mutex_unlock(w->lock);
    return stopping;
}

static void
note_turn(struct worker *w)
{
    atomic_store(&w->turned_ms, clock_mono_ms());
}

static int
wait_until(int64_t due_ms)
{
    if (due_ms == INT64_MAX)
        return -1;
    int64_t left_ms = due_ms - clock_mono_ms();
    if (left_ms <= 0)
        return 0;
    return left_ms < INT32_MAX ? (int) left_ms : INT32_MAX;
}

static void
take_feed(struct worker *w, struct http_client *http, struct http_reply *reply,
          int64_t now_ms)
{
    struct worker_feed *f = &w->feed;
    int64_t before_ms = f->good_asked_ms;
    worker_feed_answer(f, http, reply, now_ms);
    if (f->good_asked_ms != before_ms)
        worker_hub_see_feed(&w->hub, f->board, f->good_asked_ms);
    if (f->was_turned_away)
        worker_hub_lose(&w->hub, f->asked_with, f->was_revoked, now_ms);
}

static void
take_reply(struct worker *w, struct http_client *http, struct http_reply *reply)
{
    int64_t now_ms = clock_mono_ms();
    struct worker_photo photo;
    worker_facts_note(w, reply);
    if (reply->tag == WORKER_FEED_TAG)
        take_feed(w, http, reply, now_ms);
    else if (reply->tag == WORKER_HUB_TAG)
        worker_hub_answer(&w->hub, reply, now_ms);
    else if (reply->tag == WORKER_CALENDAR_TAG)
        worker_calendars_answer(&w->calendars, http, reply, now_ms);
    else if (worker_photos_answer(&w->photos, reply, now_ms, &photo))
        worker_publish_photo(w, &photo);
    http_reply_destroy(reply);
    publish_changes(w);
}

/* Asks, looks or reads what is due; returns when there is more to do. */
static int64_t
step_feed(struct worker *w, struct http_client *http, int64_t now_ms)
{
    int64_t due_ms = worker_feed_tick(&w->feed, http, now_ms);
    publish_changes(w);
    return due_ms;
}

static int64_t
step_hub(struct worker *w, struct http_client *http, int64_t now_ms)
{
    int64_t due_ms = worker_hub_tick(&w->hub, http, now_ms);
    publish_changes(w);
    return due_ms;
}

static int64_t
step_photos(struct worker *w, struct http_client *http, int64_t now_ms)
{
    // A picture's address is only as trustworthy as the feed, and where that
    // lives is known once it has answered. A file lives nowhere on the net.
    bool may_fetch = w->feed.path || w->feed.has_answered;
    worker_photos_move(&w->photos, w->feed.base_url);
    worker_take_wishes(w);
    if (!worker_has_room_for_photos(w))
        return INT64_MAX; // whoever takes them wakes us
    struct worker_photo photo;
    if (worker_photos_step(&w->photos, http, w->feed.place, may_fetch, now_ms,
                           &photo))
        worker_publish_photo(w, &photo);
    return worker_photos_due_ms(&w->photos, may_fetch, now_ms);
}

static int64_t
step_calendars(struct worker *w, struct http_client *http, int64_t now_ms)
{
    if (w->calendars.count == 0)
        return INT64_MAX;
    bool is_trusted = clock_now(w->settings.clock).is_trusted ||
                      clock_machine_is_trusted(CLOCK_BUILT_AFTER_S) ||
                      w->feed.status.clock_agrees;
    int64_t due_ms = worker_calendars_tick(&w->calendars, http, w->feed_zone,
                                           is_trusted, now_ms);
    publish_changes(w);
    return due_ms;
}

static int64_t
earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t
wall_ahead_s(const struct worker *w)
{
    struct now now = clock_now(w->settings.clock);
    return now.wall_s - now.mono_ms / 1000;
}

/* Somebody has set the clock, by months where there is no battery: what is due,
   and what there is to read, is decided anew here and on the screen. */
static void
notice_step(struct worker *w)
{
    if (!clock_step_take(w->step) || w->settings.clock->start_wall_s)
        return;
    int64_t ahead_s = wall_ahead_s(w), by_s = ahead_s - w->wall_ahead_s;
    w->wall_ahead_s = ahead_s;
    log_info("the machine's clock was set, by %+lld s", (long long) by_s);
    worker_feed_doubt_clock(&w->feed, by_s, clock_mono_ms());
    w->tidy_ms = 0;
    worker_publish(w, worker_list_postits(w), NULL);
}

static void
run_until_stopped(struct worker *w, struct http_client *http)
{
    http_watch(http, WORKER_WATCHES_CLOCK, w->step);
    w->wall_ahead_s = wall_ahead_s(w);
    while (!is_stopping(w)) {
        notice_step(w);
        worker_step_postits(w);
        worker_facts_step(w);
        int64_t now_ms = clock_mono_ms();
        int64_t feed_ms = step_feed(w, http, now_ms);
        int64_t photo_ms = step_photos(w, http, now_ms);
        int64_t hub_ms = step_hub(w, http, now_ms);
        int64_t calendar_ms = step_calendars(w, http, now_ms);
        int64_t due_ms =
            earlier(earlier(feed_ms, photo_ms), earlier(hub_ms, calendar_ms));
        struct http_reply reply;
        bool has_reply = http_wait(http, wait_until(due_ms), &reply);
        note_turn(w); // only now: it may have slept for an hour
        if (!has_reply)
            continue;
        // Not one step more once we are told to stop: what the settings
        // point to may be gone by now.
        if (is_stopping(w))
            http_reply_destroy(&reply);
        else
            take_reply(w, http, &reply);
    }
}

static struct http_client *
open_http(struct worker *w)
{
    const struct config *c = w->settings.config;
    struct http_client *http = http_open(&(struct http_settings){
        .proxy = c->proxy,
        .no_proxy = c->no_proxy,
        .ca_file = c->ca_file,
        .user_agent = "staffroom",
    });
    mutex_lock(w->lock);
    w->http = http;
    mutex_unlock(w->lock);
    return http;
}

/* A screen that cannot show anything must not say that all is well. */
static void
wait_to_go(struct worker *w)
{
    mutex_lock(w->lock);
    while (!w->may_go && !w->is_stopping)
        mutex_wait(w->lock, WAIT_TO_GO_MS);
    mutex_unlock(w->lock);
    note_turn(w);
}

static void
run(void *data)
{
    struct worker *w = data;
    const struct worker_settings *s = &w->settings;
    w->cache = cache_open(s->cache_folder, (size_t) s->config->cache_mb * MIB);
    worker_feed_init(&w->feed, s, w->cache);
    worker_photos_init(&w->photos, s, w->cache, w->feed.path);

    worker_feed_open(&w->feed, clock_mono_ms());
    worker_hub_init(&w->hub, s, &w->feed, &w->postits, clock_mono_ms());
    w->feed.is_hubs = worker_hub_has_feed(s->config, s->feed);
    w->feed.token = w->hub.paired.token;
    worker_publish(w, NULL, NULL);

    worker_calendars_init(&w->calendars, s, w->cache, clock_mono_ms());
    worker_open_postits(w);
    w->step = clock_step_open();
    wait_to_go(w);
    // Only now: the first board need not wait for libcurl.
    struct http_client *http = open_http(w);
    run_until_stopped(w, http);
    mutex_lock(w->lock);
    w->http = NULL;
    mutex_unlock(w->lock);

    http_close(http);
    if (w->step >= 0)
        close(w->step);
    worker_calendars_destroy(&w->calendars);
    worker_hub_destroy(&w->hub);
    worker_postits_destroy(&w->postits);
    worker_photos_destroy(&w->photos);
    worker_feed_destroy(&w->feed);
    cache_close(w->cache);
}

struct worker *
worker_start(const struct worker_settings *s)
{
    struct worker *w = memory_take_zeroed(sizeof *w);
    w->settings = *s;
    w->settings.feed = memory_copy_string(s->feed);
    w->settings.cache_folder = memory_copy_string(s->cache_folder);
    w->settings.state_folder = memory_copy_string(s->state_folder);
    w->lock = mutex_new();
    note_turn(w);
    // Last: it must find all the rest in its place.
    w->thread = thread_start("worker", run, w);
    return w;
}

void
worker_await_news(struct worker *w, int wait_ms)
{
    if (!w)
        return;
    int64_t left_ms, until_ms = clock_mono_ms() + wait_ms;
    mutex_lock(w->lock);
    while (!w->has_news && (left_ms = until_ms - clock_mono_ms()) > 0)
        mutex_wait(w->lock, (int) left_ms);
    mutex_unlock(w->lock);
}

void
worker_go(struct worker *w)
{
    if (!w)
        return;
    mutex_lock(w->lock);
    w->may_go = true;
    mutex_tell(w->lock);
    mutex_unlock(w->lock);
}

bool
worker_take_news(struct worker *w, struct news *out)
{
    *out = (struct news){0};
    if (!w)
        return false;
    mutex_lock(w->lock);
    bool has_news = w->has_news;
    if (has_news) {
        *out = w->news;
        w->news = (struct news){0};
        w->has_news = false;
        // It may have stopped decoding because the slot was full.
        if (out->photo_count >= PHOTOS_WAITING_MAX && w->http)
            http_wake(w->http);
    }
    mutex_unlock(w->lock);
    return has_news;
}

bool
worker_ask(struct worker *w, const struct request *request)
{
    if (!w)
        return false;
    mutex_lock(w->lock);
    bool has_place = requests_push(&w->requests, request);
    if (w->http)
        http_wake(w->http);
    mutex_unlock(w->lock);
    return has_place;
}

static void
wake(struct worker *w)
{
    mutex_lock(w->lock);
    if (w->http)
        http_wake(w->http);
    mutex_unlock(w->lock);
}

bool
worker_is_stuck(struct worker *w)
{
    if (!w)
        return false;
    int64_t now_ms = clock_mono_ms();
    if (now_ms - atomic_load(&w->turned_ms) < STUCK_AFTER_MS) {
        w->doubted_ms = 0;
        return false;
    }
    if (w->doubted_ms)
        return now_ms - w->doubted_ms >= DOUBT_MS;
    w->doubted_ms = now_ms;
    wake(w);
    return false;
}

bool
worker_stop(struct worker *w)
{
    if (!w)
        return true;
    mutex_lock(w->lock);
    w->is_stopping = true;
    mutex_tell(w->lock);
    if (w->http)
        http_wake(w->http);
    mutex_unlock(w->lock);
    if (!thread_join_within(w->thread, STOP_WITHIN_MS)) {
        // It hangs in a place that cannot be interrupted, and keeps all it
        // uses: freeing would pull the floor from under it.
        log_warning("the disk or the network did not let go in time");
        return false;
    }
    news_destroy(&w->news);
    worker_forget_wishes(w);
    mutex_free(w->lock);
    free((char *) w->settings.feed);
    free((char *) w->settings.cache_folder);
    free((char *) w->settings.state_folder);
    requests_destroy(&w->requests);
    free(w);
    return true;
}
