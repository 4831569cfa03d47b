#include "kiosk/errands.h"

#include <string.h>

#include "base/hash.h"
#include "base/uuid.h"
#include "io/kiosk_store.h"

#define DAY_S 86400

static uint64_t
hash_words(const struct postit *p)
{
    uint64_t hash = hash_more(HASH_START, p->text, strlen(p->text) + 1);
    hash = hash_more(hash, p->author, strlen(p->author) + 1);
    hash = hash_more(hash, p->answers, strlen(p->answers) + 1);
    hash = hash_more(hash, &p->sort, sizeof p->sort);
    hash = hash_more(hash, &p->colour, sizeof p->colour);
    return hash ? hash : 1;
}

/* Hands what was written to the worker; it says when it is kept. */
static bool
send_post(struct show *s, struct worker *w, struct now now)
{
    const struct compose *c = &s->composer.compose;
    char text[COMPOSE_BYTES_MAX + 1], name[COMPOSE_BYTES_MAX + 1];
    struct request request = {
        .kind = REQUEST_POST,
        .postit =
            {
                .sort = c->sort,
                .colour = c->colour,
                .text = text,
                .author = name,
                .answers = c->answers,
                .made_s = now.wall_s,
                .expires_s = now.wall_s + s->config->postit_days * DAY_S,
                .is_time_unsure = !now.is_trusted,
            },
    };
    compose_result(c, COMPOSE_TEXT, text);
    compose_result(c, COMPOSE_NAME, name);
    // The same words once more keep their id: had the first try been kept and
    // only its answer lost, the store would know it again.
    uint64_t words = hash_words(&request.postit);
    if (words != s->posted_words && !uuid_new(s->posted_id))
        return false;
    s->posted_words = words;
    memcpy(request.postit.id, s->posted_id, sizeof s->posted_id);
    return worker_ask(w, &request);
}

void
errands_run(struct show *s, struct worker *w, struct now now)
{
    struct request request;
    while (requests_pop(&s->requests, &request)) {
        bool is_sent = request.kind == REQUEST_POST ? send_post(s, w, now)
                                                    : worker_ask(w, &request);
        // Nobody else would answer, and the writer must not wait for ever.
        if (!is_sent)
            show_refuse(s, &request, now);
        request_destroy(&request);
    }
}
