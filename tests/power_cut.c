#include "tests/power_cut.h"

#include <dirent.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/problem.h"
#include "base/text.h"
#include "io/file.h"

#define MOST_BYTES (1 << 26)

static const char log_end[] = "-wal";

struct heard_file {
    sqlite3_file base; // first: SQLite sees this
    int number;        // in the record; -1 when it is not listened to
    bool is_log, is_rotten;
    sqlite3_file *real; // behind this struct, in the same memory
};

/* SQLite hands no context to a system call, so there is one disk. */
static struct {
    sqlite3_vfs *real;
    struct disk_record *record; // borrowed; NULL: nobody listens
    char folder[PATH_MAX];
    enum disk_hearing hearing;
    bool is_sync_skipped;
    enum disk_call call;
    int first, times, code, calls;
    ino_t rotten;
    int (*open_folder)(const char *, int *);
} disk;

/* ---- the record --------------------------------------------------------- */

static struct disk_op *
add_op(enum disk_op_kind kind, int file)
{
    struct disk_record *r = disk.record;
    if (r->count == r->room) {
        r->room = r->room ? 2 * r->room : 256;
        r->ops = memory_grow(r->ops, (size_t) r->room * sizeof *r->ops);
    }
    r->ops[r->count] = (struct disk_op){.kind = kind, .file = file};
    return &r->ops[r->count++];
}

static void
add_write(int file, const void *bytes, int64_t len, int64_t at)
{
    struct disk_op *op = add_op(DISK_WRITE, file);
    op->at = at;
    op->len = len;
    op->bytes = memory_take((size_t) len + 1);
    memcpy(op->bytes, bytes, (size_t) len);
}

static bool
is_heard(int file)
{
    return disk.record && file >= 0;
}

static bool
ends_in(const char *name, const char *end)
{
    size_t len = strlen(name), end_len = strlen(end);
    return len >= end_len && strcmp(name + len - end_len, end) == 0;
}

/* The name in the folder that is listened to, or NULL. */
static const char *
name_of(const char *path)
{
    size_t len = strlen(disk.folder);
    if (!disk.record || !path || strncmp(path, disk.folder, len) != 0 ||
        path[len] != '/' || strlen(path + len + 1) >= DISK_NAME_BYTES)
        return NULL;
    return path + len + 1;
}

static int
add_file(const char *name)
{
    struct disk_op *op = add_op(DISK_CREATE, disk.record->file_count++);
    snprintf(op->name, sizeof op->name, "%s", name);
    return op->file;
}

static int
find_file(const char *name)
{
    for (int i = disk.record->count; i-- > 0;) {
        const struct disk_op *op = &disk.record->ops[i];
        if (op->kind == DISK_CREATE && strcmp(op->name, name) == 0)
            return op->file;
    }
    return -1;
}

static void
add_what_is_there(bool is_log_safe)
{
    struct problem why;
    DIR *dir = opendir(disk.folder);
    if (!dir)
        return;
    for (struct dirent *d; (d = readdir(dir));) {
        struct text bytes = {0}, path = {0};
        text_add_format(&path, "%s/%s", disk.folder, d->d_name);
        if (!ends_in(d->d_name, "-shm") &&
            file_read(path.bytes, MOST_BYTES, &bytes, &why)) {
            int file = add_file(d->d_name);
            add_write(file, text_string(&bytes), (int64_t) bytes.len, 0);
            if (is_log_safe || !ends_in(d->d_name, log_end))
                add_op(DISK_SYNC, file);
        }
        text_destroy(&bytes);
        text_destroy(&path);
    }
    closedir(dir);
    add_op(DISK_SYNC_FOLDER, -1);
}

void
power_cut_record(struct disk_record *r, const char *folder,
                 enum disk_hearing hearing, bool is_log_safe)
{
    disk.record = r;
    disk.hearing = hearing;
    // SQLite's names are real paths: /tmp may be a link.
    if (!realpath(folder, disk.folder))
        snprintf(disk.folder, sizeof disk.folder, "%s", folder);
    add_what_is_there(is_log_safe);
}

