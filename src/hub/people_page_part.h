#ifndef HUB_PEOPLE_PAGE_PART_H
#define HUB_PEOPLE_PAGE_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "hub/http.h"
#include "io/hub_store.h"

struct hub;

/* The whole page with an address that was made just now, for that person. */
void people_page_show_address(struct hub *hub, const struct http_request *r,
                              struct http_answer *a, const char *address,
                              const char *name);

int64_t people_page_number(const char *digits); // {number}, 1 to 18 of them

const char *people_page_role(bool is_coordinator);

#endif
