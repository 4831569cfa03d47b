#ifndef TESTS_BENCH_FINGER_H
#define TESTS_BENCH_FINGER_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <X11/XWDFile.h>
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>

#include "tests/bench/stopwatch.h"
#include "view/draw.h"

/*
 * A finger and eyes for an X screen in memory, from outside the program that
 * is looked at. The finger is the X server's own pointer (XTEST); the eyes read
 * the file that `Xvfb -fbdir` keeps the screen in, which costs the server
 * nothing. A change is seen within EYES_BLINK_US.
 */

#define EYES_BLINK_US 50

struct eyes {
    const uint8_t *pixels;
    size_t stride; // bytes
    int w, h;
};

static inline void
nap_ms(double ms)
{
    if (ms > 0)
        nanosleep(&(struct timespec){(time_t) (ms / 1e3),
                                     (long) (ms * 1e6) % 1000000000},
                  NULL);
}

/* `path`: Xvfb_screen0 in the folder that Xvfb was given, an XWD file. */
static inline bool
eyes_open(struct eyes *e, const char *path)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) != 0)
        return false;
    const uint8_t *bytes =
        mmap(NULL, (size_t) info.st_size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (bytes == MAP_FAILED)
        return false;
    XWDFileHeader head;
    memcpy(&head, bytes, sizeof head);
    *e = (struct eyes){
        .pixels = bytes + ntohl((uint32_t) head.header_size) +
                  ntohl((uint32_t) head.ncolors) * sizeof(XWDColor),
        .stride = ntohl((uint32_t) head.bytes_per_line),
        .w = (int) ntohl((uint32_t) head.pixmap_width),
        .h = (int) ntohl((uint32_t) head.pixmap_height),
    };
    return ntohl((uint32_t) head.bits_per_pixel) == 32;
}

static inline const uint8_t *
eyes_row(const struct eyes *e, struct rect r, int row)
{
    return e->pixels + (size_t) (r.y + row) * e->stride + (size_t) r.x * 4;
}

/* What is there now, row by row; free() it. */
static inline uint8_t *
eyes_remember(const struct eyes *e, struct rect r)
{
    size_t row_bytes = (size_t) r.w * 4;
    uint8_t *kept = malloc(row_bytes * (size_t) r.h);
    for (int row = 0; kept && row < r.h; row++)
        memcpy(kept + (size_t) row * row_bytes, eyes_row(e, r, row), row_bytes);
    return kept;
}

static inline bool
eyes_differ(const struct eyes *e, struct rect r, const uint8_t *kept)
{
    size_t row_bytes = (size_t) r.w * 4;
    for (int row = 0; row < r.h; row++)
        if (memcmp(kept + (size_t) row * row_bytes, eyes_row(e, r, row),
                   row_bytes) != 0)
            return true;
    return false;
}

/* How many pixels are of that colour (0xRRGGBB). */
static inline int
eyes_count(const struct eyes *e, struct rect r, uint32_t colour)
{
    int count = 0;
    for (int row = 0; row < r.h; row++) {
        const uint8_t *at = eyes_row(e, r, row);
        for (int x = 0; x < r.w; x++) {
            uint32_t pixel;
            memcpy(&pixel, at + (size_t) x * 4, 4);
            count += (pixel & 0xFFFFFF) == (colour & 0xFFFFFF);
        }
    }
    return count;
}

/* Moves there without touching. */
static inline void
finger_move(Display *x, struct rect r)
{
    XTestFakeMotionEvent(x, 0, r.x + r.w / 2, r.y + r.h / 2, CurrentTime);
    XFlush(x);
}

/* Down or up where it is. The moment before, in stopwatch_ms. */
static inline double
finger_press(Display *x, bool is_down)
{
    double at_ms = stopwatch_ms();
    XTestFakeButtonEvent(x, 1, is_down, CurrentTime);
    XFlush(x);
    return at_ms;
}

#endif
