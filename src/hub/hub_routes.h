#ifndef HUB_HUB_ROUTES_H
#define HUB_HUB_ROUTES_H

#include "hub/routes.h"

/* Every address of the hub, in the one table of hub_routes.c. */
extern const struct routes hub_routes;

#endif
