#include "kiosk/worker_hub.h"

#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/version.h"

#define ANSWER_MOST_BYTES ((size_t) 64 * 1024)
#define ASK_TOKEN_MS 3000
#define STATUS_MS (10 * 60 * 1000)
// The hub promises twelve hours; ours may be counted a little slower.
#define POST_PAGE_MS (INT64_C(11) * 60 * 60 * 1000)
#define ACCEPTED "application/json"
#define FEED_PATH "/v1/feed.json"
#define MIB ((uint64_t) 1024 * 1024)

static bool
is_paired(const struct worker_hub *h)
{
    return h->paired.token[0] != '\0';
}

static int64_t
wall_s(const struct worker_hub *h)
{
    return clock_now(h->settings->clock).wall_s;
}

/* The status as it is now; has_changed when somebody would see it. */
static void
tell_status(struct worker_hub *h, const char *why, const char *detail)
{
    struct hub_status now = {
        .state = is_paired(h) ? HUB_PAIRED : HUB_PAIRING,
        .was_removed = h->status.was_removed && !is_paired(h),
        .was_revoked = h->status.was_revoked && !is_paired(h),
    };
    snprintf(now.code, sizeof now.code, "%s", h->code);
    snprintf(now.school, sizeof now.school, "%s", h->paired.school);
    snprintf(now.post_page, sizeof now.post_page, "%s", h->post_page);
    snprintf(now.why, sizeof now.why, "%s", why);
    snprintf(now.detail, sizeof now.detail, "%s", detail);
    struct hub_status *was = &h->status;
    if (strcmp(was->why, now.why) != 0 && *why)
        log_warning("the hub: %s (%s)", why, detail);
    else if (*was->why && !*why)
        log_info("the hub answers again");
    // A detail changes with every millisecond counted in it.
    h->has_changed = h->has_changed || now.state != was->state ||
                     now.was_removed != was->was_removed ||
                     strcmp(now.code, was->code) != 0 ||
                     strcmp(now.school, was->school) != 0 ||
                     strcmp(now.post_page, was->post_page) != 0 ||
                     strcmp(now.why, was->why) != 0;
    *was = now;
}

void
worker_hub_init(struct worker_hub *h, const struct worker_settings *s,
                struct worker_feed *feed, struct worker_postits *postits,
                int64_t now_ms)
{
    *h = (struct worker_hub){
        .settings = s,
        .feed = feed,
        .postits = postits,
        .address = s->config->hub ? s->config->hub : "",
        .status_ms = now_ms,
        .has_new_errands = true,
    };
    if (!*h->address)
        return;
    h->machine = machine_mark_read(s->machine_root ? s->machine_root : "");
    worker_token_open(&h->paired, s->state_folder, h->address, &h->machine);
    // The same seed as the feed's would have both ask at one moment.
    polling_start(&h->polling, s->config->interval_s, ~feed->polling.jitter,
                  now_ms);
    tell_status(h, "", "");
}

void
worker_hub_destroy(struct worker_hub *h)
{
    worker_errand_destroy(&h->errand);
    *h = (struct worker_hub){0};
}

bool
worker_hub_has_feed(const struct config *config, const char *feed)
{
    const char *hub = config->hub ? config->hub : "";
    size_t len = strlen(hub);
    return len && strncmp(feed, hub, len) == 0 &&
           strcmp(feed + len, FEED_PATH) == 0;
}

/* --- asking --- */

static void
fail(struct worker_hub *h, const char *why, const char *detail,
     int retry_after_s, int64_t now_ms)
{
    tell_status(h, why, detail);
    polling_failed(&h->polling, retry_after_s, now_ms);
}

static void
succeed(struct worker_hub *h, int64_t next_ms)
{
    h->polling.failures = 0;
    h->polling.next_ms = next_ms;
    tell_status(h, "", "");
}

