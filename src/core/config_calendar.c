#include "core/config.h"

#include <string.h>
#include <strings.h>

static bool
begins_with(const char *text, const char *start)
{
    return strncasecmp(text, start, strlen(start)) == 0;
}

/* What of an address the log may show: its secret is in the rest. */
static const char *
label_of(struct arena *a, const char *address)
{
    const char *host = strstr(address, "://");
    if (!host) {
        const char *slash = strrchr(address, '/');
        return slash && slash[1] ? slash + 1 : address;
    }
    host += strlen("://");
    const char *end = host + strcspn(host, "/?#");
    const char *at = memchr(host, '@', (size_t) (end - host));
    host = at ? at + 1 : host;
    return arena_copy(a, host, (size_t) (end - host));
}

bool
config_add_calendar(struct config *c, const char *address, struct problem *why)
{
    static const char *const subscribed[] = {"webcal://", "webcals://"};
    const char *kept = NULL;
    for (size_t i = 0; i < 2; i++)
        if (begins_with(address, subscribed[i]))
            kept = arena_format(&c->arena, "https://%s",
                                address + strlen(subscribed[i]));
    if (!kept)
        kept = arena_copy(&c->arena, address, strlen(address));
    bool is_web = begins_with(kept, "https://") || begins_with(kept, "http://");
    if (!*kept ||
        (!is_web && strstr(kept, "://") && !begins_with(kept, "file://"))) {
        problem_set(why, 0, 0,
                    "a calendar is a web address that begins with https:// "
                    "(or webcal://), or the path of a file");
        return false;
    }
    if (c->calendar_count == CALENDARS_MOST) {
        problem_set(why, 0, 0, "there may be at most %d calendars",
                    CALENDARS_MOST);
        return false;
    }
    c->calendars[c->calendar_count++] = (struct calendar_setting){
        .address = kept,
        .label = label_of(&c->arena, kept),
        .school = "",
        .filter = "",
    };
    return true;
}
