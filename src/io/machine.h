#ifndef IO_MACHINE_H
#define IO_MACHINE_H

#include "core/net_facts.h"

/*
 * How this machine is: its network, its disks, its power, as the kernel shows
 * them in files. What cannot be read is left out, never guessed: on another
 * machine than a Raspberry Pi there is no word about its power, and the service
 * hides parts of /proc from us. Reads some forty small files, so not on the UI
 * thread. No state; any thread.
 */

struct machine_places {
    const char *root;   // in front of /sys, /proc and /etc; "" but in tests
    const char *state;  // the folders things are kept in
    const char *cache;
    // Fills in the addresses of the links; NULL: as the kernel says.
    void (*find_addresses)(struct net_link *links, int count);
};

void machine_read(struct net_machine *m, const struct machine_places *p);

#endif
