#include "io/cache.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "io/cache_entry.h"
#include "io/cache_folder.h"
#include "io/file.h"

/* A page more of header than any address and etag need. */
#define HEADER_MOST ((size_t) 16 * 1024)
#define PICTURE_MOST ((size_t) 8 * 1024 * 1024)
#define DAY_SECONDS (24 * 60 * 60)

struct cache {
    char *folder;
    size_t most_bytes;
    uint64_t current;      // hash of the address used last; 0: none yet
    bool has_said_trouble; // logged once, until it is over
    bool is_to_read;       // somebody else's: nothing is changed
};

struct cache *
cache_open(const char *folder, size_t most_bytes)
{
    struct cache *c = memory_take_zeroed(sizeof *c);
    c->folder = memory_copy_string(folder);
    c->most_bytes = most_bytes;
    struct problem why;
    if (!folder_make(folder, &why)) {
        log_warning("nothing can be kept for a day without network: %s",
                    why.text);
        c->has_said_trouble = true;
        return c;
    }
    cache_folder_sweep(folder);
    return c;
}

struct cache *
cache_open_to_read(const char *folder)
{
    struct cache *c = memory_take_zeroed(sizeof *c);
    c->folder = memory_copy_string(folder);
    c->is_to_read = true;
    return c;
}

void
cache_close(struct cache *c)
{
    if (!c)
        return;
    free(c->folder);
    free(c);
}

static char *
path_in(const struct cache *c, const char *name)
{
    struct text path = {0};
    text_add_format(&path, "%s/%s", c->folder, name);
    return path.bytes;
}

/* Reads and checks one file; one that is no good is taken away, so that it
   does not stand in the place of a good one. */
static bool
read_entry(struct cache *c, const char *name, size_t most, const char *format,
           const char *address, struct text *bytes, struct cache_entry *entry)
{
    char *path = path_in(c, name);
    struct problem why;
    bool ok = false;
    if (file_read(path, most + HEADER_MOST, bytes, &why)) {
        ok = cache_entry_read(bytes->bytes, bytes->len, format, entry);
        if (!ok && !c->is_to_read) {
            log_warning("a kept file is damaged, or of another version, and is "
                        "thrown away: %s",
                        path);
            unlink(path);
        } else if (ok && strcmp(entry->address, address) != 0) {
            ok = false; // two addresses with one hash: not ours, not damaged
        }
    }
    free(path);
    if (!ok)
        text_destroy(bytes);
    return ok;
}

static bool
read_feed(struct cache *c, const char *name, const char *format,
          const char *address, struct cached_feed *out)
{
    struct text bytes = {0};
    struct cache_entry entry;
    if (!read_entry(c, name, FEED_MAX_BYTES, format, address, &bytes, &entry))
        return false;
    *out = (struct cached_feed){
        .page_count = entry.body_count,
        .fetched_s = entry.fetched_s,
    };
    memcpy(out->etag, entry.etag, sizeof out->etag);
    memcpy(out->last_modified, entry.last_modified, sizeof out->last_modified);
    memcpy(out->base_url, entry.base_url, sizeof out->base_url);
    size_t at = entry.body_at;
    for (int i = 0; i < entry.body_count; i++) {
        text_add(&out->pages[i], bytes.bytes + at, entry.body_len[i]);
        at += entry.body_len[i];
    }
    text_destroy(&bytes);
    return true;
}

static void
remove_file(const struct cache *c, const struct cache_file *f)
{
    char *path = path_in(c, f->name);
    unlink(path);
    free(path);
}

/* Makes room for `more` bytes; false when there is too little to remove. */
static bool
make_room(struct cache *c, size_t more, bool may_remove_feeds)
{
    struct cache_files files = cache_folder_list(c->folder);
    cache_files_least_wanted_first(&files, c->current);
    size_t total = more;
    for (size_t i = 0; i < files.count; i++)
        total += files.list[i].size;
    for (size_t i = 0; i < files.count && total > c->most_bytes; i++) {
        const struct cache_file *f = &files.list[i];
        bool is_picture = !f->is_feed && !f->is_calendar;
        if (f->is_last_resort || (!is_picture && !may_remove_feeds))
            continue;
        remove_file(c, f);
        total -= f->size;
    }
    cache_files_destroy(&files);
    return total <= c->most_bytes;
}

/* The address whose newest feed must stay. The limit is looked at here too,
   because the setting may be a smaller one than last time. */
