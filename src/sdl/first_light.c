#include "sdl/first_light.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xf86drm.h>
#include <xf86drmMode.h>

#define PIXEL_BITS 32
#define COLOUR_BITS 24

/* From the card's memory to a screen. */
struct way {
    uint32_t connector, crtc;
    drmModeModeInfo mode;
};

static bool
find_mode(const drmModeConnector *connector, const SDL_DisplayMode *wanted,
          drmModeModeInfo *out)
{
    for (int i = 0; i < connector->count_modes; i++) {
        const drmModeModeInfo *m = &connector->modes[i];
        if (m->hdisplay == wanted->w && m->vdisplay == wanted->h &&
            (int) m->vrefresh == wanted->refresh_rate) {
            *out = *m;
            return true;
        }
    }
    return false;
}

/* What sends it there now, else the first that can; 0: none. */
static uint32_t
find_crtc(int card, const drmModeRes *all, const drmModeConnector *connector)
{
    uint32_t id = connector->encoder_id;
    if (id == 0 && connector->count_encoders > 0)
        id = connector->encoders[0];
    drmModeEncoder *encoder = drmModeGetEncoder(card, id);
    uint32_t crtc = encoder ? encoder->crtc_id : 0;
    for (int i = 0; encoder && crtc == 0 && i < all->count_crtcs; i++)
        if (encoder->possible_crtcs & (1U << i))
            crtc = all->crtcs[i];
    drmModeFreeEncoder(encoder);
    return crtc;
}

/* As SDL does it: the first screen that is plugged in. */
static bool
find_way(int card, const SDL_DisplayMode *mode, struct way *out)
{
    drmModeRes *all = drmModeGetResources(card);
    bool is_first = false, is_found = false;
    for (int i = 0; all && !is_first && i < all->count_connectors; i++) {
        // Not drmModeGetConnector, which asks the screen; SDL just did.
        drmModeConnector *connector =
            drmModeGetConnectorCurrent(card, all->connectors[i]);
        is_first = connector && connector->connection == DRM_MODE_CONNECTED &&
                   connector->count_modes > 0;
        if (is_first) {
            out->connector = connector->connector_id;
            out->crtc = find_crtc(card, all, connector);
            is_found = out->crtc && find_mode(connector, mode, &out->mode);
        }
        drmModeFreeConnector(connector);
    }
    drmModeFreeResources(all);
    return is_found;
}

static bool
copy_into(int card, const struct drm_mode_create_dumb *memory,
          const SDL_Surface *picture)
{
    struct drm_mode_map_dumb map = {.handle = memory->handle};
    if (drmIoctl(card, DRM_IOCTL_MODE_MAP_DUMB, &map))
        return false;
    char *to = mmap(NULL, memory->size, PROT_READ | PROT_WRITE, MAP_SHARED,
                    card, (off_t) map.offset);
    if (to == MAP_FAILED)
        return false;
    for (int y = 0; y < picture->h; y++)
        memcpy(to + (size_t) y * memory->pitch,
               (char *) picture->pixels + (size_t) y * (size_t) picture->pitch,
               (size_t) picture->w * PIXEL_BITS / 8);
    munmap(to, memory->size);
    return true;
}

/* What this leaves behind on a card is gone once that is closed. */
static bool
show_on(struct first_light *f, const SDL_Surface *picture,
        const SDL_DisplayMode *mode)
{
    struct way way = {0};
    struct drm_mode_create_dumb memory = {
        .width = (uint32_t) picture->w,
        .height = (uint32_t) picture->h,
        .bpp = PIXEL_BITS,
    };
    errno = ENOTSUP; // no such screen, or no such mode
    if (!find_way(f->card, mode, &way))
        return false;
    f->crtc = way.crtc;
    return drmIoctl(f->card, DRM_IOCTL_MODE_CREATE_DUMB, &memory) == 0 &&
           copy_into(f->card, &memory, picture) &&
           drmModeAddFB(f->card, memory.width, memory.height, COLOUR_BITS,
                        PIXEL_BITS, memory.pitch, memory.handle,
                        &f->shown) == 0 &&
           drmModeSetCrtc(f->card, f->crtc, f->shown, 0, 0, &way.connector, 1,
                          &way.mode) == 0 &&
           drmDropMaster(f->card) == 0; // else SDL could show nothing after us
}

bool
first_light_begin(struct first_light *f, int card, const SDL_Surface *picture,
                  const SDL_DisplayMode *mode, struct problem *why)
{
    char path[32];
    snprintf(path, sizeof path, "/dev/dri/card%d", card);
    f->card = open(path, O_RDWR | O_CLOEXEC);
    f->is_on = f->card >= 0 && show_on(f, picture, mode);
    if (f->is_on)
        return true;
    problem_set(why, 0, 0, "%s, %dx%d: %s", path, mode->w, mode->h,
                strerror(errno));
    if (f->card >= 0)
        close(f->card);
    return false;
}

bool
first_light_is_seen(const struct first_light *f)
{
    drmModeCrtc *now = f->is_on ? drmModeGetCrtc(f->card, f->crtc) : NULL;
    bool is_seen = now && now->buffer_id == f->shown;
    drmModeFreeCrtc(now);
    return is_seen;
}

void
first_light_end(struct first_light *f)
{
    if (f->is_on)
        close(f->card);
    f->is_on = false;
}
