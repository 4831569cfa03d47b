#ifndef KIOSK_WORKER_PATH_H
#define KIOSK_WORKER_PATH_H

#include <stdbool.h>

/*
 * Where a feed and its pictures are, as far as text can tell. Pure, but for
 * worker_path_absolute, which asks where this program stands, and
 * worker_path_is_inside, which asks where a path really leads.
 */

/* Whether the feed is a web address rather than a file of this machine. */
bool worker_path_is_web(const char *feed);

/* The file a feed setting means: a path as it is, "file:///…" decoded (RFC
   8089). Malloc'ed. */
char *worker_path_of_feed(const char *feed);

/* The same file under the name it has everywhere. Malloc'ed. */
char *worker_path_absolute(const char *path);

/*
 * The file a picture's relative address means beside the feed at `feed_path`.
 * Malloc'ed; NULL for what is absolute, has a scheme, or climbs with "..": a
 * feed may show what was put into its own folder and nothing else.
 */
char *worker_path_of_picture(const char *feed_path, const char *image);

/* Whether `picture_path`, links followed, still is in the feed's folder. */
bool worker_path_is_inside(const char *feed_path, const char *picture_path);

#endif
