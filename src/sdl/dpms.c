#include "sdl/dpms.h"

#include <string.h>

#include <SDL2/SDL_syswm.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

/* The graphics card's descriptor, which stays SDL's; -1 off the console. */
static int
card_of(SDL_Window *window)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window, &info) ||
        info.subsystem != SDL_SYSWM_KMSDRM)
        return -1;
    return info.info.kmsdrm.drm_fd;
}

/* 0: it has none. */
static uint32_t
find_property(int card, const drmModeConnector *connector)
{
    uint32_t found = 0;
    for (int i = 0; i < connector->count_props && found == 0; i++) {
        drmModePropertyRes *p = drmModeGetProperty(card, connector->props[i]);
        if (p && strcmp(p->name, "DPMS") == 0)
            found = p->prop_id;
        drmModeFreeProperty(p);
    }
    return found;
}

/* 0, or what went wrong (errno, negative). */
static int
set_connector(int card, uint32_t id, bool is_on, int *set)
{
    // Not drmModeGetConnector, which asks the screen and takes its time.
    drmModeConnector *connector = drmModeGetConnectorCurrent(card, id);
    int failure = 0;
    if (!connector)
        return 0; // it was unplugged for good (a dock)
    uint32_t property =
        connector->encoder_id ? find_property(card, connector) : 0;
    if (property) {
        failure = drmModeConnectorSetProperty(
            card, id, property, is_on ? DRM_MODE_DPMS_ON : DRM_MODE_DPMS_OFF);
        *set += failure == 0;
    }
    drmModeFreeConnector(connector);
    return failure;
}

bool
dpms_is_there(SDL_Window *window)
{
    return card_of(window) >= 0;
}

/* All that show something: a second one may show the same picture. */
bool
dpms_set(SDL_Window *window, bool is_on, struct problem *why)
{
    int card = card_of(window), set = 0, failure = 0;
    drmModeRes *all = card >= 0 ? drmModeGetResources(card) : NULL;
    for (int i = 0; all && i < all->count_connectors; i++) {
        int failed = set_connector(card, all->connectors[i], is_on, &set);
        failure = failed ? failed : failure;
    }
    drmModeFreeResources(all);
    if (set > 0 && failure == 0)
        return true;
    problem_set(why, 0, 0, "the screen's signal cannot be switched %s (%s)",
                is_on ? "on" : "off",
                failure ? strerror(-failure) : "it has no such switch");
    return false;
}

void
dpms_ask(SDL_Window *window)
{
    int card = card_of(window);
    drmModeRes *all = card >= 0 ? drmModeGetResources(card) : NULL;
    for (int i = 0; all && i < all->count_connectors; i++)
        drmModeFreeConnector(drmModeGetConnector(card, all->connectors[i]));
    drmModeFreeResources(all);
}
