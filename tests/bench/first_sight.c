// libs: -ldrm
/*
 * How long from a command to its picture, as seen on the glass.
 *   first_sight X Y
 *     prints the colour there now, RRGGBB
 *   first_sight X Y RRGGBB SECONDS COMMAND…
 *     runs it; prints the milliseconds until that colour is there, or "never"
 *   first_sight X Y !RRGGBB SECONDS COMMAND…
 *     the same, until any other is, or no picture at all
 * It looks at what the graphics card sends to the screen, in the card's own
 * memory, twenty times a second. That costs the machine next to nothing, where
 * a screenshot costs it so much that what is started is late. For root, on
 * one screen, 32 bits a pixel, linear memory: the lab's.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <xf86drm.h>
#include <xf86drmMode.h>

#define LOOKS_EVERY_MS 50
#define NOTHING (-1L) // no picture, or none that can be read

static int64_t
now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

// The pixel at X, Y of a picture in the card's memory.
static long
pixel_in(int card, const drmModeFB *picture, uint32_t x, uint32_t y)
{
    struct drm_mode_map_dumb map = {.handle = picture->handle};
    size_t end = (size_t) picture->pitch * (y + 1);
    if (x >= picture->width || y >= picture->height || picture->bpp != 32 ||
        drmIoctl(card, DRM_IOCTL_MODE_MAP_DUMB, &map))
        return NOTHING;
    void *rows =
        mmap(NULL, end, PROT_READ, MAP_SHARED, card, (off_t) map.offset);
    if (rows == MAP_FAILED)
        return NOTHING;
    uint32_t colour;
    memcpy(&colour, (char *) rows + (size_t) picture->pitch * y + 4UL * x, 4);
    munmap(rows, end);
    return (long) (colour & 0xffffff);
}

static long
pixel_on_screen(int card, uint32_t crtc, uint32_t x, uint32_t y)
{
    drmModeCrtc *shown = drmModeGetCrtc(card, crtc);
    drmModeFB *picture =
        shown && shown->buffer_id ? drmModeGetFB(card, shown->buffer_id) : NULL;
    long colour = picture ? pixel_in(card, picture, x, y) : NOTHING;
    if (picture && picture->handle) // each look is given a handle of its own
        drmCloseBufferHandle(card, picture->handle);
    drmModeFreeFB(picture);
    drmModeFreeCrtc(shown);
    return colour;
}

// The first card that can show something, and what sends it there.
static int
open_card(uint32_t *crtc)
{
    for (int i = 0; i < 8; i++) {
        char path[32];
        snprintf(path, sizeof path, "/dev/dri/card%d", i);
        int card = open(path, O_RDWR | O_CLOEXEC);
        drmModeRes *has = card < 0 ? NULL : drmModeGetResources(card);
        bool is_one = has && has->count_crtcs > 0;
        if (is_one)
            *crtc = has->crtcs[0];
        drmModeFreeResources(has);
        if (is_one) {
            drmDropMaster(card); // who opens it first is given it to draw on
            return card;
        }
        if (card >= 0)
            close(card);
    }
    fputs("first_sight: no graphics card shows anything here\n", stderr);
    return -1;
}

static void
begin(char **command)
{
    pid_t child = fork();
    if (child == 0) {
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    if (child > 0)
        waitpid(child, NULL, 0);
}

int
main(int argc, char **argv)
{
    if (argc != 3 && argc < 6) {
        fputs("usage: first_sight X Y [RRGGBB SECONDS COMMAND…]\n", stderr);
        return 2;
    }
    uint32_t x = (uint32_t) strtoul(argv[1], NULL, 10), crtc = 0;
    uint32_t y = (uint32_t) strtoul(argv[2], NULL, 10);
    int card = open_card(&crtc);
    if (card < 0)
        return 1;
    if (argc == 3) {
        long now = pixel_on_screen(card, crtc, x, y);
        if (now == NOTHING)
            return fputs("first_sight: no picture can be read\n", stderr), 1;
        printf("%06lx\n", now);
        return 0;
    }
    bool is_other = argv[3][0] == '!';
    long colour = strtol(argv[3] + is_other, NULL, 16);
    int64_t begun = now_ms(), end = begun + 1000 * strtol(argv[4], NULL, 10);
    begin(argv + 5);
    while ((pixel_on_screen(card, crtc, x, y) == colour) == is_other) {
        if (now_ms() > end)
            return puts("never"), 1;
        usleep(LOOKS_EVERY_MS * 1000);
    }
    printf("%" PRId64 "\n", now_ms() - begun);
    return 0;
}
