// links: src/base/text.c src/base/memory.c
/*
 * A calendar as large as one may be, 1 MiB with 5,000 events, read and expanded
 * for a year by staffroom-calendar, beside what it takes only to read the bytes
 * (wc -c) and to copy them (cat).
 *
 *     calendar PROGRAM FILE
 *
 * writes the calendar to FILE, and prints "name median-ms most-ms cpu-ms MiB":
 * start to end of a process, the median of what it had of the processor (other
 * programs do not count there), and its memory at its fullest. Twice: as
 * schools have them, a fifth of all events recurring, and with every event
 * recurring weekly for ever.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "tests/bench/stopwatch.h"

#define RUNS 21
#define EVENTS 5000
#define BYTES (1024 * 1024)

static void
add_event(struct text *out, int i, bool recurs)
{
    size_t from = out->len, each = (BYTES - 60) / EVENTS;
    text_add_format(out,
                    "BEGIN:VEVENT\r\nUID:%04d@hillcrest.example\r\n"
                    "SUMMARY:Meeting %d\r\n"
                    "DTSTART;TZID=Europe/London:%04d%02d%02dT%02d4500\r\n"
                    "DURATION:PT1H\r\n",
                    i, i, recurs ? 2020 + i % 6 : 2026 + i % 2, i % 12 + 1,
                    i % 28 + 1, 8 + i % 9);
    if (recurs)
        text_add_string(out, "RRULE:FREQ=WEEKLY\r\n");
    text_add_string(out, "DESCRIPTION:");
    while (out->len - from + 14 < each)
        text_add_char(out, 'x');
    text_add_string(out, "\r\nEND:VEVENT\r\n");
}

static bool
write_calendar(const char *path, int every)
{
    struct text whole = {0};
    text_add_string(&whole, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    for (int i = 0; i < EVENTS; i++)
        add_event(&whole, i, i % every == 0);
    text_add_string(&whole, "END:VCALENDAR\r\n");
    FILE *f = fopen(path, "wb");
    bool is_good = f && fwrite(whole.bytes, 1, whole.len, f) == whole.len;
    if (f)
        is_good &= fclose(f) == 0;
    text_destroy(&whole);
    return is_good;
}

/* In a child. */
static _Noreturn void
become(const char *const *command, const char *input)
{
    int in = open(input, O_RDONLY), null = open("/dev/null", O_WRONLY);
    dup2(in, 0);
    dup2(null, 1);
    dup2(null, 2);
    execvp(command[0], (char *const *) command);
    _exit(127);
}

static double
to_ms(struct timeval t)
{
    return (double) t.tv_sec * 1e3 + (double) t.tv_usec / 1e3;
}

static bool
measure(const char *name, const char *const *command, const char *input)
{
    double took_ms[RUNS], cpu_ms[RUNS], most_mib = 0;
    for (int i = 0; i < RUNS; i++) {
        double from_ms = stopwatch_ms();
        pid_t pid = fork();
        if (pid == 0)
            become(command, input);
        int status;
        struct rusage used;
        if (wait4(pid, &status, 0, &used) != pid || status != 0)
            return false;
        took_ms[i] = stopwatch_ms() - from_ms;
        cpu_ms[i] = to_ms(used.ru_utime) + to_ms(used.ru_stime);
        if ((double) used.ru_maxrss / 1024 > most_mib)
            most_mib = (double) used.ru_maxrss / 1024;
    }
    printf("%s %.1f %.1f %.1f %.1f\n", name, stopwatch_part(took_ms, RUNS, 0.5),
           stopwatch_part(took_ms, RUNS, 1), stopwatch_part(cpu_ms, RUNS, 0.5),
           most_mib);
    fflush(stdout);
    return true;
}

int
main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "calendar PROGRAM FILE\n");
        return 2;
    }
    const char *ours[] = {argv[1],      "--from", "2026-09-01",    "--until",
                          "2027-09-01", "--zone", "Europe/London", NULL};
    const char *count[] = {"wc", "-c", NULL}, *copy[] = {"cat", NULL};
    bool is_good =
        write_calendar(argv[2], 5) && measure("wc", count, argv[2]) &&
        measure("cat", copy, argv[2]) && measure("usual", ours, argv[2]) &&
        write_calendar(argv[2], 1) && measure("recurring", ours, argv[2]);
    return is_good ? 0 : 1;
}
