// links: src/calendar/*.c src/core/date.c src/core/plain_text.c
// links: src/core/html_text.c src/core/character_reference.c src/base/*.c
// libs: -lical -lunistring
/*
 * A calendar of unknown origin: read, expanded for a term in London and for a
 * century in a zone with a half-hour summer time, and written. What comes out
 * is in order, inside the window, and JSON as far as a line can show.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "calendar/calendar.h"
#include "calendar/occurrences.h"
#include "calendar/write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_lines(const struct text *lines, int count)
{
    const char *bytes = text_string(lines);
    if (utf8_valid_prefix(bytes, lines->len) != lines->len)
        abort();
    int newlines = 0;
    for (size_t i = 0; i < lines->len; i++) {
        newlines += bytes[i] == '\n';
        if ((unsigned char) bytes[i] < 0x20 && bytes[i] != '\n')
            abort();
    }
    if (newlines != count)
        abort();
}

static void
check_found(const struct occurrences *found)
{
    if (found->count < 0 || found->count > OCCURRENCES_MOST)
        abort();
    for (int i = 0; i < found->count; i++) {
        const struct occurrence *o = &found->list[i];
        if (o->end_s < o->start_s)
            abort();
        if (i > 0 && o->moment_s < found->list[i - 1].moment_s)
            abort();
    }
}

static void
expand(const struct calendar *calendar, const struct window *window)
{
    static struct occurrences found;
    struct zones zones;
    struct text lines = {0};
    struct problem why = {0};
    zones_init(&zones, calendar, window->zone, window->until_day * 86400ll);
    if (occurrences_find(&found, calendar, &zones, window, &why)) {
        check_found(&found);
        write_occurrences(&lines, &found, calendar, window->zone);
        check_lines(&lines, found.count);
    } else if (why.text[0] == '\0') {
        abort(); // refused without a word
    }
    text_destroy(&lines);
    zones_destroy(&zones);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct zone *london, *lord_howe; // opening them is slow
    if (!london) {
        london = zone_open("Europe/London");
        lord_howe = zone_open("Australia/Lord_Howe");
    }
    char *bytes = malloc(size + 1);
    if (!bytes)
        abort();
    if (size > 0)
        memcpy(bytes, data, size);
    struct calendar calendar;
    struct problem why = {0};
    if (calendar_read(&calendar, bytes, size, &why)) {
        expand(&calendar, &(struct window){20698, 20818, london});
        expand(&calendar, &(struct window){0, 36524, lord_howe});
    } else if (why.text[0] == '\0') {
        abort();
    }
    calendar_destroy(&calendar);
    free(bytes);
    return 0;
}