void
power_cut_mark(int64_t what)
{
    add_op(DISK_MARK, -1)->at = what;
}

void
power_cut_stop(void)
{
    disk.record = NULL;
}

void
disk_record_destroy(struct disk_record *r)
{
    for (int i = 0; i < r->count; i++)
        free(r->ops[i].bytes);
    free(r->ops);
    *r = (struct disk_record){0};
}

void
power_cut_sync_for_real(bool is_real)
{
    disk.is_sync_skipped = !is_real;
}

void
power_cut_refuse(enum disk_call call, int first, int times, int code)
{
    disk.call = call;
    disk.first = first;
    disk.times = times;
    disk.code = code;
    disk.calls = 0;
}

int
power_cut_count_calls(void)
{
    return disk.calls;
}

static ino_t
inode_of(const char *path)
{
    struct stat st;
    return path && stat(path, &st) == 0 ? st.st_ino : 0;
}

void
power_cut_rot(const char *path)
{
    disk.rotten = inode_of(path);
}

/* SQLITE_OK, or what it is refused with. */
static int
refusal(enum disk_call call)
{
    if (call != disk.call)
        return SQLITE_OK;
    int number = disk.calls++;
    bool is_refused = number >= disk.first && number - disk.first < disk.times;
    return is_refused ? disk.code : SQLITE_OK;
}

/* ---- a file ------------------------------------------------------------- */

static struct heard_file *
heard(sqlite3_file *file)
{
    return (struct heard_file *) file;
}

#define REAL(file) (heard(file)->real)
#define PASS(file, method, ...)                                                \
    REAL(file)->pMethods->method(REAL(file), __VA_ARGS__)

static int
on_close(sqlite3_file *file)
{
    return REAL(file)->pMethods->xClose(REAL(file));
}

static int
on_read(sqlite3_file *file, void *bytes, int len, sqlite3_int64 at)
{
    int code = heard(file)->is_rotten ? SQLITE_IOERR_READ : refusal(CALL_READ);
    return code ? code : PASS(file, xRead, bytes, len, at);
}

static int
on_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
    int code = refusal(CALL_WRITE);
    if (code)
        len /= 2;
    if (is_heard(heard(file)->number))
        add_write(heard(file)->number, bytes, len, at);
    int real_code = PASS(file, xWrite, bytes, len, at);
    return code ? code : real_code;
}

static int
on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int code = refusal(CALL_TRUNCATE);
    if (code)
        return code;
    if (is_heard(heard(file)->number))
        add_op(DISK_TRUNCATE, heard(file)->number)->at = size;
    return PASS(file, xTruncate, size);
}

static bool
is_sync_heard(const struct heard_file *file)
{
    return is_heard(file->number) &&
           (disk.hearing == HEARS_ALL ||
            (disk.hearing == HEARS_ALL_BUT_LOGS && !file->is_log));
}

static int
on_sync(sqlite3_file *file, int flags)
{
    int code = refusal(CALL_SYNC);
    if (code)
        return code;
    // Before it is done: it is here that SQLite syncs the folder as well.
    if (is_sync_heard(heard(file)))
        add_op(DISK_SYNC, heard(file)->number);
    return disk.is_sync_skipped ? SQLITE_OK : PASS(file, xSync, flags);
}

static int
on_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    int code = refusal(CALL_SIZE);
    return code ? code : PASS(file, xFileSize, size);
}

static int
on_lock(sqlite3_file *file, int level)
{
    int code = refusal(CALL_LOCK);
    return code ? code : PASS(file, xLock, level);
}

static int
on_unlock(sqlite3_file *file, int level)
{
    return PASS(file, xUnlock, level);
}

static int
on_check_reserved_lock(sqlite3_file *file, int *is_held)
{
    return PASS(file, xCheckReservedLock, is_held);
}

static int
on_file_control(sqlite3_file *file, int op, void *about)
{
    return PASS(file, xFileControl, op, about);
}

