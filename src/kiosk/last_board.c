#include "kiosk/last_board.h"

#include <limits.h>
#include <stdlib.h>

#include "core/feed.h"
#include "io/cache.h"
#include "kiosk/folders.h"
#include "kiosk/program.h"
#include "kiosk/worker_path.h"

static struct board *
read_edition(const struct program *p, const struct cached_feed *kept)
{
    struct feed_page pages[FEED_MAX_PAGES] = {0};
    struct problem why = {0};
    for (int i = 0; i < kept->page_count; i++)
        pages[i] = (struct feed_page){text_string(&kept->pages[i]),
                                      kept->pages[i].len};
    return feed_read(pages, kept->page_count, kept->fetched_s, NULL,
                     &p->config.tags, &why);
}

struct board *
last_board_read(const struct program *p)
{
    char folder[PATH_MAX];
    struct cached_feed kept;
    struct board *board = NULL;
    struct cache *cache = cache_open_to_read(
        *p->config.cache ? p->config.cache
                         : folders_cache_to_read(folder, sizeof folder));
    // The worker keeps a file's board under its absolute path.
    char *path =
        worker_path_is_web(p->feed) ? NULL : worker_path_of_feed(p->feed);
    char *absolute = path ? worker_path_absolute(path) : NULL;
    if (cache_find_feed(cache, absolute ? absolute : p->feed, 0, &kept)) {
        board = read_edition(p, &kept);
        cached_feed_destroy(&kept);
    }
    free(path);
    free(absolute);
    cache_close(cache);
    return board;
}