static void
use_address(struct cache *c, const char *address)
{
    uint64_t hash = hash_string(address);
    if (c->current == hash)
        return;
    c->current = hash;
    if (!c->is_to_read)
        make_room(c, 0, true);
}

bool
cache_find_feed(struct cache *c, const char *address, int skip,
                struct cached_feed *out)
{
    *out = (struct cached_feed){0};
    use_address(c, address);
    struct cache_files files = cache_folder_list(c->folder);
    cache_files_newest_first(&files);
    bool found = false;
    for (size_t i = 0; i < files.count && !found; i++) {
        const struct cache_file *f = &files.list[i];
        if (!f->is_feed || f->address != c->current)
            continue;
        if (!read_feed(c, f->name, CACHE_FEED_FORMAT, address, out))
            continue;
        found = skip-- == 0;
        if (!found)
            cached_feed_destroy(out);
    }
    cache_files_destroy(&files);
    return found;
}

static bool
write_entry(struct cache *c, const char *name, const struct text *bytes,
            bool is_private, struct problem *why)
{
    char *path = path_in(c, name);
    // Again each time: the folder may only now have been mounted.
    bool ok = folder_make(c->folder, why) &&
              (is_private ? file_write_private : file_write)(path, bytes->bytes,
                                                             bytes->len, why);
    free(path);
    if (!ok && !c->has_said_trouble)
        log_warning("nothing can be kept for a day without network: %s",
                    why->text);
    c->has_said_trouble = !ok;
    return ok;
}

static bool
is_same_feed(const struct cached_feed *a, const struct cached_feed *b)
{
    if (a->page_count != b->page_count)
        return false;
    for (int i = 0; i < a->page_count; i++)
        if (a->pages[i].len != b->pages[i].len ||
            memcmp(text_string(&a->pages[i]), text_string(&b->pages[i]),
                   a->pages[i].len) != 0)
            return false;
    return true;
}

static bool
is_kept_already(struct cache *c, const char *address,
                const struct cached_feed *feed)
{
    struct cached_feed newest;
    if (!cache_find_feed(c, address, 0, &newest))
        return false;
    bool same = is_same_feed(&newest, feed);
    cached_feed_destroy(&newest);
    return same;
}

static bool
is_keepable(const char *address, const struct cached_feed *feed,
            struct problem *why)
{
    size_t total = 0;
    for (int i = 0; i < feed->page_count && i < FEED_MAX_PAGES; i++)
        total += feed->pages[i].len;
    if (feed->page_count < 1 || feed->page_count > FEED_MAX_PAGES ||
        total > FEED_MAX_BYTES || !cache_entry_may_hold(address)) {
        problem_set(why, 0, 0, "This feed is not one that can be kept");
        return false;
    }
    return true;
}

/* The edition after the newest there is; drops those beyond the five. */
static uint64_t
rotate_editions(struct cache *c)
{
    struct cache_files files = cache_folder_list(c->folder);
    cache_files_newest_first(&files);
    uint64_t next = 1;
    int kept = 0;
    for (size_t i = 0; i < files.count; i++) {
        const struct cache_file *f = &files.list[i];
        if (!f->is_feed || f->address != c->current)
            continue;
        if (kept == 0)
            next = f->edition + 1;
        if (++kept > CACHE_FEEDS_KEPT)
            remove_file(c, f);
    }
    cache_files_destroy(&files);
    return next;
}

static void
write_feed(struct text *bytes, const char *format, const char *address,
           const struct cached_feed *feed)
{
    struct cache_entry entry = {
        .address = (char *) address,
        .fetched_s = feed->fetched_s,
        .body_count = feed->page_count,
    };
    memcpy(entry.etag, feed->etag, sizeof entry.etag);
    memcpy(entry.last_modified, feed->last_modified,
           sizeof entry.last_modified);
    memcpy(entry.base_url, feed->base_url, sizeof entry.base_url);
    const char *bodies[FEED_MAX_PAGES] = {0};
    for (int i = 0; i < feed->page_count; i++) {
        bodies[i] = text_string(&feed->pages[i]);
        entry.body_len[i] = feed->pages[i].len;
    }
    cache_entry_write(bytes, format, &entry, bodies);
}

