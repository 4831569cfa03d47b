#ifndef TESTS_NET_FACTS_SAMPLE_H
#define TESTS_NET_FACTS_SAMPLE_H

#include <stdio.h>
#include <string.h>

#include "core/net_facts.h"

/* A kiosk on a school's wall: well, and on some bad days. */

#define THURSDAY INT64_C(1795689720) // 2026-11-26 10:42 in London

static inline struct net_facts
facts_of_a_good_day(void)
{
    struct net_facts f = {
        .feed = {.address = "https://hub.northside.example/v1/feed.json",
                 .state = NET_STATE_WELL,
                 .good_s = THURSDAY,
                 .last = {.is_asked = true,
                          .answered_s = THURSDAY,
                          .server_s = THURSDAY + 1,
                          .status = 304,
                          .is_proxied = true,
                          .is_connected = true,
                          .connected = "10.20.0.8 port 8080",
                          .is_secure = true,
                          .issuer = "R11, Let's Encrypt"}},
        .hub = {.address = "https://hub.northside.example",
                .state = NET_STATE_WELL,
                .last = {.is_asked = true,
                         .answered_s = THURSDAY,
                         .status = 200,
                         .is_proxied = true,
                         .is_connected = true,
                         .connected = "10.20.0.8 port 8080",
                         .is_secure = true,
                         .issuer = "R11, Let's Encrypt"}},
        .is_feed_hubs = true,
        .proxy = "http://proxy.hillcrest.example:8080/",
        .is_clock_trusted = true,
        .has_store = true,
        .machine = {.is_read = true,
                    .host = "staffroom-hillcrest",
                    .are_links_known = true,
                    .links = {{.name = "eth0",
                               .is_up = true,
                               .hardware = "b8:27:eb:01:02:03",
                               .address = "10.20.3.4"},
                              {.name = "wlan0",
                               .is_wifi = true,
                               .hardware = "b8:27:eb:04:05:06"}},
                    .link_count = 2,
                    .router = "10.20.3.1",
                    .name_servers = "10.20.0.2, 10.20.0.3",
                    .state = {.is_known = true,
                              .free_mb = 23456,
                              .all_mb = 29800,
                              .type = "ext4"},
                    .cache = {.is_known = true,
                              .free_mb = 23456,
                              .all_mb = 29800,
                              .type = "ext4"},
                    .power = NET_POWER_GOOD,
                    .temperature_c = 54,
                    .model = "Raspberry Pi 4 Model B Rev 1.5",
                    .system = "Debian GNU/Linux 12 (bookworm)",
                    .kernel = "6.6.51+rpt-rpi-v8 aarch64",
                    .up_s = 12 * 86400 + 4711},
        .version = "0.1.0",
        .library = "libcurl/7.88.1 OpenSSL/3.0.17",
    };
    return f;
}

static inline void
fail_with(struct net_server *s, const char *why, const char *detail)
{
    s->state = NET_STATE_FAILING;
    s->good_s = THURSDAY - 5 * 3600;
    snprintf(s->why, sizeof s->why, "%s", why);
    snprintf(s->detail, sizeof s->detail, "%s", detail);
    s->last.issuer[0] = '\0';
    s->last.status = 0;
    s->last.server_s = 0;
}

/* A filter that wants somebody to sign in. */
static inline struct net_facts
facts_of_a_filter(void)
{
    struct net_facts f = facts_of_a_good_day();
    fail_with(&f.feed,
              "A web page came instead of the feed: the network may want "
              "somebody to sign in, or the address may be wrong",
              "line 1, column 1: this is no JSON");
    f.feed.last.status = 200;
    f.feed.last.is_web_page = true;
    f.feed.last.server_s = THURSDAY;
    snprintf(f.feed.last.issuer, sizeof f.feed.last.issuer,
             "School Filter CA, Hillcrest Council");
    snprintf(f.feed.last.page_title, sizeof f.feed.last.page_title,
             "Hillcrest Web Filter: please sign in");
    snprintf(f.feed.last.led_to, sizeof f.feed.last.led_to,
             "https://filter.hillcrest.example/login");
    return f;
}

/* All at once: as much as there can be to say. */
static inline struct net_facts
facts_of_a_terrible_day(void)
{
    struct net_facts f = facts_of_a_good_day();
    struct net_machine *m = &f.machine;
    const char *why = "The server's certificate is not one this screen knows: a "
                      "school filter may need its certificate installed";
    const char *detail =
        "curl 60: SSL certificate problem: unable to get local issuer "
        "certificate; HTTP 0 from https://hub.northside.example/v1/feed.json";
    fail_with(&f.feed, why, detail);
    fail_with(&f.hub, why, detail);
    f.feed.last.is_disbelieved = f.hub.last.is_disbelieved = true;
    snprintf(f.feed.last.issuer, sizeof f.feed.last.issuer,
             "School Filter CA, Hillcrest Council");
    f.unsent = 3;
    f.is_clock_trusted = false;
    snprintf(f.ca_file, sizeof f.ca_file,
             "/etc/staffroom/hillcrest-council-filter.pem");
    m->links[0].is_self_given = false;
    m->links[1].is_up = true;
    snprintf(m->links[1].address, sizeof m->links[1].address, "169.254.7.8");
    m->links[1].is_self_given = true;
    m->links[1].signal_dbm = -81;
    m->state.is_read_only = true;
    m->cache.free_mb = 12;
    m->disk_errors = 17;
    snprintf(m->disk, sizeof m->disk, "mmcblk0p2");
    m->power = NET_POWER_LOW;
    m->is_slowed_by_heat = true;
    m->temperature_c = 84;
    m->card_worn_percent = 101;
    return f;
}

#endif
