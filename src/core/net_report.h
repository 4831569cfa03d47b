#ifndef CORE_NET_REPORT_H
#define CORE_NET_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "core/board.h"
#include "core/net_facts.h"

/*
 * The facts in words, for the network card, its QR code and --check: the worst
 * thing first, as one sentence, then lines in two groups. What is not known is
 * left out. Pure.
 */

enum net_group {
    NET_GROUP_WAY,    // the way to the feed
    NET_GROUP_SCREEN, // this screen
};
#define NET_GROUPS (NET_GROUP_SCREEN + 1)

extern const char *const net_group_names[NET_GROUPS];

struct net_line {
    enum net_group group; // those of one group stand together, in this order
    const char *label, *value;
    bool is_bad; // something somebody should look into
};

#define NET_LINES_MOST 40

struct net_report {
    const char *sentence;
    bool is_bad; // something is the matter
    struct net_line lines[NET_LINES_MOST];
    int count;
};

/* Strings live in `a`. `zone` is the one of the screen's clock. */
void net_report_make(struct net_report *r, struct arena *a,
                     const struct net_facts *f, const struct zone *zone,
                     struct now now);

/* Adds it as plain text, a line each, as many whole lines as fit into
   `most_bytes`: what is bad before the rest. */
void net_report_text(const struct net_report *r, struct text *out,
                     size_t most_bytes);

#endif
