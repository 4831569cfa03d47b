#include "kiosk/program.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/version.h"
#include "base/zone.h"
#include "core/date.h"
#include "kiosk/assets.h"

void
program_complain(const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    log_error("%s", line);
}

/* A service that has a folder (systemd's StateDirectory=) keeps its log there.
 */
static void
keep_log(struct program *p)
{
    const char *folder = getenv("STATE_DIRECTORY");
    if (!folder || !*folder)
        return;
    p->log = log_ring_open(folder, LOG_RING_FILE_BYTES);
    if (!p->log)
        return;
    log_ring_keep(p->log, LOG_INFO_LINE,
                  "--- staffroom " STAFFROOM_VERSION " starts");
    log_also_tell(log_ring_keep, p->log);
}

static bool
read_config(struct program *p)
{
    bool is_show = p->options.mode == MODE_SHOW;
    const char *path = p->options.config;
    struct problem why = {0};
    config_init(&p->config);
    // Before the reading: a change while we read is then seen afterwards.
    p->settings_stamp = settings_stamp("");
    if (!path && settings_find("", p->settings))
        path = p->settings;
    if (!p->options.config && is_show)
        settings_log("", p->settings);
    if (!path || settings_read(&p->config, path, &why))
        return true; // every setting has a default
    if (why.line)
        program_complain("%s:%d: %s", path, why.line, why.text);
    else
        program_complain("%s", why.text);
    if (p->options.config || !is_show)
        return false;
    p->mistake = why;
    return true;
}

static bool
read_clock(struct program *p)
{
    p->clock.speed = p->options.speed;
    if (!p->options.at) {
        // A clock that runs fast has to start somewhere.
        if (p->options.speed > 1)
            clock_start_at(&p->clock, clock_now(&p->clock).wall_s);
        return true;
    }
    struct zone *zone = zone_open(NULL);
    int64_t at_s = time_parse(p->options.at, zone);
    zone_close(zone);
    if (at_s == TIME_NONE) {
        program_complain("--at cannot be %s: it takes a time such as "
                         "2026-11-26T10:42",
                         p->options.at);
        return false;
    }
    clock_start_at(&p->clock, at_s);
    return true;
}

/* The option, else the setting, else the hub's, else the sample that comes with
   us. */
static bool
find_feed(struct program *p)
{
    struct problem why = {0};
    char sample[PATH_MAX];
    p->feed = p->options.feed ? p->options.feed : p->config.feed;
    if (!*p->feed && *p->config.hub)
        p->feed =
            arena_format(&p->config.arena, "%s/v1/feed.json", p->config.hub);
    if (*p->feed)
        return true;
    if (!assets_path(ASSETS_SAMPLE, sample, sizeof sample, &why)) {
        program_complain("%s", why.text);
        return false;
    }
    p->feed = arena_copy(&p->config.arena, sample, strlen(sample));
    p->is_sample = true;
    return true;
}

/* Those of the command line, if there are any, in place of the settings'. */
static bool
take_calendars(struct program *p)
{
    const struct options *o = &p->options;
    struct problem why = {0};
    if (o->calendar_count)
        p->config.calendar_count = 0;
    for (int i = 0; i < o->calendar_count; i++)
        if (!config_add_calendar(&p->config, o->calendars[i], &why)) {
            program_complain("--calendar cannot be %.80s: %s", o->calendars[i],
                             why.text);
            return false;
        }
    return true;
}

bool
program_init(struct program *p, int argc, char **argv)
{
    struct problem why = {0};
    *p = (struct program){0};
    if (!options_read(&p->options, argc, argv, &why)) {
        program_complain("%s", why.text);
        return false;
    }
    if (p->options.mode == MODE_HELP || p->options.mode == MODE_VERSION ||
        p->options.mode == MODE_LOG)
        return true;
    if (p->options.mode == MODE_SHOW)
        keep_log(p);
    if (!read_config(p) || !read_clock(p))
        return false;
    if (!find_feed(p) || !take_calendars(p))
        return false;
    p->rotate = p->options.rotate >= 0 ? p->options.rotate : p->config.rotate;
    return true;
}

void
program_destroy(struct program *p)
{
    config_destroy(&p->config);
    if (p->log)
        log_ring_keep(p->log, LOG_INFO_LINE, "--- staffroom ends");
    log_also_tell(NULL, NULL);
    log_ring_close(p->log);
    p->log = NULL;
}

struct panel
program_panel(const struct program *p, int w, int h, double diagonal_in)
{
    const struct config *c = &p->config;
    return (struct panel){
        .w = w,
        .h = h,
        .diagonal_in =
            c->screen_diagonal_in > 0 ? c->screen_diagonal_in : diagonal_in,
        .distance_m = c->viewing_distance_m,
        .has_touch = c->touch == TOUCH_ON,
        .has_handwriting = c->handwriting,
    };
}
