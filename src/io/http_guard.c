#include "io/http_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HOST_BYTES 256

struct block {
    unsigned char start[16];
    int bits;
    enum http_place place;
};

static const struct block v4_blocks[] = {
    {{0}, 8, HTTP_PLACE_UNKNOWN},             // this network
    {{10}, 8, HTTP_PLACE_PRIVATE},            // RFC 1918
    {{100, 64}, 10, HTTP_PLACE_PRIVATE},      // carrier NAT, RFC 6598
    {{127}, 8, HTTP_PLACE_LOOPBACK},          //
    {{169, 254}, 16, HTTP_PLACE_LINK},        // RFC 3927
    {{172, 16}, 12, HTTP_PLACE_PRIVATE},      // RFC 1918
    {{192, 0, 0}, 24, HTTP_PLACE_PRIVATE},    // RFC 6890, DS-Lite
    {{192, 0, 2}, 24, HTTP_PLACE_UNKNOWN},    // documentation
    {{192, 168}, 16, HTTP_PLACE_PRIVATE},     // RFC 1918
    {{198, 18}, 15, HTTP_PLACE_PRIVATE},      // benchmarks, RFC 2544
    {{198, 51, 100}, 24, HTTP_PLACE_UNKNOWN}, // documentation
    {{203, 0, 113}, 24, HTTP_PLACE_UNKNOWN},  // documentation
    {{224}, 4, HTTP_PLACE_UNKNOWN},           // multicast
    {{240}, 4, HTTP_PLACE_UNKNOWN},           // reserved, broadcast
};

static const struct block v6_blocks[] = {
    {{[15] = 1}, 128, HTTP_PLACE_LOOPBACK},
    {{0, 0x64, 0xff, 0x9b, 0, 1}, 48, HTTP_PLACE_PRIVATE}, // RFC 8215
    {{0}, 8, HTTP_PLACE_UNKNOWN},                 // ::, IPv4-compatible …
    {{0x01}, 8, HTTP_PLACE_UNKNOWN},              // discard, RFC 6666
    {{0x20, 0x01, 0, 0}, 32, HTTP_PLACE_UNKNOWN}, // Teredo
    {{0x20, 0x01, 0x0d, 0xb8}, 32, HTTP_PLACE_UNKNOWN}, // documentation
    {{0x3f, 0xff}, 20, HTTP_PLACE_UNKNOWN},             // documentation
    {{0xfc}, 7, HTTP_PLACE_PRIVATE},                    // unique local
    {{0xfe, 0x80}, 10, HTTP_PLACE_LINK},
    {{0xfe, 0xc0}, 10, HTTP_PLACE_PRIVATE}, // site-local, RFC 3879
    {{0xff}, 8, HTTP_PLACE_UNKNOWN},        // multicast
};

/* IPv6 prefixes with an IPv4 address inside, and at which byte it is. */
static const struct {
    unsigned char start[16];
    int bits;
    int at;
} wrappings[] = {
    {{[10] = 0xff, 0xff}, 96, 12},   // mapped, RFC 4291
    {{[8] = 0xff, 0xff}, 96, 12},    // translated, RFC 2765
    {{0x20, 0x02}, 16, 2},           // 6to4, RFC 3056
    {{0, 0x64, 0xff, 0x9b}, 96, 12}, // NAT64, RFC 6052
};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static bool
starts_with_bits(const unsigned char *address, const unsigned char *start,
                 int bits)
{
    int whole = bits / 8, rest = bits % 8;
    if (memcmp(address, start, (size_t) whole) != 0)
        return false;
    if (rest == 0)
        return true;
    unsigned mask = 0xffu << (8 - rest) & 0xffu;
    return (address[whole] & mask) == (start[whole] & mask);
}

static enum http_place
place_in(const struct block *blocks, size_t count, const unsigned char *address)
{
    for (size_t i = 0; i < count; i++)
        if (starts_with_bits(address, blocks[i].start, blocks[i].bits))
            return blocks[i].place;
    return HTTP_PLACE_PUBLIC;
}

static enum http_place
place_of_v4(const unsigned char *address)
{
    return place_in(v4_blocks, COUNT(v4_blocks), address);
}

static enum http_place
place_of_v6(const unsigned char *address)
{
    for (size_t i = 0; i < COUNT(wrappings); i++)
        if (starts_with_bits(address, wrappings[i].start, wrappings[i].bits))
            return place_of_v4(address + wrappings[i].at);
    return place_in(v6_blocks, COUNT(v6_blocks), address);
}

enum http_place
http_place_of(const struct sockaddr *address)
{
    unsigned char bytes[16];
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const void *) address;
        memcpy(bytes, &in->sin_addr, 4);
        return place_of_v4(bytes);
    }
    if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const void *) address;
        memcpy(bytes, &in->sin6_addr, 16);
        return place_of_v6(bytes);
    }
    return HTTP_PLACE_UNKNOWN;
}

