#include <string.h>

#include "core/date.h"
#include "core/feed.h"
#include "hub/hub.h"
#include "hub/pages_part.h"

bool
pages_board_open(struct hub *hub, struct arena *a, struct pages_board *out,
                 struct problem *why)
{
    struct hub_revision revision;
    *out = (struct pages_board){0};
    *why = (struct problem){0};
    if (!hub_store_revision(hub->store, a, 0, &revision)) {
        problem_set(why, 0, 0,
                    "Nothing is published yet, or the hub cannot "
                    "read its store");
        return false;
    }
    struct feed_page page = {revision.document, strlen(revision.document)};
    // Dates that were not said stay so.
    out->board = feed_read(&page, 1, TIME_NONE, NULL, NULL, why);
    out->revision = out->board ? revision.number : 0;
    return out->board != NULL;
}

void
pages_board_close(struct pages_board *b)
{
    board_free(b->board);
    *b = (struct pages_board){0};
}

/* ---- schools ------------------------------------------------------------ */

#define ID_BYTES_MOST 40

static bool
is_taken(const struct board *b, const char *id)
{
    for (int i = 0; i < b->school_count; i++)
        if (strcmp(b->schools[i].id, id) == 0)
            return true;
    return false;
}

/* Small ASCII letters and digits, a dash for blanks; apostrophes and letters of
   other alphabets are left out. */
static const char *
plain_id(struct arena *a, const char *name)
{
    char *id = arena_alloc(a, ID_BYTES_MOST + 1);
    size_t len = 0;
    for (const char *c = name; *c && len < ID_BYTES_MOST; c++) {
        char small = *c >= 'A' && *c <= 'Z' ? (char) (*c | 0x20) : *c;
        bool is_plain =
            (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
        if (is_plain)
            id[len++] = small;
        else if ((small == ' ' || small == '-') && len && id[len - 1] != '-')
            id[len++] = '-';
    }
    while (len && id[len - 1] == '-')
        len--;
    id[len] = '\0';
    return len ? id : "school";
}

const char *
pages_school_id(struct arena *a, const struct board *b, const char *name)
{
    const char *plain = plain_id(a, name), *id = plain;
    for (int i = 2; is_taken(b, id); i++)
        id = arena_format(a, "%s-%d", plain, i);
    return id;
}

struct board
pages_board_with_school(struct arena *a, const struct board *b,
                        const char *name)
{
    struct board more = *b;
    struct school *schools =
        arena_array(a, (size_t) b->school_count + 1, sizeof *schools);
    for (int i = 0; i < b->school_count; i++)
        schools[i] = b->schools[i];
    schools[b->school_count] =
        (struct school){.id = pages_school_id(a, b, name), .name = name};
    more.schools = schools;
    more.school_count++;
    return more;
}
