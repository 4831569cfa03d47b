#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdint.h>

/*
 * A time zone, from the system's zone files (TZif, RFC 8536).
 *
 * libc has one zone a process and a feed may name another than the machine's,
 * so zones are values here. Immutable once open: any thread may read.
 */

struct zone;

/*
 * "Europe/London"; NULL or "" for the machine's own zone (TZ, /etc/localtime).
 * NULL when there is no such zone or the file is broken: NULL means UTC to
 * every function here.
 */
struct zone *zone_open(const char *name);

/*
 * A zone somebody else has the rules of: moments[i], ascending, is when
 * offsets_s[i] begins to hold; before the first it is first_offset_s. Both are
 * copied. `count` may be 0.
 */
struct zone *zone_make(const int64_t *moments, const int32_t *offsets_s,
                       int count, int32_t first_offset_s);
void zone_close(struct zone *z);

/* Seconds east of UTC at that moment. */
int32_t zone_offset_s(const struct zone *z, int64_t utc_s);

/*
 * The moment a local clock shows `local_s` (seconds since 1970 as if local
 * time were UTC). Twice a year that is not one moment: an hour that happens
 * twice gives the first, an hour that is skipped the same distance later, as
 * RFC 5545 §3.3.5 has it.
 */
int64_t zone_to_utc(const struct zone *z, int64_t local_s);

#endif
