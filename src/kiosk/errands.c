#include "kiosk/errands.h"

#include <string.h>

#include "io/kiosk_store.h"

#define POSTIT_LIFE_S (14 * 86400)

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
                .expires_s = now.wall_s + POSTIT_LIFE_S,
                .is_time_unsure = !now.is_trusted,
            },
    };
    compose_result(c, COMPOSE_TEXT, text);
    compose_result(c, COMPOSE_NAME, name);
    if (!kiosk_store_new_id(request.postit.id))
        return false;
    memcpy(s->posted_id, request.postit.id, sizeof s->posted_id);
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
