#include "tests/power_cut_image.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"

#define MOST_NAMES 16
#define SECTOR 512

enum fate {
    MISSING,
    WHOLE,
    HEAD, // up to a sector
    TAIL, // from a sector on
};

/* A disk: the files by their number, and which of them has a name. */
struct image {
    struct text *files; // `file_count` of them, owned
    struct {
        char name[DISK_NAME_BYTES];
        int file; // -1: nothing is called so
    } names[MOST_NAMES];
    int name_count;
};

struct disk_cut {
    const struct disk_record *record;
    int at;              // the operations before this one were asked for
    struct image synced; // what has survived in any case
    int *pending;        // operations that may have happened, in their order
    int pending_count;
    enum fate *fates; // of each pending one
    struct image disk;
    uint32_t random;
};

static uint32_t
draw(struct disk_cut *cut, uint32_t below)
{
    cut->random = cut->random * 1664525u + 1013904223u;
    return (uint32_t) (((uint64_t) (cut->random >> 8) * below) >> 24);
}

/* ---- what an operation does to a disk ----------------------------------- */

static void
set_size(struct text *file, size_t size)
{
    static const char zeroes[4096];
    if (size <= file->len)
        text_cut(file, size);
    while (file->len < size)
        text_add(file, zeroes,
                 size - file->len < sizeof zeroes ? size - file->len
                                                  : sizeof zeroes);
}

static void
write_part(struct text *file, const struct disk_op *op, int64_t from,
           int64_t until)
{
    if (until <= from)
        return;
    if (file->len < (size_t) until)
        set_size(file, (size_t) until);
    memcpy(file->bytes + from, op->bytes + (from - op->at),
           (size_t) (until - from));
}

static void
give_name(struct image *disk, const char *name, int file)
{
    int i = 0;
    while (i < disk->name_count && strcmp(disk->names[i].name, name) != 0)
        i++;
    check(i < MOST_NAMES);
    if (i == disk->name_count)
        snprintf(disk->names[disk->name_count++].name, DISK_NAME_BYTES, "%s",
                 name);
    disk->names[i].file = file;
}

/* A torn write breaks off at `sector`, if it reaches across one. */
static void
apply(struct image *disk, const struct disk_op *op, enum fate fate,
      int64_t sector)
{
    int64_t end = op->at + op->len;
    int64_t middle = sector < op->at ? op->at : sector > end ? end : sector;
    if (fate == MISSING)
        return;
    switch (op->kind) {
    case DISK_CREATE:
        give_name(disk, op->name, op->file);
        break;
    case DISK_WRITE:
        write_part(&disk->files[op->file], op, fate == TAIL ? middle : op->at,
                   fate == HEAD ? middle : end);
        break;
    case DISK_TRUNCATE:
        set_size(&disk->files[op->file], (size_t) op->at);
        break;
    case DISK_DELETE:
        give_name(disk, op->name, -1);
        break;
    case DISK_SYNC:
    case DISK_SYNC_FOLDER:
    case DISK_MARK:
        break;
    }
}

static bool
is_torn_here(const struct disk_op *op)
{
    return op->kind == DISK_WRITE &&
           op->at / SECTOR != (op->at + op->len - 1) / SECTOR;
}

/* Builds cut->disk from what is synced and the fates of the rest. */
static void
build(struct disk_cut *cut)
{
    struct text *files = cut->disk.files;
    for (int i = 0; i < cut->record->file_count; i++) {
        const struct text *synced = &cut->synced.files[i];
        text_cut(&files[i], 0);
        text_add(&files[i], text_string(synced), synced->len);
    }
    cut->disk = cut->synced;
    cut->disk.files = files;
    for (int i = 0; i < cut->pending_count; i++) {
        const struct disk_op *op = &cut->record->ops[cut->pending[i]];
        int64_t sectors = (op->at + op->len) / SECTOR - op->at / SECTOR;
        int64_t sector = op->at / SECTOR + 1 +
                         (sectors > 1 ? draw(cut, (uint32_t) sectors) : 0);
        apply(&cut->disk, op, cut->fates[i], sector * SECTOR);
    }
}

