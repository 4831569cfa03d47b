#include "hub/hub_options.h"

#include <ctype.h>
#include <string.h>

#include "hub/fetch.h"

#define USUAL_LISTEN "127.0.0.1:8080"
#define LINE_MOST 1024

struct option {
    const char *name;  // in a file without the dashes, - as _
    const char *value; // what --help calls it; NULL: takes none
    bool (*set)(struct hub_options *o, const char *value);
    bool is_in_file;
    const char *help; // NULL: --help does not tell it
};

static bool
keep(char out[HUB_OPTION_BYTES], const char *value)
{
    size_t len = strlen(value);
    if (len == 0 || len >= HUB_OPTION_BYTES)
        return false;
    memcpy(out, value, len + 1);
    return true;
}

static bool
set_data(struct hub_options *o, const char *value)
{
    return keep(o->data, value);
}

static bool
set_listen(struct hub_options *o, const char *value)
{
    return keep(o->listen, value);
}

static bool
set_socket(struct hub_options *o, const char *value)
{
    o->socket[0] = '\0'; // nothing is no socket, as a settings file may say
    return !*value || keep(o->socket, value);
}

static bool
set_config(struct hub_options *o, const char *value)
{
    return keep(o->config, value);
}

static bool
set_sample(struct hub_options *o, const char *value)
{
    return keep(o->sample, value);
}

static bool
keep_program(char out[HUB_OPTION_BYTES], const char *value)
{
    if (!*value) { // found by itself
        out[0] = '\0';
        return true;
    }
    return value[0] == '/' && keep(out, value);
}

static bool
set_kiosk_program(struct hub_options *o, const char *value)
{
    return keep_program(o->kiosk_program, value);
}

static bool
set_calendar_program(struct hub_options *o, const char *value)
{
    return keep_program(o->calendar_program, value);
}

static bool
set_add_screen(struct hub_options *o, const char *value)
{
    o->mode = HUB_MODE_ADD_SCREEN;
    return keep(o->add_screen, value);
}

static bool
set_school(struct hub_options *o, const char *value)
{
    return keep(o->school, value);
}

static bool
set_new_address(struct hub_options *o, const char *value)
{
    o->mode = HUB_MODE_NEW_ADDRESS;
    return keep(o->new_address, value);
}

static bool
set_behind_proxy(struct hub_options *o, const char *value)
{
    o->is_behind_proxy = !value || strcmp(value, "yes") == 0;
    return !value || o->is_behind_proxy || strcmp(value, "no") == 0;
}

static bool
set_fetch(struct hub_options *o, const char *value)
{
    (void) value;
    o->mode = HUB_MODE_FETCH;
    return true;
}

static bool
set_version(struct hub_options *o, const char *value)
{
    (void) value;
    o->mode = HUB_MODE_VERSION;
    return true;
}

static bool
set_help(struct hub_options *o, const char *value)
{
    (void) value;
    o->mode = HUB_MODE_HELP;
    return true;
}

