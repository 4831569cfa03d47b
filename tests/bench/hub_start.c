// links: src/base/*.c
// libs: -lunistring
/*
 * hub_start HUB ARGUMENT…: how many ms from exec until the hub, which says
 * where it is, has answered a GET /feed.json; then it is ended.
 */
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/wait.h>

#include "tests/bench/hub_line.h"
#include "tests/bench/stopwatch.h"

#define PATIENCE_MS 10000.0

static int
run(char **command, int *out)
{
    int ends[2];
    if (pipe(ends) != 0)
        exit(1);
    int pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execv(command[0], command);
        _exit(127);
    }
    close(ends[1]);
    *out = ends[0];
    return pid;
}

/* "The hub is at http://127.0.0.1:8080"; 0 when it says something else. */
static int
read_port(int out)
{
    char said[512] = "";
    size_t len = 0;
    while (len + 1 < sizeof said && !strchr(said, '\n')) {
        ssize_t n = read(out, said + len, sizeof said - 1 - len);
        if (n <= 0)
            return 0;
        len += (size_t) n;
        said[len] = '\0';
    }
    char *end = strchr(said, '\n');
    *end = '\0';
    char *colon = strrchr(said, ':');
    return colon ? (int) strtol(colon + 1, NULL, 10) : 0;
}

static int
ask(int port)
{
    static struct hub_line line;
    if (!hub_line_open(&line, port))
        return 0;
    line.out_len = (size_t) snprintf(line.out, sizeof line.out,
                                     "GET /feed.json HTTP/1.1\r\n"
                                     "Host: 127.0.0.1\r\n\r\n");
    hub_line_begin(&line);
    double until = stopwatch_ms() + PATIENCE_MS;
    enum hub_line_state state = HUB_LINE_WAITS;
    while (state == HUB_LINE_WAITS && stopwatch_ms() < until) {
        struct pollfd on = {.fd = line.fd,
                            .events = line.out_sent < line.out_len ? POLLOUT
                                                                   : POLLIN};
        poll(&on, 1, 100);
        state = hub_line_go_on(&line);
    }
    hub_line_close(&line);
    return state == HUB_LINE_DONE ? line.status : 0;
}

int
main(int argc, char **argv)
{
    int out, status = 0;
    if (argc < 2)
        return 2;
    double from = stopwatch_ms();
    int pid = run(argv + 1, &out);
    int port = read_port(out);
    if (port)
        status = ask(port);
    double took = stopwatch_ms() - from;
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
    if (status != 200) {
        fprintf(stderr, "hub_start: no feed came (port %d, status %d)\n", port,
                status);
        return 1;
    }
    printf("%.1f\n", took);
    return 0;
}
