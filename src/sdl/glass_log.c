#include "sdl/glass_log.h"

#include <SDL2/SDL.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"

#define AGAIN_MS 60000

bool
glass_log_takes(struct glass_log *l, const char *text, int64_t now_ms,
                unsigned *since)
{
    uint64_t hash = hash_string(text);
    int at = 0; // its place, else the one that has been silent for longest
    for (int i = 0; i < GLASS_LOG_TEXTS; i++) {
        if (l->texts[i].text == hash) {
            at = i;
            break;
        }
        if (l->texts[i].at_ms < l->texts[at].at_ms)
            at = i;
    }
    bool is_new = l->texts[at].text != hash;
    *since = is_new ? 0 : l->texts[at].since;
    if (!is_new && now_ms - l->texts[at].at_ms < AGAIN_MS) {
        l->texts[at].since++;
        return false;
    }
    l->texts[at].text = hash;
    l->texts[at].at_ms = now_ms;
    l->texts[at].since = 0;
    return true;
}

static void
log_from_sdl(void *data, int category, SDL_LogPriority priority,
             const char *message)
{
    unsigned since;
    (void) category;
    if (priority < SDL_LOG_PRIORITY_WARN ||
        !glass_log_takes(data, message, clock_mono_ms(), &since))
        return;
    if (since)
        log_warning("SDL: %s (%u times more since it was said last)", message,
                    since);
    else
        log_warning("SDL: %s", message);
}

void
glass_log_listen(struct glass_log *l)
{
    SDL_LogSetOutputFunction(l ? log_from_sdl : NULL, l);
    if (l)
        SDL_LogSetPriority(SDL_LOG_CATEGORY_VIDEO, SDL_LOG_PRIORITY_ERROR);
}