static int
on_sector_size(sqlite3_file *file)
{
    return REAL(file)->pMethods->xSectorSize(REAL(file));
}

static int
on_device_characteristics(sqlite3_file *file)
{
    return REAL(file)->pMethods->xDeviceCharacteristics(REAL(file));
}

static int
on_shm_map(sqlite3_file *file, int page, int size, int may_grow,
           void volatile **out)
{
    int code = refusal(CALL_SHARE);
    return code ? code : PASS(file, xShmMap, page, size, may_grow, out);
}

static int
on_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return PASS(file, xShmLock, offset, count, flags);
}

static void
on_shm_barrier(sqlite3_file *file)
{
    REAL(file)->pMethods->xShmBarrier(REAL(file));
}

static int
on_shm_unmap(sqlite3_file *file, int is_deleted)
{
    return PASS(file, xShmUnmap, is_deleted);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, // no mapped reading: every read passes by here
    .xClose = on_close,
    .xRead = on_read,
    .xWrite = on_write,
    .xTruncate = on_truncate,
    .xSync = on_sync,
    .xFileSize = on_file_size,
    .xLock = on_lock,
    .xUnlock = on_unlock,
    .xCheckReservedLock = on_check_reserved_lock,
    .xFileControl = on_file_control,
    .xSectorSize = on_sector_size,
    .xDeviceCharacteristics = on_device_characteristics,
    .xShmMap = on_shm_map,
    .xShmLock = on_shm_lock,
    .xShmBarrier = on_shm_barrier,
    .xShmUnmap = on_shm_unmap,
};

/* ---- the folder --------------------------------------------------------- */

static int
on_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
        int *out_flags)
{
    struct heard_file *f = heard(file);
    const char *name = name_of(path);
    *f = (struct heard_file){.number = -1};
    f->real = (sqlite3_file *) (f + 1);
    (void) vfs;
    int code = refusal(CALL_OPEN);
    if (code)
        return code;
    bool is_new = path && access(path, F_OK) != 0;
    code = disk.real->xOpen(disk.real, path, f->real, flags, out_flags);
    if (f->real->pMethods)
        f->base.pMethods = &methods;
    f->is_rotten = disk.rotten && inode_of(path) == disk.rotten;
    if (code == SQLITE_OK && name) {
        f->number = is_new ? add_file(name) : find_file(name);
        f->is_log = ends_in(name, log_end);
    }
    return code;
}

static int
on_delete(sqlite3_vfs *vfs, const char *path, int is_folder_synced)
{
    const char *name = name_of(path);
    int code = refusal(CALL_DELETE);
    (void) vfs;
    if (code)
        return code;
    if (name && access(path, F_OK) == 0)
        snprintf(add_op(DISK_DELETE, -1)->name, DISK_NAME_BYTES, "%s", name);
    return disk.real->xDelete(disk.real, path,
                              is_folder_synced && !disk.is_sync_skipped);
}

/* SQLite opens the folder of a file for one thing only: to sync it. */
static int
on_open_folder(const char *path, int *fd)
{
    if (name_of(path) && disk.hearing != HEARS_NO_SYNC)
        add_op(DISK_SYNC_FOLDER, -1);
    return disk.open_folder(path, fd);
}

void
power_cut_install(void)
{
    static sqlite3_vfs vfs;
    disk.real = sqlite3_vfs_find(NULL);
    check(disk.real && disk.real->iVersion >= 3);
    vfs = *disk.real;
    vfs.zName = "power-cut";
    vfs.szOsFile += (int) sizeof(struct heard_file);
    vfs.xOpen = on_open;
    vfs.xDelete = on_delete;
    disk.open_folder = (int (*)(const char *, int *)) disk.real->xGetSystemCall(
        disk.real, "openDirectory");
    check(disk.open_folder);
    disk.real->xSetSystemCall(disk.real, "openDirectory",
                              (sqlite3_syscall_ptr) on_open_folder);
    check(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
}
