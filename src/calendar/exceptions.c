#include "calendar/exceptions.h"

#include <stdlib.h>

#include "base/memory.h"

static int
compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;
    return (x > y) - (x < y);
}

void
exceptions_init(struct exceptions *x, const struct series *s, struct zones *z,
                const struct extra_date *dates)
{
    size_t count = 0;
    *x = (struct exceptions){0};
    for (const struct extra_date *d = dates; d; d = d->next)
        count++;
    if (count == 0)
        return;
    x->keys = memory_take(count * sizeof *x->keys);
    x->days = memory_take(count * sizeof *x->days);
    for (const struct extra_date *d = dates; d; d = d->next) {
        if (d->at.is_date && !s->is_all_day)
            x->days[x->day_count++] = d->at.shown_s;
        else
            x->keys[x->key_count++] = series_key(s, z, &d->at);
    }
    qsort(x->keys, (size_t) x->key_count, sizeof *x->keys, compare);
    qsort(x->days, (size_t) x->day_count, sizeof *x->days, compare);
}

void
exceptions_destroy(struct exceptions *x)
{
    free(x->keys);
    free(x->days);
    *x = (struct exceptions){0};
}

static bool
has(const int64_t *list, int count, int64_t wanted)
{
    return count > 0 &&
           bsearch(&wanted, list, (size_t) count, sizeof *list, compare);
}

bool
exceptions_hold(const struct exceptions *x, int64_t key, int64_t shown_s)
{
    return has(x->keys, x->key_count, key) ||
           has(x->days, x->day_count, stamp_midnight(shown_s));
}
