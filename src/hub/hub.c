#include "hub/hub.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "hub/content_photo.h"
#include "hub/content_sample.h"
#include "hub/hub_routes.h"
#include "hub/secret.h"
#include "io/file.h"

#define STORE_NAME "hub.sqlite"
#define PREVIEW_NAME "preview"
#define TICK_MS ((int64_t) 5 * 1000)
#define EXPIRE_EVERY_MS ((int64_t) 60 * 1000)
#define CLOCK_NAME "clock_s" // a time that was believed, in the store
#define CLOCK_EVERY_S ((int64_t) 12 * 3600)

/* Ours alone when we make it; one that is there already was somebody's choice
   (and may be /tmp), so we only say what we think of it. */
static bool
make_folder(const char *path, struct problem *why)
{
    char above[PATH_MAX];
    int len = snprintf(above, sizeof above, "%s", path);
    while (len > 1 && above[len - 1] == '/')
        above[--len] = '\0';
    char *slash = strrchr(above, '/');
    if (slash && slash != above) {
        *slash = '\0';
        if (!folder_make(above, why))
            return false;
    }
    if (mkdir(path, 0700) == 0)
        return true;
    struct stat is;
    if (errno != EEXIST || stat(path, &is) != 0 || !S_ISDIR(is.st_mode)) {
        problem_set(why, 0, 0, "The folder %.150s cannot be made", path);
        return false;
    }
    if (is.st_mode & 077)
        log_warning("others on this machine may look into %s; chmod 700 it",
                    path);
    return true;
}

/* Two hubs on one folder would each serve what the other has not seen. The
   lock goes with the process, however that ends. */
static bool
take_folder(struct hub *h, struct problem *why)
{
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/lock", h->options.data);
    int fd = len > 0 && (size_t) len < sizeof path
                 ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)
                 : -1;
    if (fd < 0) {
        problem_set(why, 0, 0, "Nothing can be written in the folder %.150s",
                    h->options.data);
        return false;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        problem_set(why, 0, 0,
                    "Another hub is running on the folder %.150s: stop that "
                    "one first, or give this one a folder of its own",
                    h->options.data);
        return false;
    }
    h->lock = fd;
    return true;
}

static bool
name_store(const struct hub_options *o, char path[PATH_MAX],
           struct problem *why)
{
    int len = snprintf(path, PATH_MAX, "%s/" STORE_NAME, o->data);
    if (len > 0 && len < PATH_MAX)
        return true;
    problem_set(why, 0, 0, "The name of the data folder is too long");
    return false;
}

/* To look for a coordinator or a school where there is no hub helps nobody, and
   would leave a second one behind under a mistyped name. */
static bool
may_begin(const struct hub_options *o, struct problem *why)
{
    char path[PATH_MAX];
    if (o->mode == HUB_MODE_SERVE || *o->sample)
        return true;
    if (!name_store(o, path, why))
        return false;
    if (access(path, F_OK) == 0)
        return true;
    problem_set(why, 0, 0,
                "There is no hub in %.200s: say with --data where it keeps "
                "its things",
                o->data);
    return false;
}

static bool
open_store(struct hub *h, struct problem *why)
{
    char path[PATH_MAX];
    if (!name_store(&h->options, path, why))
        return false;
    h->store = hub_store_open(path, why);
    return h->store != NULL;
}

/*
 * An older copy of the store was put in place of the one there was: screens
 * have seen higher numbers than its newest, and refuse what has a lower one. So
 * its newest is published again, above them.
 */
static void
continue_numbers(struct hub *h)
{
    struct arena arena = {0};
    struct hub_revision newest;
    struct problem why = {0};
    if (hub_store_revision(h->store, &arena, 0, &newest) &&
        newest.number < hub_store_published(h->store)) {
        int64_t number = hub_store_publish(
            h->store, newest.number, newest.document, "",
            "Published again after a copy of the hub was put back",
            h->now.wall_s, &why);
        if (number > 0)
            log_info("the hub's store is an older copy: its newest revision is "
                     "published again as number %" PRId64,
                     number);
        else
            log_error("%s", why.text);
    }
    arena_destroy(&arena);
}

static void
read_clock(struct hub *h)
{
    struct arena arena = {0};
    h->clock_kept_s =
        strtoll(hub_store_get(h->store, &arena, CLOCK_NAME), NULL, 10);
    steady_init(&h->steady, h->clock_kept_s, &h->now);
    arena_destroy(&arena);
}

static void
keep_clock(struct hub *h)
{
    char time[24];
    struct problem why;
    int64_t age_s = h->now.wall_s - h->clock_kept_s;
    if (age_s >= 0 && age_s < CLOCK_EVERY_S)
        return;
    snprintf(time, sizeof time, "%" PRId64, h->now.wall_s);
    if (hub_store_set(h->store, CLOCK_NAME, time, &why))
        h->clock_kept_s = h->now.wall_s;
}