/* Takes brackets, zone and the final dot off; false when it is too long. */
static bool
bare_host(const char *host, char bare[HOST_BYTES])
{
    size_t len = strlen(host);
    if (len && *host == '[') {
        host++;
        len = strcspn(host, "]");
    }
    if (memchr(host, ':', len))
        len = strcspn(host, "]%");
    if (len && host[len - 1] == '.')
        len--;
    if (len >= HOST_BYTES)
        return false;
    memcpy(bare, host, len);
    bare[len] = '\0';
    return true;
}

/* Address family of a literal address, its bytes in `out`; 0 for a name. */
static int
parse_literal(const char *bare, unsigned char out[16])
{
    if (inet_pton(AF_INET, bare, out) == 1)
        return AF_INET;
    if (inet_pton(AF_INET6, bare, out) == 1)
        return AF_INET6;
    return 0;
}

enum http_place
http_place_of_text(const char *host)
{
    char bare[HOST_BYTES];
    unsigned char bytes[16];
    if (!bare_host(host, bare))
        return HTTP_PLACE_UNKNOWN;
    switch (parse_literal(bare, bytes)) {
    case AF_INET:
        return place_of_v4(bytes);
    case AF_INET6:
        return place_of_v6(bytes);
    }
    return HTTP_PLACE_UNKNOWN;
}

bool
http_guard_allows(enum http_place place, enum http_place allowed)
{
    return place == HTTP_PLACE_PUBLIC ||
           (place != HTTP_PLACE_UNKNOWN && place == allowed);
}

/* Whether `host` is `domain` or below it. */
static bool
is_in_domain(const char *host, const char *domain)
{
    size_t host_len = strlen(host), len = strlen(domain);
    if (host_len < len || strcasecmp(host + host_len - len, domain) != 0)
        return false;
    return host_len == len || host[host_len - len - 1] == '.';
}

bool
http_guard_allows_name(const char *host, enum http_place allowed)
{
    static const char *const local_domains[] = {
        "localhost", "local", "internal", "home.arpa", "lan", "intranet",
    };
    char bare[HOST_BYTES];
    unsigned char bytes[16];
    if (!bare_host(host, bare))
        return false;
    if (parse_literal(bare, bytes))
        return http_guard_allows(http_place_of_text(bare), allowed);
    if (!strchr(bare, '.'))
        return false;
    for (size_t i = 0; i < COUNT(local_domains); i++)
        if (is_in_domain(bare, local_domains[i]))
            return false;
    return true;
}

bool
http_guard_is_this_machine(const char *host)
{
    char bare[HOST_BYTES];
    return bare_host(host, bare) &&
           (http_place_of_text(bare) == HTTP_PLACE_LOOPBACK ||
            is_in_domain(bare, "localhost"));
}

/* "10.0.0.0/8" or "10.1.2.3" */
static bool
is_in_network(const unsigned char *address, int family, const char *network)
{
    char start[HOST_BYTES];
    unsigned char bytes[16];
    int most = family == AF_INET ? 32 : 128;
    long bits = most;
    const char *slash = strchr(network, '/');
    if (slash) {
        char *end;
        bits = strtol(slash + 1, &end, 10);
        if (end == slash + 1 || *end || bits < 0 || bits > most)
            return false;
    }
    snprintf(start, sizeof start, "%.*s",
             (int) (slash ? slash - network : (long) strlen(network)), network);
    if (parse_literal(start, bytes) != family)
        return false;
    return starts_with_bits(address, bytes, (int) bits);
}

static bool
entry_has(const char *entry, const char *bare)
{
    unsigned char address[16];
    if (strcmp(entry, "*") == 0)
        return true;
    int family = parse_literal(bare, address);
    if (family)
        return is_in_network(address, family, entry);
    // Browsers' lists say *.school.example for what is school.example here.
    if (entry[0] == '*' && entry[1] == '.')
        entry++;
    while (*entry == '.')
        entry++;
    return *entry && is_in_domain(bare, entry);
}

bool
http_no_proxy_has(const char *no_proxy, const char *host)
{
    static const char separators[] = ", \t";
    char bare[HOST_BYTES], entry[HOST_BYTES], plain[HOST_BYTES];
    if (!bare_host(host, bare))
        return false;
    for (const char *at = no_proxy; *at;) {
        at += strspn(at, separators);
        size_t len = strcspn(at, separators);
        if (len && len < sizeof entry) {
            memcpy(entry, at, len);
            entry[len] = '\0';
            bool is_network = strchr(entry, '/') != NULL;
            if (is_network ? entry_has(entry, bare)
                           : bare_host(entry, plain) && entry_has(plain, bare))
                return true;
        }
        at += len;
    }
    return false;
}