/* Begins a request to the hub; `json` NULL for none. */
static bool
ask(struct worker_hub *h, struct http_client *http, const char *method,
    const char *path, const char *bearer, const char *json, int64_t now_ms)
{
    struct text url = {0};
    struct problem why = {0};
    text_add_format(&url, "%s%s", h->address, path);
    bool ok = http_start(http,
                         &(struct http_request){
                             .url = url.bytes,
                             .accept = ACCEPTED,
                             .method = method,
                             .bearer = bearer,
                             .json = json,
                             .most_bytes = ANSWER_MOST_BYTES,
                             .seeks_issuer = true,
                             .tag = WORKER_HUB_TAG,
                         },
                         &why);
    text_destroy(&url);
    if (!ok)
        fail(h, why.text, "the hub's address in the settings", 0, now_ms);
    return ok;
}

static void
ask_for_code(struct worker_hub *h, struct http_client *http, int64_t now_ms)
{
    struct text json = {0};
    h->code[0] = '\0';
    tell_status(h, h->status.why, h->status.detail);
    if (!*h->secret && !worker_token_new_secret(h->secret)) {
        h->secret[0] = '\0';
        fail(h, "This screen cannot make a secret just now", "getrandom", 0,
             now_ms);
        return;
    }
    text_add_format(&json, "{\"secret\":\"%s\"}", h->secret);
    if (ask(h, http, "POST", "/v1/pair", NULL, json.bytes, now_ms))
        h->asking = ASKING_CODE;
    text_destroy(&json);
}

static void
ask_for_token(struct worker_hub *h, struct http_client *http, int64_t now_ms)
{
    char path[32];
    snprintf(path, sizeof path, "/v1/pair/%s", h->code);
    if (ask(h, http, NULL, path, h->secret, NULL, now_ms))
        h->asking = ASKING_TOKEN;
}

static int64_t
disk_free_mb(const char *folder)
{
    struct statvfs fs;
    if (statvfs(folder, &fs) != 0)
        return 0;
    return (int64_t) ((uint64_t) fs.f_bavail * fs.f_frsize / MIB);
}

static bool
is_clock_trusted(const struct worker_hub *h)
{
    return clock_now(h->settings->clock).is_trusted ||
           clock_machine_is_trusted(0) || h->feed->status.clock_agrees;
}

static void
tell_how_we_are(struct worker_hub *h, struct http_client *http, int64_t now_ms)
{
    const struct worker_settings *s = h->settings;
    struct kiosk_store *store = h->postits->store;
    struct text json = {0};
    text_add_format(&json, "{\"revision\":%lld,\"shown_since\":\"",
                    (long long) (h->revision > 0 ? h->revision : 0));
    worker_outbox_add_time(&json, h->shown_since_s);
    text_add_format(&json,
                    "\",\"version\":\"%s\",\"size\":\"%dx%d\",\"unsent\":%d,"
                    "\"clock\":\"%s\",\"disk_free_mb\":%lld}",
                    STAFFROOM_VERSION, s->screen_w, s->screen_h,
                    store ? worker_outbox_unsent(store, wall_s(h)) : 0,
                    is_clock_trusted(h) ? "trusted" : "doubtful",
                    (long long) disk_free_mb(s->state_folder));
    if (ask(h, http, "PUT", "/v1/status", h->paired.token, json.bytes, now_ms))
        h->asking = TELLING_STATUS;
    text_destroy(&json);
}

static uint64_t
hash_of(const struct worker_errand *e)
{
    return hash_more(hash_string(e->method), e->path.bytes, e->path.len);
}

/* False when there is none. */
static bool
tell_errand(struct worker_hub *h, struct http_client *http, int64_t now_ms)
{
    struct kiosk_store *store = h->postits->store;
    struct worker_errand *e = &h->errand;
    worker_errand_destroy(e);
    if (!store || !worker_outbox_next(store, wall_s(h), e))
        return false;
    // What was settled just now and comes up again is one the store could not
    // note: its disk is full, and the hub is not to hear it in a circle.
    if (hash_of(e) == h->settled) {
        h->settled = 0;
        fail(h, "What was sent could not be noted here", "the store", 0,
             now_ms);
        return true;
    }
    if (ask(h, http, e->method, e->path.bytes, h->paired.token, e->json.bytes,
            now_ms))
        h->asking = TELLING_ERRAND;
    return true;
}

