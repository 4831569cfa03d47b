#include "hub/browser.h"

#include <string.h>

struct sign {
    const char *sign, *words;
};

/* The first that is in it: most browsers also name those they want to be taken
   for. */
static const struct sign browsers[] = {
    {"Edg", "Edge"},         {"OPR/", "Opera"},
    {"Vivaldi/", "Vivaldi"}, {"SamsungBrowser/", "Samsung Internet"},
    {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
    {"CriOS/", "Chrome"},    {"Chrom", "Chrome"},
    {"Safari/", "Safari"},
};
static const struct sign machines[] = {
    {"Android", "Android"},   {"iPhone", "an iPhone"}, {"iPad", "an iPad"},
    {"CrOS", "a Chromebook"}, {"Windows", "Windows"},  {"Mac OS X", "a Mac"},
    {"Linux", "Linux"},
};

static const char *
find(const struct sign *signs, size_t count, const char *in)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(in, signs[i].sign))
            return signs[i].words;
    return NULL;
}

const char *
browser_words(struct arena *a, const char *user_agent)
{
    const char *browser =
        find(browsers, sizeof browsers / sizeof *browsers, user_agent);
    const char *machine =
        find(machines, sizeof machines / sizeof *machines, user_agent);
    if (!browser)
        browser = "A browser";
    return machine ? arena_format(a, "%s on %s", browser, machine) : browser;
}
