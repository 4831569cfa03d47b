#include "io/machine_mark.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/text.h"
#include "io/file.h"

#define SERIAL_MOST_BYTES 4096
#define PATH_BYTES 4096

/* Of the first of these files that says something. */
static uint64_t
hash_of_first(const char *root, const char *const *files, int count)
{
    for (int i = 0; i < count; i++) {
        char path[PATH_BYTES];
        struct text serial = {0};
        struct problem why;
        snprintf(path, sizeof path, "%s/sys/%s", root, files[i]);
        bool is_read = file_read(path, SERIAL_MOST_BYTES, &serial, &why);
        uint64_t hash =
            is_read && serial.len ? hash_string(text_string(&serial)) : 0;
        text_destroy(&serial);
        if (hash)
            return hash;
    }
    return 0;
}

struct machine_mark
machine_mark_read(const char *root)
{
    static const char *const boards[] = {
        "firmware/devicetree/base/serial-number",
    };
    static const char *const disks[] = {
        "block/mmcblk0/device/cid",
        "block/mmcblk1/device/cid",
        "block/nvme0n1/device/serial",
    };
    return (struct machine_mark){
        .board =
            hash_of_first(root, boards, (int) (sizeof boards / sizeof *boards)),
        .disk =
            hash_of_first(root, disks, (int) (sizeof disks / sizeof *disks)),
    };
}

bool
machine_mark_is_copy(const struct machine_mark *was,
                     const struct machine_mark *now)
{
    bool is_other_board = was->board && now->board && was->board != now->board;
    // A disk on USB says nothing: then the board alone decides.
    bool is_same_disk = was->disk && was->disk == now->disk;
    return is_other_board && !is_same_disk;
}

bool
machine_mark_learn(struct machine_mark *known, const struct machine_mark *now)
{
    struct machine_mark was = *known;
    if (now->board)
        known->board = now->board;
    if (now->disk)
        known->disk = now->disk;
    return known->board != was.board || known->disk != was.disk;
}
