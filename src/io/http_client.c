#include "io/http_client.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include <curl/curl.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "io/http_client_facts.h"
#include "io/http_client_transfer.h"
#include "io/http_client_url.h"

#define CONNECT_MS 10000
#define TOTAL_MS 60000
#define SLOW_AFTER_S 20
#define WAIT_MOST_MS (60 * 60 * 1000)

struct http_client {
    CURLM *multi;
    struct transfer transfers[HTTP_TRANSFERS_MAX];
    struct transfer_options options;
    struct http_issuers issuers;
    int watched[HTTP_WATCHED_MOST]; // borrowed; -1: none
    atomic_bool is_woken;           // the only field another thread may touch
};

static char *
copy_setting(const char *value)
{
    return memory_copy_string(value ? value : "");
}

struct http_client *
http_open(const struct http_settings *s)
{
    check(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    struct http_client *h = memory_take_zeroed(sizeof *h);
    h->multi = curl_multi_init();
    if (!h->multi)
        memory_exhausted();
    h->options = (struct transfer_options){
        .proxy = copy_setting(s->proxy),
        .no_proxy = copy_setting(s->no_proxy),
        .ca_file = copy_setting(s->ca_file),
        .user_agent = copy_setting(s->user_agent),
        .connect_ms = s->connect_ms ? s->connect_ms : CONNECT_MS,
        .total_ms = s->total_ms ? s->total_ms : TOTAL_MS,
        .slow_after_s = s->slow_after_s ? s->slow_after_s : SLOW_AFTER_S,
    };
    for (int i = 0; i < HTTP_WATCHED_MOST; i++)
        h->watched[i] = -1;
    atomic_init(&h->is_woken, false);
    return h;
}

void
http_close(struct http_client *h)
{
    if (!h)
        return;
    for (int i = 0; i < HTTP_TRANSFERS_MAX; i++) {
        struct transfer *t = &h->transfers[i];
        if (t->is_busy)
            curl_multi_remove_handle(h->multi, t->easy);
        transfer_destroy(t);
    }
    curl_multi_cleanup(h->multi);
    free(h->options.proxy);
    free(h->options.no_proxy);
    free(h->options.ca_file);
    free(h->options.user_agent);
    free(h);
    curl_global_cleanup();
}

static struct transfer *
free_transfer(struct http_client *h)
{
    for (int i = 0; i < HTTP_TRANSFERS_MAX; i++)
        if (!h->transfers[i].is_busy)
            return &h->transfers[i];
    return NULL;
}

bool
http_start(struct http_client *h, const struct http_request *r,
           struct problem *why)
{
    struct transfer *t = free_transfer(h);
    if (!t) {
        problem_set(why, 0, 0, "Too much is being fetched at once");
        return false;
    }
    char *url = http_url_tidy(r->url);
    if (!url) {
        problem_set(why, 0, 0,
                    "This is not a web address: it should begin with https://");
        return false;
    }
    transfer_prepare(t, &h->options, r, url);
    if (transfer_start(t, h->multi))
        return true;
    http_explain_refusal(t->refusal, t->most_bytes, why);
    transfer_reset(t);
    return false;
}

static bool
take_finished(struct http_client *h, struct http_reply *reply)
{
    int left;
    for (CURLMsg *m; (m = curl_multi_info_read(h->multi, &left));) {
        if (m->msg != CURLMSG_DONE)
            continue;
        // The message does not outlive the removal.
        CURLcode code = m->data.result;
        struct transfer *t = NULL;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &t);
        curl_multi_remove_handle(h->multi, t->easy);
        if (!t->disbelieved && code == CURLE_OK && transfer_follow(t, h->multi))
            continue;
        if (transfer_seek_issuer(t, code, h->multi))
            continue;
        transfer_reply(t, code, reply);
        http_issuers_settle(&h->issuers, reply->final_url, &reply->facts);
        transfer_reset(t);
        return true;
    }
    return false;
}

/* True when one of those that are watched can be read. */
static bool
wait_once(struct http_client *h, int wait_ms)
{
    struct curl_waitfd watched[HTTP_WATCHED_MOST];
    unsigned count = 0;
    bool can_be_read = false;
    for (int i = 0; i < HTTP_WATCHED_MOST; i++)
        if (h->watched[i] >= 0)
            watched[count++] = (struct curl_waitfd){.fd = h->watched[i],
                                                    .events = CURL_WAIT_POLLIN};
    curl_multi_poll(h->multi, watched, count, wait_ms, NULL);
    for (unsigned i = 0; i < count; i++)
        can_be_read = can_be_read || watched[i].revents;
    return can_be_read;
}

bool
http_wait(struct http_client *h, int wait_ms, struct http_reply *reply)
{
    int64_t until_ms = wait_ms < 0 ? INT64_MAX : clock_mono_ms() + wait_ms;
    for (;;) {
        int running;
        curl_multi_perform(h->multi, &running);
        if (take_finished(h, reply))
            return true;
        if (atomic_exchange(&h->is_woken, false))
            return false;
        int64_t left_ms = until_ms - clock_mono_ms();
        if (left_ms <= 0)
            return false;
        if (wait_once(h,
                      (int) (left_ms < WAIT_MOST_MS ? left_ms : WAIT_MOST_MS)))
            return false;
    }
}

void
http_reply_destroy(struct http_reply *r)
{
    text_destroy(&r->body);
    *r = (struct http_reply){0};
}

void
http_wake(struct http_client *h)
{
    // The flag first: whoever wakes from the poll must find it set.
    atomic_store(&h->is_woken, true);
    curl_multi_wakeup(h->multi);
}

void
http_watch(struct http_client *h, int which, int fd)
{
    h->watched[which] = fd;
}

void
http_describe(char *out, size_t size)
{
    const curl_version_info_data *v = curl_version_info(CURLVERSION_NOW);
    snprintf(out, size, "libcurl/%s %s", v->version,
             v->ssl_version ? v->ssl_version : "without TLS");
}
