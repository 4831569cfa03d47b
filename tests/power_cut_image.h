#ifndef POWER_CUT_IMAGE_H
#define POWER_CUT_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/power_cut.h"

/*
 * The disks that a power cut may leave behind, made from the record of what
 * was asked of one. What was synced is there. Of what was not, each operation
 * may have happened or not, whatever came after it, and a write may have come
 * as far as any sector of 512 bytes or from any one on: what an SD card's
 * queue and its own cache do. Names are like bytes: a file whose folder was
 * not synced may be missing, and one that was deleted may be back.
 */

struct disk_plan {
    int most_subsets; // so many operations: every subset of them; else samples
    int samples;      // beside none, all, all but one, only one and torn ones
    int most;         // disks for each moment; a sample when there are more
    uint32_t seed;
};

struct disk_cut;

/*
 * Hands every disk of every moment to `look`; `told` is the last mark before
 * that moment, 0 before the first. Moments are the ends of what lies between
 * two syncs or marks: what is possible earlier is possible there. Gives how
 * many disks there were.
 */
int disk_cut_each(const struct disk_record *r, const struct disk_plan *plan,
                  void (*look)(const struct disk_cut *cut, int64_t told,
                               void *context),
                  void *context);

/* Empties `folder` and writes the disk into it, with an old -shm of no sense
   beside each log when `has_stale_index`. */
void disk_cut_write(const struct disk_cut *cut, const char *folder,
                    bool has_stale_index);

/* What happened to each operation that was not synced, for a person. */
void disk_cut_print(const struct disk_cut *cut);

#endif
