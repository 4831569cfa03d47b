#include "hub/moderation.h"

#include <string.h>

#include "hub/hub.h"

#define KEPT_AS "moderation"
#define OFF "off"

bool
moderation_is_on(struct hub *hub, struct arena *a)
{
    return strcmp(hub_store_get(hub->store, a, KEPT_AS), OFF) != 0;
}

bool
moderation_switch(struct hub *hub, bool on, struct problem *why)
{
    return hub_store_set(hub->store, KEPT_AS, on ? "" : OFF, why) &&
           hub_store_audit(hub->store, hub->person.name,
                           on ? "switched moderation on"
                              : "switched moderation off",
                           "", hub->now.wall_s);
}

enum hub_postit_state
moderation_first_state(struct hub *hub, struct arena *a)
{
    return moderation_is_on(hub, a) ? HUB_POSTIT_WAITING : HUB_POSTIT_SHARED;
}
