#ifndef IO_MACHINE_MARK_H
#define IO_MACHINE_MARK_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What tells one screen's machine from another: the serial number of a Pi's
 * board and of its SD card or NVMe disk, as hashes; 0 where there is none to be
 * read, as on most PCs. Any thread.
 */

struct machine_mark {
    uint64_t board;
    uint64_t disk;
};

/* `root` is "" or the folder that stands for / in a test. */
struct machine_mark machine_mark_read(const char *root);

/*
 * Whether what was kept on `was` has come to `now` as a copy. A card that was
 * moved to another board is none, nor a board with a new card that was restored
 * from a backup: then one of the two has stayed.
 */
bool machine_mark_is_copy(const struct machine_mark *was,
                          const struct machine_mark *now);

/* Takes over what `now` can tell. Whether that was news. */
bool machine_mark_learn(struct machine_mark *known,
                        const struct machine_mark *now);

#endif
