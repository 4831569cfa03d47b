#ifndef POWER_CUT_H
#define POWER_CUT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The disk under SQLite, listened to and made to fail: a VFS before the one
 * SQLite brings along, and SQLite's default from power_cut_install on. It can
 * keep a record of all that reaches the disk (power_cut_image.h makes the
 * disks of it that a power cut may leave behind), and can refuse calls. The
 * -shm file is left out: it is memory, and not there after a power cut. One
 * thread, one folder at a time.
 */

#define DISK_NAME_BYTES 64

enum disk_op_kind {
    DISK_CREATE,      // file `file` is called `name` from now on
    DISK_WRITE,       // `len` bytes at `at`
    DISK_TRUNCATE,    // to `at` bytes
    DISK_SYNC,        // what was written to `file` will survive
    DISK_DELETE,      // no file is called `name` any more
    DISK_SYNC_FOLDER, // the names will survive
    DISK_MARK,        // no operation: somebody was told something, `at`
};

struct disk_op {
    enum disk_op_kind kind;
    int file; // from 0; one that is deleted and created again is another one
    char name[DISK_NAME_BYTES]; // in its folder
    int64_t at, len;
    unsigned char *bytes; // owned
};

struct disk_record {
    struct disk_op *ops; // owned, in the order in which they were asked for
    int count, room;
    int file_count;
};

/* Which syncs get into a record. */
enum disk_hearing {
    HEARS_ALL,
    HEARS_ALL_BUT_LOGS, // as PRAGMA synchronous = NORMAL would have it
    HEARS_NO_SYNC,      // as PRAGMA synchronous = OFF, or a card that lies
};

/* Once, before any database is opened. */
void power_cut_install(void);

/*
 * Begins with the files that are in `folder` now, as having survived; the log
 * of SQLite (-wal) only when `is_log_safe`. When not, a killed process wrote it
 * and had not synced yet.
 */
void power_cut_record(struct disk_record *r, const char *folder,
                      enum disk_hearing hearing, bool is_log_safe);
void power_cut_mark(int64_t what); // above 0, rising; only while recording
void power_cut_stop(void);
void disk_record_destroy(struct disk_record *r);

/* False: a sync is answered at once, for tests that look at thousands of
   disks. True is what it starts with. */
void power_cut_sync_for_real(bool is_real);

enum disk_call {
    CALL_OPEN,
    CALL_READ,
    CALL_WRITE,
    CALL_SYNC,
    CALL_TRUNCATE,
    CALL_DELETE,
    CALL_SIZE,
    CALL_LOCK,
    CALL_SHARE, // the -shm file
};

/*
 * From now on the calls of that kind with the numbers `first` (from 0) to
 * first + times - 1 are refused with SQLite's `code`; of a write, half of the
 * bytes have arrived. `times` 0: all are well again.
 */
void power_cut_refuse(enum disk_call call, int first, int times, int code);

/* How many of them there were, refused ones too, since power_cut_refuse. */
int power_cut_count_calls(void);

/* That file, whatever it is called later, cannot be read any more; NULL: all
   can. For files opened from now on. */
void power_cut_rot(const char *path);


#endif