/* While the hub knows us: what there is to tell, then how we are. */
static int64_t
tell(struct worker_hub *h, struct http_client *http, int64_t now_ms)
{
    if (h->has_new_errands) {
        h->has_new_errands = tell_errand(h, http, now_ms);
        if (h->has_new_errands)
            return h->asking ? INT64_MAX : h->polling.next_ms;
    }
    if (now_ms < h->status_ms || !h->shown_since_s)
        return h->shown_since_s ? h->status_ms : INT64_MAX;
    tell_how_we_are(h, http, now_ms);
    return h->asking ? INT64_MAX : h->polling.next_ms;
}

/* A code on the wall that leads nowhere is worse than none. */
static void
forget_old_page(struct worker_hub *h, int64_t now_ms)
{
    if (!*h->post_page || now_ms < h->post_page_until_ms)
        return;
    h->post_page[0] = '\0';
    tell_status(h, h->status.why, h->status.detail);
}

int64_t
worker_hub_tick(struct worker_hub *h, struct http_client *http, int64_t now_ms)
{
    forget_old_page(h, now_ms);
    if (!*h->address || h->asking)
        return INT64_MAX;
    if (now_ms < h->polling.next_ms)
        return h->polling.next_ms;
    if (is_paired(h))
        return tell(h, http, now_ms);
    if (!h->code[0] || now_ms >= h->code_until_ms)
        ask_for_code(h, http, now_ms);
    else
        ask_for_token(h, http, now_ms);
    return h->asking ? INT64_MAX : h->polling.next_ms;
}

/* --- answers --- */

static void
take_failure(struct worker_hub *h, const struct http_reply *reply,
             int64_t now_ms)
{
    if (reply->outcome == HTTP_STATUS || reply->outcome == HTTP_FAILED)
        fail(h, reply->why.text, reply->detail, reply->retry_after_s, now_ms);
    else
        fail(h, "The hub's answer made no sense to this screen",
             reply->final_url, 0, now_ms);
}

static void
take_code(struct worker_hub *h, const struct http_reply *reply, int64_t now_ms)
{
    int lasts_s = 0;
    if (reply->outcome != HTTP_OK ||
        !worker_token_code_from_json(h->code, &lasts_s, &reply->body)) {
        take_failure(h, reply, now_ms);
        return;
    }
    h->code_until_ms = now_ms + lasts_s * INT64_C(1000);
    succeed(h, now_ms + ASK_TOKEN_MS);
}

static void
take_token(struct worker_hub *h, const struct http_reply *reply, int64_t now_ms)
{
    struct worker_token token;
    struct problem why = {0};
    if (reply->status == 404 || reply->status == 410) { // a code of before
        h->code[0] = '\0';
        succeed(h, now_ms);
        return;
    }
    if (reply->outcome == HTTP_OK && reply->status == 202) {
        succeed(h, now_ms + ASK_TOKEN_MS);
        return;
    }
    if (reply->outcome != HTTP_OK ||
        !worker_token_from_json(&token, &reply->body)) {
        take_failure(h, reply, now_ms);
        return;
    }
    token.machine = h->machine;
    h->paired = token;
    h->code[0] = h->secret[0] = '\0';
    h->has_new_errands = true;
    h->has_changed_store = true; // ours hang as of that school now
    h->status_ms = now_ms;
    log_info("the hub knows this screen now");
    if (!worker_token_keep(&token, h->settings->state_folder, h->address, &why))
        log_error("the hub will have to be told of this screen again when it "
                  "starts next: %s",
                  why.text);
    succeed(h, now_ms);
}

static void
take_errand_answer(struct worker_hub *h, const struct http_reply *reply,
                   int64_t now_ms)
{
    // Half an answer is none, whatever its status was.
    int status = reply->outcome == HTTP_FAILED ? 0 : reply->status;
    struct kiosk_store *store = h->postits->store;
    if (!store || !worker_outbox_settle(store, &h->errand, status)) {
        take_failure(h, reply, now_ms);
        return;
    }
    h->settled = hash_of(&h->errand);
    h->told_ms = now_ms;
    h->has_changed_store = true;
    succeed(h, now_ms);
}

