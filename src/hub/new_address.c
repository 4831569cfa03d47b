#include "hub/new_address.h"

#include "hub/accounts_part.h"
#include "hub/hub.h"
#include "hub/pages_part.h"

/* What they are called is no secret from who may read the whole folder. */
static void
refuse_name(struct hub *hub, struct arena *a, struct problem *why)
{
    const struct hub_person *list;
    struct text names = {0};
    int count = hub_store_people(hub->store, a, &list);
    for (int i = 0; i < count; i++)
        if (list[i].is_coordinator)
            text_add_format(&names, "%s%s", names.len ? ", " : "",
                            list[i].name);
    if (names.len)
        problem_set(why, 0, 0,
                    "No coordinator signs in with that name. They are: %.150s",
                    names.bytes);
    else
        problem_set(why, 0, 0,
                    "Nobody can sign in here yet: start the hub, and it prints "
                    "the address where it is set up");
    text_destroy(&names);
}

const char *
new_address(struct hub *hub, struct arena *a, struct problem *why)
{
    struct hub_person p;
    const char *name = pages_line(a, hub->options.new_address);
    if (!hub_store_person(hub->store, a, name, &p) || !p.is_coordinator) {
        refuse_name(hub, a, why);
        return NULL;
    }
    const struct hub_invitation i = {.name = p.name,
                                     .person = p.number,
                                     .is_coordinator = true,
                                     .ends_codes = true,
                                     .made_by = p.number};
    const char *path = accounts_make_invitation(hub, a, &i, why);
    if (!path)
        return NULL;
    problem_set(why, 0, 0, "The hub cannot write its store");
    return hub_store_audit(hub->store, "",
                           "made an address on the hub's machine for", p.name,
                           hub->now.wall_s)
               ? path
               : NULL;
}
