#ifndef IO_OWN_ADDRESS_H
#define IO_OWN_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#define OWN_ADDRESS_BYTES 128

struct ifaddrs;

/*
 * What this machine is called in its network, for who wants to find it there:
 * "192.168.1.20", two of them with " or " between where it has a cable and
 * Wi-Fi, and an IPv6 address only where there is no other. Addresses that reach
 * nobody (loopback, link-local) do not count. False, and "", when there is none
 * yet. Does not touch the network. Any thread.
 */
bool own_address(char out[OWN_ADDRESS_BYTES]);

/* Of that list, which getifaddrs(3) made. */
bool own_address_of(const struct ifaddrs *list, char out[OWN_ADDRESS_BYTES]);

#endif
