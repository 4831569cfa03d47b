#include "kiosk/options.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SIDE_LEAST 160
#define SIDE_MOST 8192
#define TAKES_SIZE "width and height from 160 to 8192, as in 1280x720"

struct option {
    const char *name;
    const char *value; // what --help calls it; NULL: takes none
    bool (*read)(struct options *o, const char *value);
    const char *help;
    const char *takes; // what to say of a wrong value; NULL: `value` says it
};

static bool
read_whole(const char *text, long least, long most, int *out)
{
    char *end;
    long v = strtol(text, &end, 10);
    if (end == text || *end || v < least || v > most)
        return false;
    *out = (int) v;
    return true;
}

static bool
read_size(const char *text, int *w, int *h)
{
    char *end;
    long wide = strtol(text, &end, 10);
    if (end == text || *end != 'x')
        return false;
    const char *rest = end + 1;
    long high = strtol(rest, &end, 10);
    if (end == rest || *end || wide < SIDE_LEAST || high < SIDE_LEAST ||
        wide > SIDE_MOST || high > SIDE_MOST)
        return false;
    *w = (int) wide;
    *h = (int) high;
    return true;
}

static bool
read_config(struct options *o, const char *v)
{
    o->config = v;
    return *v != '\0';
}

static bool
read_feed(struct options *o, const char *v)
{
    o->feed = v;
    return *v != '\0';
}

static bool
read_calendar(struct options *o, const char *v)
{
    if (!*v || o->calendar_count == CALENDARS_MOST)
        return false;
    o->calendars[o->calendar_count++] = v;
    return true;
}

static bool
read_window(struct options *o, const char *v)
{
    return read_size(v, &o->window_w, &o->window_h);
}

static bool
read_rotate(struct options *o, const char *v)
{
    return read_whole(v, 0, 270, &o->rotate) && o->rotate % 90 == 0;
}

static bool
read_check(struct options *o, const char *v)
{
    o->mode = MODE_CHECK;
    return read_feed(o, v);
}

static bool
read_list(struct options *o, const char *v)
{
    (void) v;
    o->mode = MODE_LIST;
    return true;
}

static bool
read_render(struct options *o, const char *v)
{
    o->mode = MODE_RENDER;
    o->folder = v;
    return *v != '\0';
}

static bool
ends_in(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len > end_len && strcasecmp(text + len - end_len, end) == 0;
}

static bool
read_export(struct options *o, const char *v)
{
    o->mode = MODE_EXPORT;
    o->export_to = v;
    o->export_as = ends_in(v, ".csv") ? EXPORT_TABLE : EXPORT_FEED;
    return ends_in(v, ".csv") || ends_in(v, ".json");
}

static bool
read_log(struct options *o, const char *v)
{
    (void) v;
    o->mode = MODE_LOG;
    return true;
}

static bool
read_at(struct options *o, const char *v)
{
    o->at = v;
    return true;
}

static bool
read_picture_size(struct options *o, const char *v)
{
    return read_size(v, &o->size_w, &o->size_h);
}

static bool
read_speed(struct options *o, const char *v)
{
    return read_whole(v, 1, 100000, &o->speed);
}

static bool
read_max_texture(struct options *o, const char *v)
{
    return read_whole(v, 256, 16384, &o->max_texture);
}

static bool
read_version(struct options *o, const char *v)
{
    (void) v;
    o->mode = MODE_VERSION;
    return true;
}

static bool
read_help(struct options *o, const char *v)
{
    (void) v;
    o->mode = MODE_HELP;
    return true;
}

static const struct option options[] = {
    {"--config", "FILE", read_config,
     "Settings to use instead of those in the usual place.", NULL},
    {"--feed", "URL|FILE", read_feed,
     "The feed to show: a web address or a file. Goes before the one in\n"
     "the settings.",
     NULL},
    {"--calendar", "URL|FILE", read_calendar,
     "A calendar (.ics) whose meetings are shown beside the feed's: a web\n"
     "address or a file. May be given up to 8 times, and then takes the\n"
     "place of those in the settings.",
     "a web address or a file, 8 times at most"},
    {"--window", "WxH", read_window,
     "Show in a window of this size instead of on the whole screen.\n"
     "Esc or Ctrl-Q leaves.",
     TAKES_SIZE},
    {"--rotate", "0|90|180|270", read_rotate,
     "How far the panel is turned, clockwise, in degrees.", NULL},
    {"--check", "FEED", read_check,
     "Say what is wrong with a feed, with line:column, what was left out\n"
     "and why, and what is too long. Exit 0: usable; 1: not.",
     NULL},
    {"--list", NULL, read_list,
     "Print the slides of the feed in their order, one JSON object a line:\n"
     "slide, kind, ids, title, dwell_ms, pages, cap_px.",
     NULL},
    {"--render", "DIR", read_render,
     "Draw every page of every slide into DIR as NN-name.png, as it would\n"
     "be on the screen. Needs no display.",
     NULL},
    {"--export", "FILE", read_export,
     "Write every post-it that is kept on this machine into FILE, newest\n"
     "first: a table for a spreadsheet where its name ends in .csv, a JSON\n"
     "Feed where it ends in .json. Times in the table are this machine's. A\n"
     "FILE that is there is replaced once the new one is whole; only you may\n"
     "read it, for there are names in it. Run it as the user who runs the\n"
     "kiosk, which may go on meanwhile; with sudo for those of the service.\n"
     "Exit 0: written; 1: there are no post-its, and FILE is left as it is;\n"
     "2: they cannot be read, or FILE cannot be written.",
     "a name that ends in .csv or .json"},
    {"--log", NULL, read_log,
     "Print what the service on this machine has logged, the newest last: it\n"
     "is kept where the journal forgets. Exit 1: nothing is kept.",
     NULL},
    {"--at", "TIME", read_at,
     "Act as if it were TIME: 2026-11-26T10:42 in the feed's zone, or with a\n"
     "zone of its own as in RFC 3339. When showing, the clock starts there,\n"
     "and a time without a zone is this machine's.",
     NULL},
    {"--size", "WxH", read_picture_size,
     "Size of the screen for --render, --list and --check: 1920x1080 if\n"
     "not given.",
     TAKES_SIZE},
    {"--speed", "N", read_speed, "Let time run N times faster. For tests.",
     "1 to 100000"},
    {"--max-texture", "PX", read_max_texture,
     "Pretend that the graphics chip holds no larger picture. For tests.",
     "256 to 16384"},
    {"--version", NULL, read_version, "Print the version and leave.", NULL},
    {"--help", NULL, read_help, "Print this and leave.", NULL},
};
#define OPTION_COUNT (sizeof options / sizeof options[0])

