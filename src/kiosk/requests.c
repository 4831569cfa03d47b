#include "kiosk/requests.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const char *
copy(const char *string)
{
    return memory_copy_string(string ? string : "");
}

bool
requests_push(struct requests *q, const struct request *r)
{
    if (q->count == REQUESTS_MOST)
        return false;
    struct request *own = &q->list[q->count++];
    *own = *r;
    own->target = copy(r->target);
    own->postit.text = copy(r->postit.text);
    own->postit.author = copy(r->postit.author);
    own->postit.answers = copy(r->postit.answers);
    return true;
}

bool
requests_pop(struct requests *q, struct request *out)
{
    if (q->count == 0)
        return false;
    *out = q->list[0];
    q->count--;
    memmove(&q->list[0], &q->list[1], (size_t) q->count * sizeof q->list[0]);
    return true;
}

void
request_destroy(struct request *r)
{
    free((char *) r->target);
    free((char *) r->postit.text);
    free((char *) r->postit.author);
    free((char *) r->postit.answers);
    *r = (struct request){0};
}

void
requests_destroy(struct requests *q)
{
    for (int i = 0; i < q->count; i++)
        request_destroy(&q->list[i]);
    *q = (struct requests){0};
}
