#include "sdl/display_card.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"

#define DRM "/sys/class/drm"
#define DEVICE_BYTES 64
#define MODE_BYTES 32

/* Reads the start of a connector's file; how many bytes there were. */
static size_t
read_start(const char *connector, const char *file, unsigned char *out,
           size_t size)
{
    char path[512];
    snprintf(path, sizeof path, DRM "/%.255s/%s", connector, file);
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return 0;
    size_t len = fread(out, 1, size, stream);
    fclose(stream);
    return len;
}

static bool
is_plugged_in(const char *connector)
{
    unsigned char status[16] = {0};
    read_start(connector, "status", status, sizeof status - 1);
    return strncmp((const char *) status, "connected", 9) == 0;
}

/* The first plugged-in connector in the order of names, "card1-HDMI-A-1";
   false when there is none. */
static bool
find_connector(char *name, size_t size)
{
    struct dirent **entries;
    int count = scandir(DRM, &entries, NULL, alphasort);
    bool is_found = false;
    for (int i = 0; i < count; i++) {
        const char *entry = entries[i]->d_name;
        if (!is_found && strncmp(entry, "card", 4) == 0 && strchr(entry, '-') &&
            is_plugged_in(entry)) {
            snprintf(name, size, "%s", entry);
            is_found = true;
        }
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return is_found;
}

/* "1920x1080", or "" when there is none. The others are no part of it: a
   television that wakes may tell fewer of them. */
static void
read_preferred(const char *connector, char mode[MODE_BYTES])
{
    // It comes first, a line each.
    size_t len =
        read_start(connector, "modes", (unsigned char *) mode, MODE_BYTES - 1);
    mode[len] = '\0';
    mode[strcspn(mode, "\n")] = '\0';
}

static int
card_of(const char *connector)
{
    return (int) strtol(connector + strlen("card"), NULL, 10);
}

static bool
may_be_used(int card, char device[DEVICE_BYTES])
{
    snprintf(device, DEVICE_BYTES, "/dev/dri/card%d", card);
    return access(device, R_OK | W_OK) == 0;
}

int
display_card_find(struct problem *why)
{
    char connector[256], device[DEVICE_BYTES];
    if (!find_connector(connector, sizeof connector)) {
        problem_set(why, 0, 0,
                    "No screen is plugged in. Connect one, or check that it "
                    "is switched on");
        return -1;
    }
    int card = card_of(connector);
    if (!may_be_used(card, device)) {
        problem_set(why, 0, 0,
                    "The screen at %s may not be used by this user. Add the "
                    "user to the group \"video\"",
                    device);
        return -1;
    }
    return card;
}

bool
display_card_is_awaited(void)
{
    char connector[256], device[DEVICE_BYTES];
    return !find_connector(connector, sizeof connector) ||
           !may_be_used(card_of(connector), device);
}

uint64_t
display_card_mark(void)
{
    char connector[256], mode[MODE_BYTES];
    if (!find_connector(connector, sizeof connector))
        return 0;
    read_preferred(connector, mode);
    uint64_t mark = hash_more(hash_string(connector), mode, strlen(mode));
    return mark ? mark : 1;
}

bool
display_card_prefers(int *w, int *h)
{
    char connector[256], mode[MODE_BYTES], *end;
    if (!find_connector(connector, sizeof connector))
        return false;
    read_preferred(connector, mode);
    *w = (int) strtol(mode, &end, 10);
    if (*end != 'x')
        return false;
    *h = (int) strtol(end + 1, NULL, 10); // "i" or a rate may follow
    return *w > 0 && *h > 0;
}

bool
display_card_has_cable(void)
{
    // As the kernel names them (drm_connector.c); not DSI, DPI, LVDS, eDP.
    static const char *const cables[] = {"HDMI", "DP-", "DVI", "VGA"};
    char connector[256];
    if (!find_connector(connector, sizeof connector))
        return false;
    const char *kind = strchr(connector, '-') + 1;
    for (size_t i = 0; i < sizeof cables / sizeof *cables; i++)
        if (strncmp(kind, cables[i], strlen(cables[i])) == 0)
            return true;
    return false;
}

double
display_card_diagonal_mm(void)
{
    char connector[256];
    unsigned char edid[128] = {0};
    if (!find_connector(connector, sizeof connector) ||
        read_start(connector, "edid", edid, sizeof edid) < sizeof edid)
        return 0;
    double w = edid[21] * 10.0, h = edid[22] * 10.0;
    return w > 0 && h > 0 ? sqrt(w * w + h * h) : 0;
}
