#ifndef BASE_LOG_RING_H
#define BASE_LOG_RING_H

#include <stddef.h>
#include <stdint.h>

#include "base/log.h"

/*
 * What a screen on a wall has logged, kept on its own card: where the journal
 * lives in memory it is gone once the plug was pulled, which is when somebody
 * asks what happened. Two files in one folder, the newer of which grows to
 * `file_bytes` and then takes the older one's place; 0600 both.
 *
 * A line has UTC, the seconds since the machine was switched on (which begin
 * anew where the clock may lie), and the words. Nothing is written while nothing
 * is logged, and no more than 30 lines a minute: of the rest only how many there
 * were; one that is started again and again has no more. Not synced: the last half minute before a pulled plug may be missing,
 * and a line may be torn. What cannot be written is not kept, without a word.
 * Any thread; lines of two threads do not mix.
 */

#define LOG_RING_NEWER "staffroom.log"
#define LOG_RING_OLDER "staffroom.log.old"
#define LOG_RING_FILE_BYTES ((size_t) 128 * 1024)
#define LOG_RING_LINES_A_MINUTE 30

struct log_ring;

/* Writes nothing yet. NULL when the path is too long. */
struct log_ring *log_ring_open(const char *folder, size_t file_bytes);
void log_ring_close(struct log_ring *r); // NULL is fine

/* One line, at that time. */
void log_ring_add(struct log_ring *r, enum log_weight weight,
                  const char *words, int64_t wall_s, int64_t mono_ms);

/* The same now, as a log_keeper: `ring` is a struct log_ring. */
log_keeper log_ring_keep;

#endif