static const struct option options[] = {
    {"--data", "DIR", set_data, true,
     "Where everything is kept; made when it is not there."},
    {"--listen", "ADDRESS:PORT", set_listen, true,
     "Where to listen; " USUAL_LISTEN " when nothing is said. Port 0 is any\n"
     "free one. [::1]:8080 for IPv6."},
    {"--socket", "PATH", set_socket, true,
     "Listen at a UNIX socket instead, for the proxy's group (0660)."},
    {"--behind-proxy", NULL, set_behind_proxy, true,
     "A web server with TLS stands in front: believe its X-Forwarded-For,\n"
     "and allow listening to a network."},
    {"--config", "FILE", set_config, false,
     "Settings: lines such as \"listen = 127.0.0.1:8080\" and\n"
     "\"behind_proxy = yes\". What stands on the command line goes before."},
    {"--sample", "FEED", set_sample, false,
     "A feed (a file) to begin with, post-its and all, when nothing was ever\n"
     "published: to try things out, or to move here from a feed of your own.\n"
     "Photos beside it (.jpg, .png) are copied to the folder photos of DIR."},
    {"--kiosk-program", "PATH", set_kiosk_program, true,
     "The kiosk's program, which draws the slides for the page This week: a\n"
     "whole path. Without it the staffroom beside this program, or the one in\n"
     "PATH; where there is none, the page tells the slides in words."},
    {"--calendar-program", "PATH", set_calendar_program, true,
     "The program that works out the meetings of calendars (.ics): a whole\n"
     "path. Without it the staffroom-calendar beside this program, or the one\n"
     "in PATH; where there is none, calendars are not read."},
    {"--add-screen", "NAME", set_add_screen, false,
     "While the hub is stopped: add a screen, print the token for the first\n"
     "line of its file hub-token, and leave. Line two there is the hub's\n"
     "address as in the screen's settings, line three the school."},
    {"--school", "ID", set_school, false,
     "The school of that screen, as the feed calls it: hillcrest."},
    {FETCH_OPTION, NULL, set_fetch, false, NULL},
    {"--new-address", "NAME", set_new_address, false,
     "While the hub is stopped: print an address where that coordinator "
     "chooses\n"
     "a new password, once, within three days; codes from a phone are "
     "switched\n"
     "off with it. For who has lost everything, and nobody else can help."},
    {"--version", NULL, set_version, false, "Print the version."},
    {"--help", NULL, set_help, false, "Print this."},
};
#define OPTION_COUNT (sizeof options / sizeof *options)

static const struct option *
find(const char *word, size_t len)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (strlen(options[i].name) == len &&
            memcmp(options[i].name, word, len) == 0)
            return &options[i];
    return NULL;
}

static bool
read_option(struct hub_options *o, const char *word, const char *next,
            int *taken, struct problem *why)
{
    size_t len = strcspn(word, "=");
    const struct option *option = find(word, len);
    if (!option) {
        problem_set(why, 0, 0, "unknown option %.100s; see --help", word);
        return false;
    }
    const char *value = word[len] ? word + len + 1 : NULL;
    if (!option->value && value) {
        problem_set(why, 0, 0, "%s takes no value", option->name);
        return false;
    }
    if (option->value && !value) {
        value = next;
        *taken = 1;
    }
    if (option->value && !value) {
        problem_set(why, 0, 0, "%s needs a value: %s %s", option->name,
                    option->name, option->value);
        return false;
    }
    if (!option->set(o, value)) {
        problem_set(why, 0, 0, "%s cannot be %.80s", option->name,
                    *value ? value : "empty");
        return false;
    }
    return true;
}

bool
hub_options_read(struct hub_options *o, int argc, char **argv,
                 struct problem *why)
{
    *o = (struct hub_options){0};
    for (int i = 1; i < argc; i++) {
        int taken = 0;
        if (!read_option(o, argv[i], i + 1 < argc ? argv[i + 1] : NULL, &taken,
                         why))
            return false;
        i += taken;
    }
    return true;
}

static char *
trim(char *text)
{
    while (isspace((unsigned char) *text))
        text++;
    size_t len = strlen(text);
    while (len && isspace((unsigned char) text[len - 1]))
        text[--len] = '\0';
    return text;
}

/* "behind_proxy" is --behind-proxy. */
static const struct option *
find_in_file(const char *word)
{
    char name[32] = "--";
    size_t len = strlen(word);
    if (len > sizeof name - 3)
        return NULL;
    for (size_t i = 0; i <= len; i++)
        name[2 + i] = (char) (word[i] == '_' ? '-' : word[i]);
    const struct option *option = find(name, len + 2);
    return option && option->is_in_file ? option : NULL;
}

static bool
read_line(struct hub_options *o, char *line, int number, struct problem *why)
{
    line = trim(line);
    if (*line == '\0' || *line == '#' || *line == ';' || *line == '[')
        return true;
    char *equals = strchr(line, '=');
    if (equals)
        *equals = '\0';
    const struct option *option = equals ? find_in_file(trim(line)) : NULL;
    if (!option) {
        problem_set(why, number, 0, "there is no setting %.80s", trim(line));
        return false;
    }
    const char *value = trim(equals + 1);
    if (!option->set(o, value)) {
        problem_set(why, number, 0, "%s cannot be %.80s", trim(line),
                    *value ? value : "empty");
        return false;
    }
    return true;
}

