#include "io/cache_entry.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#define CHECKSUM_LEN 16
#define ADDRESS_MOST 8192

static bool
is_one_line(const char *value)
{
    for (const unsigned char *c = (const unsigned char *) value; *c; c++)
        if (*c < 0x20 || *c == 0x7f)
            return false;
    return true;
}

bool
cache_entry_may_hold(const char *address)
{
    return strlen(address) <= ADDRESS_MOST && is_one_line(address);
}

static void
add_line(struct text *out, const char *name, const char *value)
{
    if (*value && is_one_line(value))
        text_add_format(out, "%s %s\n", name, value);
}

void
cache_entry_write(struct text *out, const char *format,
                  const struct cache_entry *entry, const char *const *bodies)
{
    struct text rest = {0};
    add_line(&rest, "address", entry->address);
    add_line(&rest, "etag", entry->etag);
    add_line(&rest, "last-modified", entry->last_modified);
    add_line(&rest, "base", entry->base_url);
    text_add_format(&rest, "fetched %" PRId64 "\n", entry->fetched_s);
    text_add_string(&rest, "pages");
    for (int i = 0; i < entry->body_count; i++)
        text_add_format(&rest, " %zu", entry->body_len[i]);
    text_add_string(&rest, "\n\n");
    for (int i = 0; i < entry->body_count; i++)
        text_add(&rest, bodies[i], entry->body_len[i]);
    text_add_format(out, "%s %0*" PRIx64 "\n", format, CHECKSUM_LEN,
                    hash_more(HASH_START, rest.bytes, rest.len));
    text_add(out, rest.bytes, rest.len);
    text_destroy(&rest);
}

/* Where the checked part starts; 0 when the first line does not agree. */
static size_t
check_first_line(const char *bytes, size_t len, const char *format)
{
    size_t format_len = strlen(format);
    size_t rest_at = format_len + 1 + CHECKSUM_LEN + 1;
    if (len < rest_at || bytes[rest_at - 1] != '\n')
        return 0;
    char line[64];
    snprintf(line, sizeof line, "%s %0*" PRIx64 "\n", format, CHECKSUM_LEN,
             hash_more(HASH_START, bytes + rest_at, len - rest_at));
    return memcmp(bytes, line, rest_at) == 0 ? rest_at : 0;
}

static bool
read_pages(char *value, struct cache_entry *entry)
{
    while (*value) {
        char *end;
        unsigned long long len = strtoull(value, &end, 10);
        if (end == value || (*end && *end != ' ') ||
            entry->body_count == FEED_MAX_PAGES || len > SIZE_MAX / 8)
            return false;
        entry->body_len[entry->body_count++] = (size_t) len;
        value = *end ? end + 1 : end;
    }
    return entry->body_count > 0;
}

/* Unknown names are passed over: a later version may know more. */
static bool
read_line(char *line, struct cache_entry *entry)
{
    char *value = strchr(line, ' ');
    if (!value)
        return false;
    *value++ = '\0';
    if (strcmp(line, "address") == 0)
        entry->address = value;
    else if (strcmp(line, "etag") == 0)
        snprintf(entry->etag, sizeof entry->etag, "%s", value);
    else if (strcmp(line, "last-modified") == 0)
        snprintf(entry->last_modified, sizeof entry->last_modified, "%s",
                 value);
    else if (strcmp(line, "base") == 0)
        snprintf(entry->base_url, sizeof entry->base_url, "%s", value);
    else if (strcmp(line, "fetched") == 0)
        entry->fetched_s = strtoll(value, NULL, 10);
    else if (strcmp(line, "pages") == 0)
        return read_pages(value, entry);
    return true;
}

bool
cache_entry_read(char *bytes, size_t len, const char *format,
                 struct cache_entry *entry)
{
    *entry = (struct cache_entry){0};
    size_t at = check_first_line(bytes, len, format);
    if (at == 0)
        return false;
    for (;;) {
        char *end = memchr(bytes + at, '\n', len - at);
        if (!end)
            return false;
        *end = '\0';
        char *line = bytes + at;
        at = (size_t) (end - bytes) + 1;
        if (!*line)
            break;
        if (!read_line(line, entry))
            return false;
    }
    entry->body_at = at;
    for (int i = 0; i < entry->body_count; i++) {
        if (entry->body_len[i] > len - at)
            return false;
        at += entry->body_len[i];
    }
    return entry->address && entry->body_count > 0 && at == len;
}
