#ifndef CORE_NET_FACTS_H
#define CORE_NET_FACTS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What a school's IT wants to know of a screen that does not get its feed:
 * data only. io/http_client and io/machine find it out, core/net_report puts it
 * into words. Zero: nothing is known. No tokens, no passwords, nothing anybody
 * wrote; text from outside is one line of valid UTF-8 without controls.
 */

/* The last answer of one server, or why there was none. */
struct net_answer {
    bool is_asked;
    int64_t answered_s;  // our clock when it came
    int64_t server_s;    // the server's, by its Date; 0 it said none
    int status;          // HTTP; 0 there was none
    int proxy_status;    // the proxy's own answer to CONNECT; 0 none
    bool is_proxied;
    bool is_connected;   // TCP
    char connected[64];  // address and port: the proxy's behind one; ""
    bool is_secure;      // https
    char issuer[128];    // who signed the certificate; "" not known
    bool is_disbelieved; // … and this screen does not believe it
    char led_to[128];    // another server it led on to, as the log shows it; ""
    bool is_web_page;    // what came is HTML
    char page_title[96]; // … of this title; ""
};

enum net_state {
    NET_STATE_WAITING, // not asked yet
    NET_STATE_WELL,
    NET_STATE_FAILING,
};

/* A place this screen asks. */
struct net_server {
    char address[160]; // as the log shows it; "": there is none
    bool is_file;      // a path here
    enum net_state state;
    int64_t good_s; // last good answer; 0 never
    char why[240];  // FAILING: for a teacher, without a full stop
    char detail[240];
    struct net_answer last;
};

struct net_link {
    char name[16];
    bool is_wifi;
    bool is_up;         // there is something at the other end
    int signal_dbm;     // Wi-Fi; 0 not known
    char hardware[20];  // its own address, which a filter may ask for; ""
    char address[48];   // IPv4, else a global IPv6; "" none
    bool is_self_given; // … of 169.254.0.0/16, for want of another (RFC 3927)
};

#define NET_LINKS_MOST 4

/* A folder things are kept in. */
struct net_folder {
    bool is_known;
    bool is_read_only;
    int64_t free_mb, all_mb;
    char type[16]; // of its file system: "ext4"; ""
};

enum net_power { // as the board of a Raspberry Pi measures it
    NET_POWER_UNKNOWN,
    NET_POWER_GOOD,
    NET_POWER_WAS_LOW, // since it started
    NET_POWER_LOW,
};

struct net_machine {
    bool is_read;
    char host[64];
    bool are_links_known;
    struct net_link links[NET_LINKS_MOST];
    int link_count;
    char router[48];       // ""
    char name_servers[96]; // with ", " between; ""
    struct net_folder state, cache;
    int64_t disk_errors;  // that the file system has noted; 0 none
    char disk[32];        // … on this device
    int card_worn_percent; // of eMMC; 0 not known; over 100: beyond its life
    bool is_card_ending;   // its spare blocks are nearly used up
    enum net_power power;
    bool is_slowed_by_heat;
    int temperature_c; // 0 not known
    char model[80];
    char system[80]; // "Debian GNU/Linux 12 (bookworm)"
    char kernel[80];
    int64_t up_s; // 0 not known
};

struct net_facts {
    struct net_server feed, hub;
    bool is_feed_hubs;     // the feed is the hub's own
    bool is_hub_pairing;   // the hub does not know this screen
    char proxy[128];       // of the settings, as the log shows it; "": none
    char ca_file[160];     // ""
    bool is_clock_trusted;
    bool has_store;        // post-its can be kept
    int unsent;            // post-its the hub does not have yet
    struct net_machine machine;
    char version[32], library[64]; // ours; libcurl with what it does TLS by
};

#endif