/* ---- which disks -------------------------------------------------------- */

static int
subset_count(const struct disk_cut *cut, const struct disk_plan *plan)
{
    return cut->pending_count <= plan->most_subsets ? 1 << cut->pending_count
                                                    : 0;
}

/* How many disks the plan has for so many pending operations. */
static int
count_planned(const struct disk_cut *cut, const struct disk_plan *plan)
{
    int count = cut->pending_count, subsets = subset_count(cut, plan);
    if (count == 0)
        return 1;
    return subsets ? subsets + 2 * count : 2 + 4 * count + plan->samples;
}

static void
fill_fates(struct disk_cut *cut, enum fate fate)
{
    for (int i = 0; i < cut->pending_count; i++)
        cut->fates[i] = fate;
}

static void
draw_fates(struct disk_cut *cut, bool may_tear)
{
    for (int i = 0; i < cut->pending_count; i++)
        cut->fates[i] = (enum fate) draw(cut, may_tear ? TAIL + 1 : WHOLE + 1);
}

/* The disk `number` of those planned. */
static void
choose_fates(struct disk_cut *cut, const struct disk_plan *plan, int number)
{
    int count = cut->pending_count, subsets = subset_count(cut, plan);
    if (subsets) {
        for (int i = 0; i < count; i++)
            cut->fates[i] = (number >> i) & 1 ? WHOLE : MISSING;
        number -= subsets;
    } else if (number < 2 + 2 * count) {
        bool is_rest_there = number % 2;
        fill_fates(cut, is_rest_there ? WHOLE : MISSING);
        if (number >= 2)
            cut->fates[number / 2 - 1] = is_rest_there ? MISSING : WHOLE;
        return;
    } else {
        number -= 2 + 2 * count;
    }
    if (number < 0)
        return;
    draw_fates(cut, number >= 2 * count);
    if (number < 2 * count) { // torn, amid any others
        if (draw(cut, 2))
            fill_fates(cut, WHOLE);
        cut->fates[number / 2] = number % 2 ? HEAD : TAIL;
    }
    for (int i = 0; i < count; i++)
        if (cut->fates[i] > WHOLE &&
            !is_torn_here(&cut->record->ops[cut->pending[i]]))
            cut->fates[i] = WHOLE;
}

static int
look_at_all(struct disk_cut *cut, const struct disk_plan *plan,
            void (*look)(const struct disk_cut *, int64_t, void *),
            int64_t told, void *context)
{
    int planned = count_planned(cut, plan);
    int most = planned < plan->most ? planned : plan->most;
    for (int i = 0; i < most; i++) {
        // None and all belong to every sample.
        int number =
            i == 1 && subset_count(cut, plan) ? subset_count(cut, plan) - 1 : i;
        if (most < planned && i >= 2)
            number = (int) draw(cut, (uint32_t) planned);
        else if (most == planned)
            number = i;
        choose_fates(cut, plan, number);
        build(cut);
        look(cut, told, context);
    }
    return most;
}

/* ---- going through the record ------------------------------------------- */

static bool
is_settled_by(const struct disk_op *op, const struct disk_op *sync)
{
    bool is_name = op->kind == DISK_CREATE || op->kind == DISK_DELETE;
    return sync->kind == DISK_SYNC_FOLDER
               ? is_name
               : sync->kind == DISK_SYNC && !is_name && op->file == sync->file;
}

static void
settle(struct disk_cut *cut, const struct disk_op *sync)
{
    int left = 0;
    for (int i = 0; i < cut->pending_count; i++) {
        const struct disk_op *op = &cut->record->ops[cut->pending[i]];
        if (is_settled_by(op, sync))
            apply(&cut->synced, op, WHOLE, 0);
        else
            cut->pending[left++] = cut->pending[i];
    }
    cut->pending_count = left;
}

