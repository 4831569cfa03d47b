#include "kiosk/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "io/file.h"
#include "io/http_client.h"
#include "kiosk/worker_path.h"

#define FEED_ACCEPT "application/feed+json, application/json;q=0.9, */*;q=0.5"

struct pages {
    struct text text[FEED_MAX_PAGES]; // owned
    int count;
};

static struct http_client *
open_client(const struct config *config)
{
    return http_open(&(struct http_settings){
        .proxy = config->proxy,
        .no_proxy = config->no_proxy,
        .ca_file = config->ca_file,
        .user_agent = "Staffroom",
    });
}

/* One address, waited for. The reply is the caller's to destroy. */
static bool
fetch(struct http_client *http, const struct http_request *request,
      struct http_reply *reply, struct problem *why)
{
    if (!http_start(http, request, why))
        return false;
    while (!http_wait(http, -1, reply))
        continue; // woken for nothing
    if (reply->outcome == HTTP_OK)
        return true;
    *why = reply->why;
    return false;
}

static char *
next_page(const struct pages *pages, const char *url)
{
    const struct text *last = &pages->text[pages->count - 1];
    struct feed_page page = {text_string(last), last->len};
    char *next = feed_next_url(&page);
    char *whole = next ? http_resolve(url, next) : NULL;
    free(next);
    if (whole && (strcmp(whole, url) == 0 || !http_same_origin(whole, url))) {
        free(whole);
        whole = NULL;
    }
    return whole;
}

static bool
fetch_pages(const char *feed, const struct config *config, struct pages *pages,
            char **base, struct problem *why)
{
    struct http_client *http = open_client(config);
    char *url = memory_copy_string(feed);
    size_t left = FEED_MAX_BYTES;
    bool is_good = true;
    while (url && pages->count < FEED_MAX_PAGES) {
        struct http_reply reply = {0};
        struct http_request request = {
            .url = url, .accept = FEED_ACCEPT, .most_bytes = left};
        is_good = fetch(http, &request, &reply, why);
        if (is_good) {
            left -= reply.body.len < left ? reply.body.len : left;
            pages->text[pages->count++] = reply.body;
            reply.body = (struct text){0};
            if (!*base)
                *base = memory_copy_string(reply.final_url);
        }
        http_reply_destroy(&reply);
        char *next = is_good ? next_page(pages, url) : NULL;
        free(url);
        url = next;
    }
    free(url);
    http_close(http);
    return is_good;
}

static bool
read_file_page(const char *feed, struct pages *pages, char **base,
               struct problem *why)
{
    *base = worker_path_of_feed(feed);
    pages->count = 1;
    // Well above what a feed may have: the reader then says so itself.
    if (file_read(*base, FEED_MAX_BYTES * 32, &pages->text[0], why))
        return true;
    // "northside.example/feed.json" was most likely meant for the web.
    size_t first = strcspn(feed, "/");
    if (feed[first] && memchr(feed, '.', first) && feed[0] != '.')
        problem_set(why, 0, 0,
                    "there is no file %.100s; a web address begins with "
                    "https://",
                    feed);
    return false;
}

enum load_result
load_feed(const char *feed, const struct config *config, int64_t seen_s,
          struct loaded *out, struct problem *why)
{
    struct pages pages = {0};
    enum load_result result = LOAD_UNREADABLE;
    *out = (struct loaded){0};
    bool is_there = worker_path_is_web(feed)
                        ? fetch_pages(feed, config, &pages, &out->feed, why)
                        : read_file_page(feed, &pages, &out->feed, why);
    if (is_there) {
        struct feed_page list[FEED_MAX_PAGES];
        for (int i = 0; i < pages.count; i++)
            list[i] = (struct feed_page){text_string(&pages.text[i]),
                                         pages.text[i].len};
        out->board =
            feed_read(list, pages.count, seen_s, NULL, &config->tags, why);
        result = out->board ? LOAD_DONE : LOAD_REFUSED;
    }
    for (int i = 0; i < FEED_MAX_PAGES; i++)
        text_destroy(&pages.text[i]);
    return result;
}

void
loaded_destroy(struct loaded *l)
{
    board_free(l->board);
    free(l->feed);
    *l = (struct loaded){0};
}

static bool
fetch_bytes(const struct http_request *request, const struct config *config,
            struct text *bytes, struct problem *why)
{
    struct http_client *http = open_client(config);
    struct http_reply reply = {0};
    bool is_good = fetch(http, request, &reply, why);
    if (is_good)
        text_add(bytes, text_string(&reply.body), reply.body.len);
    http_reply_destroy(&reply);
    http_close(http);
    return is_good;
}

bool
load_bytes(const char *address, const struct config *config, const char *accept,
           size_t most_bytes, struct text *bytes, struct problem *why)
{
    if (worker_path_is_web(address))
        return fetch_bytes(&(struct http_request){.url = address,
                                                  .accept = accept,
                                                  .most_bytes = most_bytes},
                           config, bytes, why);
    char *path = worker_path_of_feed(address);
    bool is_good = file_read(path, most_bytes, bytes, why);
    free(path);
    return is_good;
}

static bool
fetch_picture(const char *feed, const struct config *config, const char *image,
              size_t most_bytes, struct text *bytes, struct problem *why)
{
    char *url = http_resolve(feed, image);
    if (!url) {
        problem_set(why, 0, 0, "%.120s is no web address", image);
        return false;
    }
    struct http_request request = {
        .url = url,
        .accept = "image/*",
        .most_bytes = most_bytes,
        .is_guarded = !http_same_origin(url, feed),
        .allowed = HTTP_PLACE_PUBLIC,
    };
    bool is_good = fetch_bytes(&request, config, bytes, why);
    free(url);
    return is_good;
}

bool
load_picture(const struct loaded *l, const struct config *config,
             const char *image, size_t most_bytes, struct text *bytes,
             struct problem *why)
{
    bool is_file = !worker_path_is_web(l->feed);
    if (worker_path_is_web(image) || !is_file)
        return fetch_picture(l->feed, config, image, most_bytes, bytes, why);
    char *path = worker_path_of_picture(l->feed, image);
    bool is_good = path && worker_path_is_inside(l->feed, path);
    if (is_good)
        is_good = file_read(path, most_bytes, bytes, why);
    else
        problem_set(why, 0, 0, "%.120s is not beside the feed", image);
    free(path);
    return is_good;
}
