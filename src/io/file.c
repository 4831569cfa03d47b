#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

#define PATH_BYTES 4096

static bool
read_all(int fd, size_t most, struct text *out, const char *path,
         struct problem *why)
{
    char piece[16 * 1024];
    size_t total = 0;
    for (;;) {
        ssize_t got = read(fd, piece, sizeof piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            problem_set(why, 0, 0, "%s cannot be read: %m", path);
            return false;
        }
        if (got == 0)
            return true;
        // fstat's size is only what it was: somebody may be writing just now.
        total += (size_t) got;
        if (total > most) {
            problem_set(why, 0, 0, "%s is larger than the %zu KiB allowed",
                        path, most / 1024);
            return false;
        }
        text_add(out, piece, (size_t) got);
    }
}

bool
file_read(const char *path, size_t most, struct text *out, struct problem *why)
{
    // Without O_NONBLOCK a pipe in the file's place would hold us for ever.
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        problem_set(why, 0, 0, "%s cannot be opened: %m", path);
        return false;
    }
    size_t before = out->len;
    bool ok = false;
    struct stat st;
    if (fstat(fd, &st) != 0)
        problem_set(why, 0, 0, "%s cannot be read: %m", path);
    else if (!S_ISREG(st.st_mode))
        problem_set(why, 0, 0, "%s is not a file", path);
    else if ((uint64_t) st.st_size > most)
        problem_set(why, 0, 0, "%s is larger than the %zu KiB allowed", path,
                    most / 1024);
    else
        ok = read_all(fd, most, out, path, why);
    if (!ok)
        text_cut(out, before);
    close(fd);
    return ok;
}

static bool
write_all(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t put = write(fd, bytes, len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes += put;
        len -= (size_t) put;
    }
    return true;
}

/* The rename itself is only safe once the folder is on the disk. */
static bool
sync_folder_of(const char *path)
{
    char folder[PATH_BYTES];
    const char *slash = strrchr(path, '/');
    if (!slash)
        snprintf(folder, sizeof folder, ".");
    else if (slash == path)
        snprintf(folder, sizeof folder, "/");
    else
        snprintf(folder, sizeof folder, "%.*s", (int) (slash - path), path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    // Some file systems have nothing to sync in a folder and say EINVAL.
    bool ok = fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
    close(fd);
    return ok;
}

static bool
write_new(const char *path, const void *bytes, size_t len, mode_t mode)
{
    // A leftover of the same name might be open to all.
    if (mode == 0600)
        unlink(path);
    int fd =
        open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd < 0)
        return false;
    bool ok = write_all(fd, bytes, len) && fsync(fd) == 0;
    int error = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        error = errno;
    }
    if (!ok)
        unlink(path);
    errno = error;
    return ok;
}

static bool
replace(const char *path, const void *bytes, size_t len, mode_t mode,
        struct problem *why)
{
    char temporary[PATH_BYTES];
    int wanted = snprintf(temporary, sizeof temporary, "%s.%ld.tmp", path,
                          (long) getpid());
    if (wanted < 0 || (size_t) wanted >= sizeof temporary) {
        problem_set(why, 0, 0, "The path of a file to write is too long");
        return false;
    }
    if (!write_new(temporary, bytes, len, mode)) {
        problem_set(why, 0, 0, "%s cannot be written: %m", path);
        return false;
    }
    if (rename(temporary, path) != 0) {
        problem_set(why, 0, 0, "%s cannot be written: %m", path);
        unlink(temporary);
        return false;
    }
    if (!sync_folder_of(path)) {
        problem_set(why, 0, 0, "The folder of %s cannot be written: %m", path);
        return false;
    }
    return true;
}

bool
file_write(const char *path, const void *bytes, size_t len, struct problem *why)
{
    return replace(path, bytes, len, 0644, why);
}

bool
file_write_private(const char *path, const void *bytes, size_t len,
                   struct problem *why)
{
    return replace(path, bytes, len, 0600, why);
}

/* One folder; one that is there already is as good as one just made. */
static bool
make_one(const char *path, struct problem *why)
{
    if (mkdir(path, 0755) == 0) {
        // What is kept in there must not go with its folder's name when the
        // plug is pulled. A parent that cannot be synced is not ours to mend.
        sync_folder_of(path);
        return true;
    }
    int error = errno;
    struct stat st;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return true;
    errno = error;
    problem_set(why, 0, 0, "The folder %s cannot be made: %m", path);
    return false;
}

bool
folder_make(const char *path, struct problem *why)
{
    char folder[PATH_BYTES];
    size_t len = strlen(path);
    if (len == 0 || len >= sizeof folder) {
        problem_set(why, 0, 0, "The path of a folder is %s",
                    len ? "too long" : "empty");
        return false;
    }
    for (size_t i = 1; i < len; i++) {
        if (path[i] != '/' || path[i - 1] == '/')
            continue;
        memcpy(folder, path, i);
        folder[i] = '\0';
        if (!make_one(folder, why))
            return false;
    }
    return make_one(path, why);
}

uint64_t
file_stamp(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return 0;
    uint64_t parts[] = {
        (uint64_t) st.st_mtim.tv_sec, (uint64_t) st.st_mtim.tv_nsec,
        (uint64_t) st.st_size,        (uint64_t) st.st_ino,
        (uint64_t) st.st_dev,
    };
    uint64_t stamp = hash_more(HASH_START, parts, sizeof parts);
    return stamp ? stamp : 1;
}