static void
destroy(struct disk_cut *cut)
{
    for (int i = 0; i < cut->record->file_count; i++) {
        text_destroy(&cut->synced.files[i]);
        text_destroy(&cut->disk.files[i]);
    }
    free(cut->synced.files);
    free(cut->disk.files);
    free(cut->pending);
    free(cut->fates);
}

int
disk_cut_each(const struct disk_record *r, const struct disk_plan *plan,
              void (*look)(const struct disk_cut *cut, int64_t told,
                           void *context),
              void *context)
{
    size_t file_bytes = ((size_t) r->file_count + 1) * sizeof(struct text);
    size_t count = (size_t) r->count + 1;
    int disks = 0;
    int64_t told = 0;
    struct disk_cut cut = {
        .record = r,
        .synced.files = memory_take_zeroed(file_bytes),
        .disk.files = memory_take_zeroed(file_bytes),
        .pending = memory_take(count * sizeof *cut.pending),
        .fates = memory_take(count * sizeof *cut.fates),
        .random = plan->seed,
    };
    for (; cut.at < r->count; cut.at++) {
        const struct disk_op *op = &r->ops[cut.at];
        bool is_sync = op->kind == DISK_SYNC || op->kind == DISK_SYNC_FOLDER;
        if (is_sync || op->kind == DISK_MARK)
            disks += look_at_all(&cut, plan, look, told, context);
        if (op->kind == DISK_MARK)
            told = op->at;
        else if (is_sync)
            settle(&cut, op);
        else
            cut.pending[cut.pending_count++] = cut.at;
    }
    disks += look_at_all(&cut, plan, look, told, context);
    destroy(&cut);
    return disks;
}

/* ---- onto the real disk ------------------------------------------------- */

static void
write_file(const char *folder, const char *name, const char *end,
           const char *bytes, size_t len)
{
    struct text path = {0};
    text_add_format(&path, "%s/%s%s", folder, name, end);
    int fd = open(path.bytes, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    check(fd >= 0 && write(fd, bytes, len) == (ssize_t) len);
    close(fd);
    text_destroy(&path);
}

static void
empty_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    check(dir);
    for (struct dirent *d; (d = readdir(dir));)
        if (d->d_name[0] != '.')
            unlinkat(dirfd(dir), d->d_name, 0);
    closedir(dir);
}

void
disk_cut_write(const struct disk_cut *cut, const char *folder,
               bool has_stale_index)
{
    static const char log[] = "-wal";
    static char stale[32768]; // one part of the index
    memset(stale, 0xa5, sizeof stale);
    empty_folder(folder);
    for (int i = 0; i < cut->disk.name_count; i++) {
        const char *name = cut->disk.names[i].name;
        int file = cut->disk.names[i].file;
        if (file < 0)
            continue;
        const struct text *bytes = &cut->disk.files[file];
        write_file(folder, name, "", text_string(bytes), bytes->len);
        const char *is_log = strstr(name, log);
        if (!has_stale_index || !is_log)
            continue;
        char stem[DISK_NAME_BYTES];
        snprintf(stem, sizeof stem, "%.*s", (int) (is_log - name), name);
        write_file(folder, stem, "-shm", stale, sizeof stale);
    }
}

void
disk_cut_print(const struct disk_cut *cut)
{
    static const char *const kinds[] = {"create",  "write",  "truncate",
                                        "sync",    "delete", "sync folder",
                                        "somebody"};
    static const char *const fates[] = {"missing", "there", "its head",
                                        "its tail"};
    printf("cut before operation %d of %d\n", cut->at, cut->record->count);
    for (int i = 0; i < cut->pending_count; i++) {
        const struct disk_op *op = &cut->record->ops[cut->pending[i]];
        printf("  %s %s file %d at %lld, %lld bytes: %s\n", kinds[op->kind],
               op->name, op->file, (long long) op->at, (long long) op->len,
               fates[cut->fates[i]]);
    }
}
