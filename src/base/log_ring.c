#include "base/log_ring.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/thread.h"

#define PATH_BYTES 1024
#define LINE_BYTES 1200 // a line of log.c, and what stands before it
#define MINUTE_MS 60000
#define TAIL_BYTES 4096 // holds a minute's lines, if they are not very long

struct log_ring {
    struct mutex *lock;
    char folder[PATH_BYTES];
    char newer[PATH_BYTES + sizeof LOG_RING_NEWER];
    char older[PATH_BYTES + sizeof LOG_RING_OLDER];
    size_t file_bytes;
    int fd;            // -1: not open
    size_t size;       // of the open file
    bool is_torn;      // its last line has no end
    int64_t minute_ms; // when this minute began, monotonic; 0: not yet
    int lines;         // in it
    int left_out;
};

struct log_ring *
log_ring_open(const char *folder, size_t file_bytes)
{
    if (strlen(folder) >= PATH_BYTES)
        return NULL;
    struct log_ring *r = memory_take_zeroed(sizeof *r);
    r->lock = mutex_new();
    r->file_bytes = file_bytes;
    r->fd = -1;
    snprintf(r->folder, sizeof r->folder, "%s", folder);
    snprintf(r->newer, sizeof r->newer, "%s/" LOG_RING_NEWER, folder);
    snprintf(r->older, sizeof r->older, "%s/" LOG_RING_OLDER, folder);
    return r;
}

/* How many lines at the end of the file are of the last minute. */
static int
count_recent(int fd, size_t size, int64_t mono_ms)
{
    char tail[TAIL_BYTES + 1];
    size_t from = size > TAIL_BYTES ? size - TAIL_BYTES : 0;
    ssize_t len = pread(fd, tail, TAIL_BYTES, (off_t) from);
    if (len <= 0)
        return 0;
    tail[len] = '\0';
    int count = 0;
    int64_t now_s = mono_ms / 1000;
    for (const char *line = tail; line; line = strchr(line, '\n')) {
        long long at_s;
        line += *line == '\n';
        if (sscanf(line, "%*[0-9TZ:-] +%llds ", &at_s) == 1 && at_s <= now_s &&
            now_s - at_s < MINUTE_MS / 1000)
            count++;
    }
    return count;
}

/* A plug that was pulled while a line was written leaves half of it, or, on
   some file systems, zeros in its place. */
static bool
ends_in_newline(int fd, off_t size)
{
    char last;
    return size == 0 || (pread(fd, &last, 1, size - 1) == 1 && last == '\n');
}

static bool
open_file(struct log_ring *r)
{
    if (r->fd >= 0)
        return true;
    // systemd has made it, and then this does nothing.
    mkdir(r->folder, 0700);
    int fd = open(r->newer,
                  O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW |
                      O_NONBLOCK | O_NOCTTY,
                  0600);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    r->fd = fd;
    r->size = (size_t) st.st_size;
    r->is_torn = !ends_in_newline(fd, st.st_size);
    return true;
}

static void
close_file(struct log_ring *r)
{
    if (r->fd >= 0)
        close(r->fd);
    r->fd = -1;
}

/* Room for `len` bytes in the newer file. */
static bool
has_room(struct log_ring *r, size_t len)
{
    if (!open_file(r))
        return false;
    if (r->size == 0 || r->size + len <= r->file_bytes)
        return true;
    close_file(r);
    // Where that fails the file does not grow all the same.
    return rename(r->newer, r->older) == 0 && open_file(r);
}

static void
put(struct log_ring *r, const char *line, size_t len)
{
    if (!has_room(r, len + 1))
        return;
    if (r->is_torn) {
        if (write(r->fd, "\n", 1) != 1)
            return; // the disk is still full
        r->size++;
    }
    ssize_t done = write(r->fd, line, len);
    r->is_torn = done > 0 && (size_t) done < len;
    if (done > 0)
        r->size += (size_t) done;
    else
        close_file(r); // another time it may be another one's
}

static const char *
word_of(enum log_weight weight)
{
    switch (weight) {
    case LOG_INFO_LINE:
        return "";
    case LOG_WARNING_LINE:
        return "warning: ";
    case LOG_ERROR_LINE:
        return "error: ";
    }
    return "";
}

static void
put_words(struct log_ring *r, enum log_weight weight, const char *words,
          int64_t wall_s, int64_t mono_ms)
{
    char line[LINE_BYTES], date[32] = "";
    struct tm utc;
    time_t time = (time_t) wall_s;
    if (gmtime_r(&time, &utc))
        strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
    int len = snprintf(line, sizeof line, "%s +%" PRId64 "s %s%s\n", date,
                       mono_ms / 1000, word_of(weight), words);
    if (len < 0)
        return;
    if ((size_t) len >= sizeof line) {
        len = sizeof line - 1;
        line[len - 1] = '\n';
    }
    put(r, line, (size_t) len);
}

static void
tell_left_out(struct log_ring *r, int64_t wall_s, int64_t mono_ms)
{
    char words[64];
    if (r->left_out == 0)
        return;
    snprintf(words, sizeof words, "… and %d more", r->left_out);
    r->left_out = 0;
    put_words(r, LOG_INFO_LINE, words, wall_s, mono_ms);
}

void
log_ring_add(struct log_ring *r, enum log_weight weight, const char *words,
             int64_t wall_s, int64_t mono_ms)
{
    mutex_lock(r->lock);
    if (r->minute_ms == 0 && open_file(r)) {
        r->minute_ms = mono_ms;
        r->lines = count_recent(r->fd, r->size, mono_ms);
    }
    if (r->lines == 0 || mono_ms - r->minute_ms >= MINUTE_MS) {
        tell_left_out(r, wall_s, mono_ms);
        r->minute_ms = mono_ms;
        r->lines = 0;
    }
    if (r->lines < LOG_RING_LINES_A_MINUTE) {
        r->lines++;
        put_words(r, weight, words, wall_s, mono_ms);
    } else {
        r->left_out++;
    }
    mutex_unlock(r->lock);
}

void
log_ring_keep(void *ring, enum log_weight weight, const char *words)
{
    log_ring_add(ring, weight, words, clock_now(&(struct clock){0}).wall_s,
                 clock_mono_ms());
}

void
log_ring_close(struct log_ring *r)
{
    if (!r)
        return;
    // Once a minute, also for one that is started again and again.
    if (r->lines <= LOG_RING_LINES_A_MINUTE)
        tell_left_out(r, clock_now(&(struct clock){0}).wall_s, clock_mono_ms());
    close_file(r);
    mutex_free(r->lock);
    free(r);
}