/* What `first` has goes before what `o` has. */
static void
prefer(struct hub_options *o, const struct hub_options *first)
{
    o->mode = first->mode;
    if (*first->data)
        set_data(o, first->data);
    // One of the two places to listen replaces the other as well.
    if (*first->listen || *first->socket) {
        memcpy(o->listen, first->listen, sizeof o->listen);
        memcpy(o->socket, first->socket, sizeof o->socket);
    }
    memcpy(o->config, first->config, sizeof o->config);
    memcpy(o->sample, first->sample, sizeof o->sample);
    if (*first->kiosk_program)
        set_kiosk_program(o, first->kiosk_program);
    if (*first->calendar_program)
        set_calendar_program(o, first->calendar_program);
    memcpy(o->add_screen, first->add_screen, sizeof o->add_screen);
    memcpy(o->school, first->school, sizeof o->school);
    memcpy(o->new_address, first->new_address, sizeof o->new_address);
    o->is_behind_proxy |= first->is_behind_proxy;
}

bool
hub_options_read_file(struct hub_options *o, const char *bytes, size_t len,
                      struct problem *why)
{
    struct hub_options said = {0};
    int number = 0;
    for (size_t at = 0; at < len;) {
        const char *end = memchr(bytes + at, '\n', len - at);
        size_t line_len = end ? (size_t) (end - bytes) - at : len - at;
        char line[LINE_MOST];
        number++;
        if (line_len >= sizeof line) {
            problem_set(why, number, 0, "this line is too long");
            return false;
        }
        memcpy(line, bytes + at, line_len);
        line[line_len] = '\0';
        if (!read_line(&said, line, number, why))
            return false;
        at += line_len + 1;
    }
    prefer(&said, o);
    *o = said;
    return true;
}

bool
hub_options_finish(struct hub_options *o, struct problem *why)
{
    if (!*o->data) {
        problem_set(why, 0, 0,
                    "say with --data DIR where everything is to be kept");
        return false;
    }
    if (*o->listen && *o->socket) {
        problem_set(why, 0, 0, "either --listen or --socket, not both");
        return false;
    }
    if (*o->add_screen && *o->new_address) {
        problem_set(why, 0, 0,
                    "either --add-screen or --new-address, not both");
        return false;
    }
    if (*o->school && o->mode != HUB_MODE_ADD_SCREEN) {
        problem_set(why, 0, 0, "--school is for --add-screen");
        return false;
    }
    if (!*o->listen && !*o->socket)
        set_listen(o, USUAL_LISTEN);
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
hub_options_help(FILE *out)
{
    fputs("staffroom-hub - where the partnership's board is kept\n\n"
          "Usage:\n"
          "  staffroom-hub --data DIR [--listen ADDRESS:PORT | --socket PATH]\n"
          "                [--behind-proxy] [--config FILE] [--sample FEED]\n"
          "                [--kiosk-program PATH] [--calendar-program PATH]\n"
          "  staffroom-hub --data DIR --add-screen NAME --school ID\n"
          "  staffroom-hub --data DIR --new-address NAME [--config FILE]\n"
          "  staffroom-hub --version | --help\n\n"
          "Serves the feed to every screen, takes their post-its, and gives "
          "coordinators\na web page. Runs until SIGTERM.\n\nOptions:\n",
          out);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (!options[i].help)
            continue; // for nobody's use
        fprintf(out, "  %s%s%s\n", options[i].name, options[i].value ? " " : "",
                options[i].value ? options[i].value : "");
        print_wrapped(out, options[i].help);
    }
    fputs("\nEnvironment:\n"
          "  STAFFROOM_ASSETS   the folder with the web pages' style, if it is "
          "not in\n"
          "                     its place\n"
          "\nExit status:\n"
          "  0  ended by SIGTERM or SIGINT; the screen is added, the address\n"
          "     printed\n"
          "  1  the hub could not go on; the log says why\n"
          "  2  wrong option, setting, folder or address\n",
          out);
}
