#ifndef CORE_NET_REPORT_PART_H
#define CORE_NET_REPORT_PART_H

#include "core/net_report.h"

/* What net_report.c and net_report_lines.c say to each other; nobody else
   includes this. */

#define NET_APART_MOST_S 120 // two clocks this far apart still agree

/* net_report_lines.c: fills lines and count. */
void net_report_lines(struct net_report *r, struct arena *a,
                      const struct net_facts *f, const struct zone *zone,
                      struct now now);

/* How far the server's clock is ahead of ours; 0 also when it said nothing. */
int64_t net_report_apart_s(const struct net_answer *a);
bool net_report_is_apart(const struct net_answer *a);

bool net_report_is_full(const struct net_folder *f);

/* A page for people where an answer for programs was asked for. */
bool net_report_is_page(const struct net_server *s);

/* Nobody has said yet what to show, so nobody is asked. */
bool net_report_is_not_told(const struct net_facts *f);

/* "3 minutes", "1 day": without its sign. */
const char *net_report_span(struct arena *a, int64_t seconds);

#endif
