#include "kiosk/program.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/problem.h"
#include "base/text.h"
#include "base/zone.h"
#include "core/date.h"
#include "io/file.h"
#include "kiosk/assets.h"

#define USUAL_CONFIG "/etc/staffroom/staffroom.conf"
#define CONFIG_MOST_BYTES ((size_t) 256 * 1024)

void
program_complain(const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    // An argument with a newline in it must not look like two complaints.
    for (char *c = line; *c; c++)
        if ((unsigned char) *c < 0x20 || *c == 0x7f)
            *c = ' ';
    fprintf(stderr, "staffroom: %s\n", line);
}

static bool
read_config(struct program *p)
{
    config_init(&p->config);
    const char *path = p->options.config;
    if (!path && access(USUAL_CONFIG, F_OK) != 0)
        return true; // every setting has a default
    if (!path)
        path = USUAL_CONFIG;
    struct text text = {0};
    struct problem why = {0};
    bool is_good = file_read(path, CONFIG_MOST_BYTES, &text, &why);
    if (!is_good)
        program_complain("%s", why.text);
    else if (!config_read(&p->config, text_string(&text), text.len, &why)) {
        program_complain("%s:%d: %s", path, why.line, why.text);
        is_good = false;
    }
    text_destroy(&text);
    return is_good;
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
    if (p->options.mode == MODE_HELP || p->options.mode == MODE_VERSION)
        return true;
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
