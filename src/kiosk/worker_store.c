#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/worker_part.h"

#define TIDY_MS (60 * 60 * 1000)
#define UNTIDY_MS (60 * 1000) // until the clock can be trusted

/* What there was when we started. */
void
worker_open_postits(struct worker *w)
{
    struct problem why = {0};
    const struct config *c = w->settings.config;
    int64_t now_s = clock_now(w->settings.clock).wall_s;
    // Where the settings name no school, the hub's word counts.
    const char *school = *c->school ? c->school : w->hub.paired.school;
    worker_postits_init(&w->postits, w->settings.state_folder, school);
    w->postits.has_hub = *w->hub.address != '\0';
    if (!worker_postits_open(&w->postits, now_s, &why))
        log_error("%s", why.text);
    worker_publish(w, worker_list_postits(w), NULL);
}

/* Once an hour; never by a clock that may be wrong, nor by one that was set for
   a look at another day: what is deleted is gone. */
static void
tidy_postits(struct worker *w)
{
    int64_t now_ms = clock_mono_ms();
    if (now_ms < w->tidy_ms || w->settings.clock->start_wall_s)
        return;
    bool is_trusted = clock_machine_is_trusted(CLOCK_BUILT_AFTER_S) ||
                      w->feed.status.clock_agrees;
    w->tidy_ms = now_ms + (is_trusted ? TIDY_MS : UNTIDY_MS);
    int64_t now_s = clock_now(w->settings.clock).wall_s;
    if (!is_trusted || !worker_postits_tidy(&w->postits, now_s))
        return;
    worker_publish(w, worker_list_postits(w), NULL);
    worker_hub_notice(&w->hub); // what had no date may have one now
}

static bool
take_request(struct worker *w, struct request *out)
{
    mutex_lock(w->lock);
    bool has_one = requests_pop(&w->requests, out);
    mutex_unlock(w->lock);
    return has_one;
}

/* Does what people at the screen ask, in their order, and answers each. */
void
worker_step_postits(struct worker *w)
{
    tidy_postits(w);
    struct request request;
    while (take_request(w, &request)) {
        struct problem why = {0};
        int64_t now_s = clock_now(w->settings.clock).wall_s;
        bool is_done = worker_postits_do(&w->postits, &request, now_s, &why);
        bool is_changed = is_done && request.kind != REQUEST_ROOM;
        struct local_postits *list =
            is_changed ? worker_postits_list(&w->postits, now_s) : NULL;
        struct store_answer answer = {.says = is_done ? STORE_SAYS_DONE
                                                      : STORE_SAYS_NO};
        memcpy(answer.why, why.text, sizeof answer.why);
        worker_publish(w, list, &(struct answered){request.kind, answer});
        request_destroy(&request);
        if (is_changed)
            worker_hub_notice(&w->hub);
    }
}