static void
take_status_answer(struct worker_hub *h, const struct http_reply *reply,
                   int64_t now_ms)
{
    int status = reply->outcome == HTTP_FAILED ? 0 : reply->status;
    bool is_refused = status >= 400 && status < 500 && status != 429;
    if (status / 100 != 2 && !is_refused) {
        take_failure(h, reply, now_ms);
        return;
    }
    // One that does not want to know is asked again in ten minutes, too.
    h->post_page[0] = '\0';
    if (reply->outcome == HTTP_OK &&
        worker_token_page_from_json(h->post_page, &reply->body))
        h->post_page_until_ms = now_ms + POST_PAGE_MS;
    if (is_refused)
        log_warning("the hub does not take this screen's status (%d)", status);
    h->status_ms = now_ms + STATUS_MS;
    succeed(h, now_ms);
}

void
worker_hub_answer(struct worker_hub *h, const struct http_reply *reply,
                  int64_t now_ms)
{
    int asked = (int) h->asking;
    h->asking = ASKING_NOTHING;
    if (reply->wants_bearer && asked != ASKING_CODE && asked != ASKING_TOKEN) {
        worker_hub_lose(
            h, h->paired.token,
            worker_token_is_revoked(reply->content_type, &reply->body), now_ms);
        return;
    }
    switch (asked) {
    case ASKING_CODE:
        take_code(h, reply, now_ms);
        return;
    case ASKING_TOKEN:
        take_token(h, reply, now_ms);
        return;
    case TELLING_ERRAND:
        take_errand_answer(h, reply, now_ms);
        return;
    case TELLING_STATUS:
        take_status_answer(h, reply, now_ms);
        return;
    }
}

/* In this order: should the plug be pulled, the next 401 goes on with it. */
static void
forget_all(struct worker_hub *h)
{
    struct text feed = {0};
    struct problem why;
    text_add_format(&feed, "%s%s", h->address, FEED_PATH);
    worker_feed_forget(h->feed, feed.bytes);
    text_destroy(&feed);
    if (!h->postits->store || !kiosk_store_forget_sent(h->postits->store, &why))
        log_error("what was written here before it was taken off the hub could "
                  "not be deleted");
    h->has_changed_store = true;
    h->revision = h->shown_since_s = 0;
}

void
worker_hub_lose(struct worker_hub *h, const char *token, bool is_revoked,
                int64_t now_ms)
{
    // An answer to a token of before says nothing about the one we have.
    if (!is_paired(h) || strcmp(token, h->paired.token) != 0)
        return;
    log_warning("the hub does not know this screen any more%s",
                is_revoked ? ": somebody took it off" : "");
    if (is_revoked)
        forget_all(h);
    worker_token_remove(&h->paired, h->settings->state_folder);
    h->code[0] = h->post_page[0] = '\0';
    h->status.was_removed = true;
    h->status.was_revoked = is_revoked;
    h->settled = 0;
    succeed(h, now_ms);
    h->has_changed = true;
}

/* --- what others saw --- */

void
worker_hub_notice(struct worker_hub *h)
{
    h->has_new_errands = true;
    h->settled = 0;
}

void
worker_hub_see_board(struct worker_hub *h, const struct board *board)
{
    if (h->shown_since_s && board->revision == h->revision)
        return;
    h->revision = board->revision;
    h->shown_since_s = wall_s(h);
    h->status_ms = 0;
}

void
worker_hub_see_feed(struct worker_hub *h, const struct board *board,
                    int64_t asked_ms)
{
    struct kiosk_store *store = h->postits->store;
    if (!*h->address || !store)
        return;
    bool is_newer = h->feed->is_hubs && asked_ms >= h->told_ms;
    if (board && worker_outbox_see_board(store, board, is_newer)) {
        h->has_changed_store = true;
        worker_hub_notice(h);
    }
    if (is_newer && kiosk_store_feed_counts(store) > 0)
        h->has_changed_store = true;
}