/* Without them pages are plain, but walls and phones go on. */
static void
read_web_files(struct hub *h)
{
    char folder[PATH_MAX];
    struct problem why = {0};
    if (!web_files_folder(folder, sizeof folder))
        log_warning("the style of the hub's pages is missing (assets/web)");
    else if (!web_files_read(&h->files, folder, &why))
        log_warning("%s", why.text);
}

/* Without them the sample's idea of the week has no photo. */
static void
read_photos(struct hub *h)
{
    char folder[PATH_MAX];
    struct problem why = {0};
    int len =
        snprintf(folder, sizeof folder, "%s/" CONTENT_PHOTOS, h->options.data);
    if (len > 0 && (size_t) len < sizeof folder &&
        !web_files_read_photos(&h->photos, folder, &why))
        log_warning("%s", why.text);
}

/* Without it slides are told in words. */
static bool
open_preview(struct hub *h, struct problem *why)
{
    char folder[PATH_MAX];
    h->beside = epoll_create1(EPOLL_CLOEXEC);
    if (h->beside < 0) {
        h->beside = 0;
        problem_set(why, 0, 0, "The system has no room for another descriptor");
        return false;
    }
    int len =
        snprintf(folder, sizeof folder, "%s/" PREVIEW_NAME, h->options.data);
    if (len > 0 && (size_t) len < sizeof folder)
        h->preview = preview_open(folder, h->options.kiosk_program, h->beside);
    return true;
}

/* This very program, also when its file was replaced meanwhile. */
#define OUR_PROGRAM "/proc/self/exe"

static void
open_calendars(struct hub *h)
{
    struct calendars_settings s = {
        .store = h->store,
        .fetch_program = OUR_PROGRAM,
        .calendar_program = h->options.calendar_program,
        .beside = h->beside,
    };
    secret_random(&s.seed, sizeof s.seed); // not all hubs at the same minute
    h->calendars = calendars_open(&s, &h->now);
}

bool
hub_open(struct hub *h, const struct hub_options *o, struct problem *why)
{
    *h = (struct hub){.options = *o};
    h->now = clock_now(&h->clock);
    if (!may_begin(o, why) || !make_folder(o->data, why) ||
        !take_folder(h, why) || !open_store(h, why) || !open_preview(h, why))
        return false;
    if (*o->sample &&
        !content_sample(h->store, o->sample, o->data, h->now.wall_s, why))
        return false;
    read_clock(h);
    continue_numbers(h);
    read_web_files(h);
    open_calendars(h);
    read_photos(h);
    return true;
}

void
hub_close(struct hub *h)
{
    preview_close(h->preview);
    calendars_close(h->calendars);
    if (h->beside > 0)
        close(h->beside);
    hub_feed_destroy(&h->feed);
    backup_end(&h->backup);
    hub_store_close(h->store);
    web_files_destroy(&h->files);
    web_files_destroy(&h->photos);
    if (h->lock > 0)
        close(h->lock);
    *h = (struct hub){0};
}

void
hub_answer(void *data, const struct http_request *r, struct http_answer *a)
{
    struct hub *h = data;
    h->now = clock_now(&h->clock);
    h->person = (struct hub_person){0};
    h->session = (struct hub_session){0};
    routes_answer(&hub_routes, h, r, a);
}

/* What is deleted by a wrong clock is gone. */
static void
expire(struct hub *h)
{
    if (!clock_machine_is_trusted(CLOCK_BUILT_AFTER_S))
        return;
    if (!steady_is_believed(&h->steady, &h->now)) {
        if (!h->has_doubted)
            log_warning("the clock has jumped: nothing expires until it has "
                        "been steady for a while");
        h->has_doubted = true;
        return;
    }
    h->has_doubted = false;
    int gone = hub_store_expire(h->store, h->now.wall_s);
    if (gone > 0)
        log_info("%d post-its had their time and are deleted", gone);
    keep_clock(h);
}

int64_t
hub_tick(void *data)
{
    struct hub *h = data;
    h->now = clock_now(&h->clock);
    if (h->now.mono_ms >= h->expire_at_ms) {
        h->expire_at_ms = h->now.mono_ms + EXPIRE_EVERY_MS;
        expire(h);
        preview_forget_all_but(h->preview, hub_store_change_number(h->store));
    }
    if (clock_machine_is_trusted(CLOCK_BUILT_AFTER_S))
        calendars_tick(h->calendars, &h->now);
    hub_store_note_seen(h->store);
    int64_t backup_ms = backup_tick(h);
    return backup_ms < TICK_MS ? backup_ms : TICK_MS;
}

bool
hub_turn(void *data)
{
    struct hub *h = data;
    h->now = clock_now(&h->clock);
    bool has_drawn = preview_turn(h->preview, h->now.mono_ms);
    return calendars_turn(h->calendars, &h->now) || has_drawn;
}
