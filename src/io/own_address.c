#include "io/own_address.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define SHOWN_MOST 2
#define LINK_LOCAL UINT32_C(0xa9fe0000) // 169.254.0.0/16, RFC 3927

/* The text of one that others can reach; false for any other. */
static bool
read_reachable(const struct ifaddrs *i, int family, char text[INET6_ADDRSTRLEN])
{
    const unsigned needed = IFF_UP | IFF_RUNNING;
    if (!i->ifa_addr || i->ifa_addr->sa_family != family ||
        (i->ifa_flags & needed) != needed || i->ifa_flags & IFF_LOOPBACK)
        return false;
    if (family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, i->ifa_addr, sizeof v4);
        return (ntohl(v4.sin_addr.s_addr) & 0xffff0000) != LINK_LOCAL &&
               inet_ntop(family, &v4.sin_addr, text, INET6_ADDRSTRLEN);
    }
    struct sockaddr_in6 v6;
    memcpy(&v6, i->ifa_addr, sizeof v6);
    return !IN6_IS_ADDR_LINKLOCAL(&v6.sin6_addr) &&
           inet_ntop(family, &v6.sin6_addr, text, INET6_ADDRSTRLEN);
}

bool
own_address_of(const struct ifaddrs *list, char out[OWN_ADDRESS_BYTES])
{
    static const int families[] = {AF_INET, AF_INET6};
    int shown = 0;
    size_t at = 0;
    *out = '\0';
    for (size_t f = 0; f < 2 && shown == 0; f++)
        for (const struct ifaddrs *i = list; i && shown < SHOWN_MOST;
             i = i->ifa_next) {
            char text[INET6_ADDRSTRLEN];
            if (!read_reachable(i, families[f], text))
                continue;
            at += (size_t) snprintf(out + at, OWN_ADDRESS_BYTES - at, "%s%s",
                                    shown ? " or " : "", text);
            shown++;
        }
    return shown > 0;
}

bool
own_address(char out[OWN_ADDRESS_BYTES])
{
    struct ifaddrs *list = NULL;
    *out = '\0';
    if (getifaddrs(&list) != 0)
        return false;
    bool has_one = own_address_of(list, out);
    freeifaddrs(list);
    return has_one;
}
