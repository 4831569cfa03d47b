#include "core/running_order.h"
#include "hub/hub.h"
#include "hub/pages_part.h"

const struct item *
pages_question_up(const struct hub *hub, struct arena *a, const struct board *b,
                  const char *school)
{
    if (!b)
        return NULL;
    struct running_order *order =
        arena_alloc(a, sizeof *order); // too large for a stack
    running_order_make(order, a, b, school, pages_now(hub));
    for (int i = 0; i < order->count; i++)
        if (order->slides[i].kind == SLIDE_QUESTION)
            return order->slides[i].items[0];
    return NULL;
}

bool
pages_screen(struct hub *hub, struct arena *a, int64_t number,
             struct hub_device *out)
{
    const struct hub_device *list;
    int count = hub_store_devices(hub->store, a, &list);
    for (int i = 0; i < count; i++)
        if (list[i].number == number && !list[i].is_revoked) {
            *out = list[i];
            return true;
        }
    return false;
}
