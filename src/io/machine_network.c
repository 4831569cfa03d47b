#include "io/machine_part.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <limits.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ETHERNET 1 // ARPHRD_ETHER: Wi-Fi too

/* ---- links ----------------------------------------------------------------
 */

static bool
is_there(const struct machine_places *p, const char *folder, const char *name)
{
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s%s/%s", p->root, folder, name);
    return len > 0 && (size_t) len < sizeof path && access(path, F_OK) == 0;
}

static int64_t
number_in(const struct machine_places *p, const char *folder, const char *name,
          int64_t otherwise)
{
    char path[PATH_MAX];
    int64_t number;
    int len = snprintf(path, sizeof path, "%s/%s", folder, name);
    return len > 0 && (size_t) len < sizeof path &&
                   machine_number(p, path, &number)
               ? number
               : otherwise;
}

static void
line_in(const struct machine_places *p, const char *folder, const char *name,
        char *out, size_t size)
{
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/%s", folder, name);
    out[0] = '\0';
    if (len > 0 && (size_t) len < sizeof path)
        machine_line(p, path, out, size);
}

/* Only what leads out of the machine: a device, not a bridge or a tunnel. */
static void
take_link(const struct machine_places *p, const char *folder,
          struct net_machine *m)
{
    struct net_link link = {0};
    char state[16];
    m->are_links_known = true;
    if (m->link_count == NET_LINKS_MOST || !is_there(p, folder, "device") ||
        number_in(p, folder, "type", 0) != ETHERNET)
        return;
    snprintf(link.name, sizeof link.name, "%s", strrchr(folder, '/') + 1);
    link.is_wifi =
        is_there(p, folder, "wireless") || is_there(p, folder, "phy80211");
    line_in(p, folder, "operstate", state, sizeof state);
    // Some drivers never say more than "unknown"; then the carrier counts.
    link.is_up =
        strcmp(state, "up") == 0 || (strcmp(state, "unknown") == 0 &&
                                     number_in(p, folder, "carrier", 0) == 1);
    line_in(p, folder, "address", link.hardware, sizeof link.hardware);
    m->links[m->link_count++] = link;
}

/* A container has a cable that is no device; then any will do but the loop. */
static void
take_any_link(const struct machine_places *p, const char *folder,
              struct net_machine *m)
{
    struct net_link link = {0};
    char state[16];
    if (m->link_count == NET_LINKS_MOST ||
        number_in(p, folder, "type", 0) != ETHERNET)
        return;
    line_in(p, folder, "operstate", state, sizeof state);
    if (strcmp(state, "up") != 0)
        return;
    snprintf(link.name, sizeof link.name, "%s", strrchr(folder, '/') + 1);
    line_in(p, folder, "address", link.hardware, sizeof link.hardware);
    link.is_up = true;
    m->links[m->link_count++] = link;
}

/* IPv4 before IPv6: it is what a school's network people think in. */
static void
take_address(struct net_link *l, const struct sockaddr *address)
{
    char shown[INET6_ADDRSTRLEN];
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const void *) address;
        uint32_t host = ntohl(in->sin_addr.s_addr);
        bool is_self_given = host >> 16 == 0xA9FE; // 169.254.0.0/16
        if (!inet_ntop(AF_INET, &in->sin_addr, shown, sizeof shown) ||
            (is_self_given && *l->address))
            return;
        snprintf(l->address, sizeof l->address, "%s", shown);
        l->is_self_given = is_self_given;
    } else if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in6 = (const void *) address;
        if (IN6_IS_ADDR_LINKLOCAL(&in6->sin6_addr) ||
            (*l->address && !l->is_self_given) ||
            !inet_ntop(AF_INET6, &in6->sin6_addr, shown, sizeof shown))
            return;
        snprintf(l->address, sizeof l->address, "%s", shown);
        l->is_self_given = false;
    }
}

static void
find_addresses(struct net_link *links, int count)
{
    struct ifaddrs *all;
    if (getifaddrs(&all) != 0)
        return;
    for (int family = 0; family < 2; family++)
        for (const struct ifaddrs *a = all; a; a = a->ifa_next)
            for (int i = 0; a->ifa_addr && i < count; i++)
                if (a->ifa_addr->sa_family == (family ? AF_INET6 : AF_INET) &&
                    strcmp(a->ifa_name, links[i].name) == 0)
                    take_address(&links[i], a->ifa_addr);
    freeifaddrs(all);
}

/* "wlan0: 0000   70.  -40.  -256 …": the second number is the level in dBm. */
static void
read_signals(struct net_machine *m, const struct machine_places *p)
{
    char *text = machine_file(p, "/proc/self/net/wireless");
    for (int i = 0; text && i < m->link_count; i++) {
        struct net_link *l = &m->links[i];
        char key[sizeof l->name + 1];
        float quality, level;
        snprintf(key, sizeof key, "%.*s:", (int) sizeof key - 2, l->name);
        const char *at = strstr(text, key);
        if (at &&
            sscanf(at + strlen(key), "%*s %f %f", &quality, &level) == 2 &&
            level < 0 && level > -120)
            l->signal_dbm = (int) level;
    }
    free(text);
}

/* ---- the way out ----------------------------------------------------------
 */

/* A line of /proc/net/route: interface, destination, gateway, in the bytes'
   own order; the one to everywhere is the default. */
static void
read_router(struct net_machine *m, const struct machine_places *p)
{
    char *text = machine_file(p, "/proc/self/net/route");
    for (const char *line = text; line && *line;) {
        unsigned destination, gateway;
        if (sscanf(line, "%*15s %x %x", &destination, &gateway) == 2 &&
            destination == 0 && gateway != 0) {
            struct in_addr address = {.s_addr = gateway};
            inet_ntop(AF_INET, &address, m->router, sizeof m->router);
            break;
        }
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    free(text);
}

static void
read_name_servers(struct net_machine *m, const struct machine_places *p)
{
    static const char key[] = "nameserver";
    char *text = machine_file(p, "/etc/resolv.conf");
    size_t len = 0;
    for (const char *line = text; line && *line;) {
        const char *at = line + strlen(key);
        if (strncmp(line, key, strlen(key)) == 0 && strchr(" \t", *at)) {
            at += strspn(at, " \t");
            int word = (int) strspn(at, "0123456789abcdefABCDEF.:%");
            if (word > 0 && len + (size_t) word + 3 < sizeof m->name_servers)
                len += (size_t) snprintf(m->name_servers + len,
                                         sizeof m->name_servers - len, "%s%.*s",
                                         len ? ", " : "", word, at);
        }
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    free(text);
}

void
machine_network(struct net_machine *m, const struct machine_places *p)
{
    machine_each(p, "/sys/class/net/*", take_link, m);
    if (m->link_count == 0)
        machine_each(p, "/sys/class/net/*", take_any_link, m);
    (p->find_addresses ? p->find_addresses : find_addresses)(m->links,
                                                             m->link_count);
    read_signals(m, p);
    read_router(m, p);
    read_name_servers(m, p);
}
