// libs: -lX11
/*
 * How long from exec until there is a picture on the X screen, seen from
 * outside and so the same for any program:
 *
 *     first_picture SECONDS PICTURE.ppm COMMAND…
 *
 * prints milliseconds, and keeps what it saw. A picture is more colours than
 * an empty window has: smoothed letters have dozens. The command is then ended,
 * with its children.
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <X11/Xlib.h>
#include <X11/Xutil.h>

#define ROWS 36
#define COLOURS 12

static double
now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double) t.tv_sec * 1e3 + (double) t.tv_nsec / 1e6;
}

static void
nap_us(long us)
{
    nanosleep(&(struct timespec){0, us * 1000}, NULL);
}

struct palette {
    unsigned long colours[COLOURS];
    int count;
};

/* False once there are enough. */
static bool
palette_add(struct palette *p, unsigned long colour)
{
    for (int i = 0; i < p->count; i++)
        if (p->colours[i] == colour)
            return true;
    if (p->count < COLOURS)
        p->colours[p->count++] = colour;
    return p->count < COLOURS;
}

/* How many colours there are in some rows of the screen; stops at COLOURS. */
static int
colours_on_screen(Display *x)
{
    struct palette seen = {.count = 0};
    int w = DisplayWidth(x, DefaultScreen(x));
    int h = DisplayHeight(x, DefaultScreen(x));
    bool wants_more = true;
    for (int row = 0; row < ROWS && wants_more; row++) {
        int y = (2 * row + 1) * h / (2 * ROWS);
        XImage *image = XGetImage(x, DefaultRootWindow(x), 0, y, (unsigned) w,
                                  1, AllPlanes, ZPixmap);
        if (!image)
            continue;
        for (int i = 0; i < w && wants_more; i++)
            wants_more = palette_add(&seen, XGetPixel(image, i, 0));
        XDestroyImage(image);
    }
    return seen.count;
}

/* For a person to check that it was the picture that was meant. */
static void
keep_screen(Display *x, const char *path)
{
    int w = DisplayWidth(x, DefaultScreen(x));
    int h = DisplayHeight(x, DefaultScreen(x));
    XImage *image = XGetImage(x, DefaultRootWindow(x), 0, 0, (unsigned) w,
                              (unsigned) h, AllPlanes, ZPixmap);
    FILE *out = fopen(path, "wb");
    if (!image || !out) {
        perror(path);
        exit(2);
    }
    fprintf(out, "P6\n%d %d\n255\n", w, h);
    for (int i = 0; i < w * h; i++) {
        unsigned long c = XGetPixel(image, i % w, i / w);
        fputc((int) (c >> 16 & 255), out);
        fputc((int) (c >> 8 & 255), out);
        fputc((int) (c & 255), out);
    }
    fclose(out);
    XDestroyImage(image);
}

static pid_t
start(char **command)
{
    pid_t pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    return pid;
}

/* Leaves the body for end() to bury. */
static bool
is_running(pid_t pid)
{
    siginfo_t info = {0};
    waitid(P_PID, (id_t) pid, &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid == 0;
}

static void
end(pid_t pid)
{
    kill(-pid, SIGTERM);
    for (int i = 0; i < 300; i++) {
        if (waitpid(pid, NULL, WNOHANG) == pid)
            break;
        nap_us(10000);
    }
    kill(-pid, SIGKILL); // what is left of its family
    waitpid(pid, NULL, 0);
}

int
main(int argc, char **argv)
{
    double most_ms = argc > 3 ? strtod(argv[1], NULL) * 1e3 : 0;
    Display *x = XOpenDisplay(NULL);
    if (!x || most_ms <= 0) {
        fprintf(stderr, "first_picture SECONDS PICTURE.ppm COMMAND…\n");
        return 2;
    }
    double asked_ms = now_ms();
    while (colours_on_screen(x) > 1 && now_ms() - asked_ms < 3000)
        nap_us(10000); // the window of the one before is still going

    double start_ms = now_ms(), took_ms = -1;
    pid_t pid = start(argv + 3);
    while (took_ms < 0 && now_ms() - start_ms < most_ms && is_running(pid)) {
        if (colours_on_screen(x) >= COLOURS)
            took_ms = now_ms() - start_ms;
        nap_us(300);
    }
    if (took_ms >= 0)
        keep_screen(x, argv[2]);
    end(pid);
    XCloseDisplay(x);
    if (took_ms < 0) {
        fprintf(stderr, "%s showed nothing\n", argv[3]);
        return 1;
    }
    printf("%.1f\n", took_ms);
    return 0;
}
