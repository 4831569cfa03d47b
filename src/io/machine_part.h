#ifndef IO_MACHINE_PART_H
#define IO_MACHINE_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/machine.h"

/* What the files of the machine say to each other; nobody else includes this. */

#define MACHINE_FILE_MOST 65536

/* The first line of a file under the root, without blanks around it, as
   printable ASCII or UTF-8. False, and "", when there is none. */
bool machine_line(const struct machine_places *p, const char *path, char *out,
                  size_t size);

/* A whole number in it, decimal or 0x…; false when there is none. */
bool machine_number(const struct machine_places *p, const char *path,
                    int64_t *out);

/* All of a file under the root, malloc'ed; NULL when it cannot be read. */
char *machine_file(const struct machine_places *p, const char *path);

/*
 * Calls for each path under the root that matches the pattern, as it is below
 * the root, in their order.
 */
void machine_each(const struct machine_places *p, const char *pattern,
                  void (*use)(const struct machine_places *p, const char *path,
                              struct net_machine *m),
                  struct net_machine *m);

void machine_network(struct net_machine *m, const struct machine_places *p);
void machine_disks(struct net_machine *m, const struct machine_places *p);

#endif
