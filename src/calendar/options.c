#include "calendar/options.h"

#include <string.h>

#include "core/date.h"

struct option {
    const char *name;
    const char *value; // what --help calls it; NULL: takes none
    bool (*set)(struct options *o, const char *value);
    const char *help;
};

static bool
set_from(struct options *o, const char *value)
{
    o->from_day = day_parse(value);
    return o->from_day != DAY_NONE;
}

static bool
set_until(struct options *o, const char *value)
{
    o->until_day = day_parse(value);
    return o->until_day != DAY_NONE;
}

static bool
set_zone(struct options *o, const char *value)
{
    o->zone = value;
    return *value;
}

static bool
set_version(struct options *o, const char *value)
{
    (void) value;
    o->mode = OPTIONS_VERSION;
    return true;
}

static bool
set_help(struct options *o, const char *value)
{
    (void) value;
    o->mode = OPTIONS_HELP;
    return true;
}

static const struct option options[] = {
    {"--from", "DATE", set_from, "The first day, such as 2026-11-23."},
    {"--until", "DATE", set_until, "The first day that is not asked for."},
    {"--zone", "ZONE", set_zone,
     "Where those days are, such as Europe/London; also the zone of times\n"
     "that do not say theirs, and the one of what is printed."},
    {"--version", NULL, set_version, "Print the version."},
    {"--help", NULL, set_help, "Print this."},
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

/* `next` is the word behind; NULL: none. */
static bool
read_option(struct options *o, const char *word, const char *next, int *taken,
            struct problem *why)
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
                    value && *value ? value : "empty");
        return false;
    }
    return true;
}

static bool
is_complete(const struct options *o, struct problem *why)
{
    const char *missing = o->from_day == DAY_NONE    ? "--from DATE"
                          : o->until_day == DAY_NONE ? "--until DATE"
                          : !o->zone                 ? "--zone ZONE"
                                                     : NULL;
    if (missing)
        problem_set(why, 0, 0, "say %s as well; see --help", missing);
    else if (o->until_day <= o->from_day)
        problem_set(why, 0, 0, "--until must be later than --from");
    else
        return true;
    return false;
}

bool
options_read(struct options *o, int argc, char **argv, struct problem *why)
{
    *o = (struct options){.from_day = DAY_NONE, .until_day = DAY_NONE};
    for (int i = 1; i < argc; i++) {
        int taken = 0;
        if (!read_option(o, argv[i], i + 1 < argc ? argv[i + 1] : NULL, &taken,
                         why))
            return false;
        i += taken;
    }
    return o->mode != OPTIONS_EXPAND || is_complete(o, why);
}

static void
print_lines(FILE *out, const char *help)
{
    for (const char *line = help; *line;) {
        int len = (int) strcspn(line, "\n");
        fprintf(out, "      %.*s\n", len, line);
        line += len + (line[len] == '\n');
    }
}

void
options_help(FILE *out)
{
    fputs("staffroom-calendar --from DATE --until DATE --zone ZONE < x.ics\n"
          "\n"
          "Reads a calendar (.ics) and prints what takes place in those days, "
          "one JSON\nobject a line, in order of start: at most the first "
          "500.\n\n",
          out);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        fprintf(out, "  %s%s%s\n", options[i].name, options[i].value ? " " : "",
                options[i].value ? options[i].value : "");
        print_lines(out, options[i].help);
    }
    fputs("\nEnds with 0; 1 when what it is given is no calendar, or more than "
          "1 MiB, 2\nseconds of processor or 256 MiB of memory; 2 for "
          "mistakes here.\n",
          out);
}
