#ifndef IO_HTTP_GUARD_H
#define IO_HTTP_GUARD_H

#include <stdbool.h>
#include <sys/socket.h>

#include "io/http_client.h"

/*
 * Which addresses a feed may send this screen to. A feed is written by
 * somebody else, and a picture's address in it must not become a hand that
 * reaches into the school's own network. Pure.
 *
 * Places are those of the IANA special-purpose registries (RFC 6890 and its
 * updates). An IPv6 address that only wraps an IPv4 one (mapped, translated,
 * 6to4, NAT64) lives where the wrapped one does. What no host can have
 * (unspecified, multicast, documentation, reserved) is UNKNOWN.
 */

enum http_place http_place_of(const struct sockaddr *address);

/* Of an address as text, IPv6 with or without brackets; UNKNOWN for a name. */
enum http_place http_place_of_text(const char *host);

bool http_guard_allows(enum http_place place, enum http_place allowed);

/*
 * For when a proxy connects and no address is seen: a literal address by its
 * place; "localhost", names without a dot and the local-only domains (RFC
 * 6762, 8375, 6761) are refused; any other name is let through.
 */
bool http_guard_allows_name(const char *host, enum http_place allowed);

/* Of an address as text or a name: localhost and what ends in it (RFC 6761). */
bool http_guard_is_this_machine(const char *host);

/* Whether `host` is in a no_proxy list, by curl's rules (CIDR included); a
   browser's *.school.example is taken for school.example. */
bool http_no_proxy_has(const char *no_proxy, const char *host);

#endif