bool
cache_keep_feed(struct cache *c, const char *address,
                const struct cached_feed *feed, struct problem *why)
{
    if (!is_keepable(address, feed, why))
        return false;
    use_address(c, address);
    if (is_kept_already(c, address, feed))
        return true;

    struct text bytes = {0};
    write_feed(&bytes, CACHE_FEED_FORMAT, address, feed);

    char name[CACHE_NAME_BYTES];
    cache_feed_name(name, c->current, rotate_editions(c));
    // The newest is never given up for one that is not yet on the disk, so
    // two large feeds may for a moment be more than the limit.
    make_room(c, bytes.len, true);
    bool ok = write_entry(c, name, &bytes, false, why);
    if (ok) {
        rotate_editions(c);
        make_room(c, 0, true);
    }
    text_destroy(&bytes);
    return ok;
}

void
cached_feed_destroy(struct cached_feed *f)
{
    for (int i = 0; i < FEED_MAX_PAGES; i++)
        text_destroy(&f->pages[i]);
    *f = (struct cached_feed){0};
}

void
cache_forget_feed(struct cache *c, const char *address)
{
    uint64_t hash = hash_string(address);
    struct cache_files files = cache_folder_list(c->folder);
    for (size_t i = 0; i < files.count; i++)
        if (!files.list[i].is_feed || files.list[i].address == hash)
            remove_file(c, &files.list[i]);
    cache_files_destroy(&files);
}

static void
mark_used(const struct cache *c, const char *name)
{
    char *path = path_in(c, name);
    struct stat st;
    // The machine's clock, which is also the file system's. A time in the
    // future is left alone: a clock that is behind is no reason to call a
    // picture old.
    int64_t now_s = clock_now(&(struct clock){0}).wall_s;
    if (stat(path, &st) == 0 && now_s - st.st_mtim.tv_sec > DAY_SECONDS)
        utimensat(AT_FDCWD, path, NULL, 0);
    free(path);
}

bool
cache_find_picture(struct cache *c, const char *address, struct text *bytes)
{
    char name[CACHE_NAME_BYTES];
    cache_picture_name(name, hash_string(address));
    struct text whole = {0};
    struct cache_entry entry;
    if (!read_entry(c, name, PICTURE_MOST, CACHE_PICTURE_FORMAT, address,
                    &whole, &entry))
        return false;
    text_add(bytes, whole.bytes + entry.body_at, entry.body_len[0]);
    text_destroy(&whole);
    mark_used(c, name);
    return true;
}

static bool
has_picture(struct cache *c, const char *address, const void *bytes, size_t len)
{
    struct text kept = {0};
    bool same = cache_find_picture(c, address, &kept) && kept.len == len &&
                memcmp(text_string(&kept), bytes, len) == 0;
    text_destroy(&kept);
    return same;
}

bool
cache_keep_picture(struct cache *c, const char *address, const void *bytes,
                   size_t len, struct problem *why)
{
    if (len == 0 || len > PICTURE_MOST || !cache_entry_may_hold(address)) {
        problem_set(why, 0, 0, "This picture is not one that can be kept");
        return false;
    }
    if (has_picture(c, address, bytes, len))
        return true;
    struct cache_entry entry = {
        .address = (char *) address,
        .body_count = 1,
        .body_len = {len},
    };
    const char *body = bytes;
    struct text whole = {0};
    cache_entry_write(&whole, CACHE_PICTURE_FORMAT, &entry, &body);
    char name[CACHE_NAME_BYTES];
    cache_picture_name(name, hash_string(address));
    bool ok = whole.len <= c->most_bytes && make_room(c, whole.len, false);
    if (ok)
        ok = write_entry(c, name, &whole, false, why);
    else
        problem_set(why, 0, 0, "There is no room for this picture");
    text_destroy(&whole);
    return ok;
}

bool
cache_find_calendar(struct cache *c, const char *address,
                    struct cached_feed *out)
{
    char name[CACHE_NAME_BYTES];
    *out = (struct cached_feed){0};
    cache_calendar_name(name, hash_string(address));
    return read_feed(c, name, CACHE_CALENDAR_FORMAT, address, out);
}

bool
cache_keep_calendar(struct cache *c, const char *address,
                    const struct cached_feed *calendar, struct problem *why)
{
    if (!is_keepable(address, calendar, why))
        return false;
    struct text bytes = {0};
    char name[CACHE_NAME_BYTES];
    write_feed(&bytes, CACHE_CALENDAR_FORMAT, address, calendar);
    cache_calendar_name(name, hash_string(address));
    bool ok = make_room(c, bytes.len, false);
    if (ok)
        ok = write_entry(c, name, &bytes, true, why);
    else
        problem_set(why, 0, 0, "There is no room for this calendar");
    text_destroy(&bytes);
    return ok;
}