static const struct option *
find(const char *word, size_t len)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (strlen(options[i].name) == len &&
            memcmp(options[i].name, word, len) == 0)
            return &options[i];
    return NULL;
}

bool
options_read(struct options *o, int argc, char **argv, struct problem *why)
{
    *o = (struct options){
        .size_w = 1920, .size_h = 1080, .rotate = -1, .speed = 1};
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        size_t len = strcspn(word, "=");
        const struct option *option = find(word, len);
        if (!option) {
            problem_set(why, 0, 0, "unknown option %s; see --help", word);
            return false;
        }
        const char *value = word[len] == '=' ? word + len + 1 : NULL;
        if (option->value && !value && i + 1 < argc)
            value = argv[++i];
        if (option->value && !value) {
            problem_set(why, 0, 0, "%s needs a value: %s %s", option->name,
                        option->name, option->value);
            return false;
        }
        if (!option->value && value) {
            problem_set(why, 0, 0, "%s takes no value", option->name);
            return false;
        }
        if (!option->read(o, value)) {
            problem_set(why, 0, 0, "%s cannot be %.80s: it takes %s",
                        option->name, *value ? value : "empty",
                        option->takes ? option->takes : option->value);
            return false;
        }
    }
    return true;
}

static void
print_wrapped(FILE *out, const char *help)
{
    for (const char *line = help; *line;) {
        size_t len = strcspn(line, "\n");
        fprintf(out, "        %.*s\n", (int) len, line);
        line += len + (line[len] == '\n');
    }
}

void
options_help(FILE *out)
{
    fputs("staffroom - the partnership's board on the staffroom wall\n\n"
          "Usage:\n"
          "  staffroom [--config FILE] [--feed URL|FILE] "
          "[--calendar URL|FILE]...\n"
          "            [--window WxH] [--rotate 0|90|180|270] [--at TIME]\n"
          "  staffroom --check FEED [--at TIME] [--size WxH]\n"
          "  staffroom --list --feed FILE --at TIME\n"
          "  staffroom --render DIR --feed FEED --at TIME --size WxH\n"
          "  staffroom --export FILE\n"
          "  staffroom --log\n"
          "  staffroom --version | --help\n\n"
          "Shows purpose, Thursday's question, the idea of the week, the board "
          "of\npost-its and the coming meetings from a JSON Feed, in turn, and "
          "goes on\nshowing them when the network is gone.\n\n"
          "Options:\n",
          out);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        fprintf(out, "  %s%s%s\n", options[i].name, options[i].value ? " " : "",
                options[i].value ? options[i].value : "");
        print_wrapped(out, options[i].help);
    }
    fputs("\nKeys and touch:\n"
          "  Right, Page Down, Space, swipe left   the next page or slide\n"
          "  Left, Page Up, swipe right            the one before\n"
          "  touch anywhere                        holds the slide for a "
          "minute\n"
          "  Esc, Ctrl-Q                           leaves, in a window only\n"
          "\nFiles:\n"
          "  /boot/firmware/staffroom.conf   settings: the first of these "
          "that is there\n"
          "  /boot/staffroom.conf            is read, and no other\n"
          "  /etc/staffroom/staffroom.conf   each setting is explained in this "
          "one\n"
          "  ~/.cache/staffroom              the last good feeds, pictures "
          "and\n"
          "                                  calendars\n"
          "                                  (CACHE_DIRECTORY under systemd)\n"
          "  ~/.local/state/staffroom        post-its written on this screen\n"
          "                                  (STATE_DIRECTORY under systemd, "
          "which also\n"
          "                                  has the log)\n"
          "\nEnvironment:\n"
          "  STAFFROOM_ASSETS   the folder with the fonts, if it is not in its "
          "place\n"
          "  SDL_VIDEODRIVER    x11, wayland or kmsdrm, if the right one is "
          "not found\n"
          "  TZ                 the time zone, where the feed names none\n"
          "\nExit status:\n"
          "  0  all is well\n"
          "  1  the feed cannot be used, or there is no post-it to export\n"
          "  2  wrong option, setting or file\n"
          "  3  there is no display to show anything on\n"
          "  70 it was stuck: start it again, and see the log\n"
          "  75 another screen was plugged in, or a service's settings were "
          "put right:\n"
          "     start it again\n",
          out);
}
