#include "io/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

#define LOWEST_PRIORITY 19
#define FILES_MOST 64
#define COMPLAINT_MOST 200
#define STDERR_KEPT ((size_t) 4096)
#define PIECE_BYTES ((size_t) 16 * 1024)
#define PIECES_A_TURN 16 // one that floods must not keep us from others

struct child {
    pid_t pid; // 0: it was waited for
    int wake;  // epoll: of all below
    int pidfd, timer, out, err;
    size_t output_most;
    struct text output, stderr_end;
    enum child_end end;
    int status;
    char complaint[COMPLAINT_MOST + 1];
};

/* ---- the other side of fork --------------------------------------------- */

static bool
limit(int what, size_t soft, size_t hard)
{
    struct rlimit l = {.rlim_cur = soft, .rlim_max = hard};
    return soft == 0 || setrlimit(what, &l) == 0;
}

static bool
limit_all(const struct child_order *o)
{
    const struct rlimit none = {0};
    size_t cpu_s = o->cpu_s > 0 ? (size_t) o->cpu_s : 0;
    return limit(RLIMIT_CPU, cpu_s, cpu_s + 1) &&
           limit(RLIMIT_AS, o->memory_bytes, o->memory_bytes) &&
           limit(RLIMIT_FSIZE, o->file_bytes, o->file_bytes) &&
           limit(RLIMIT_NOFILE, FILES_MOST, FILES_MOST) &&
           setrlimit(RLIMIT_CORE, &none) == 0;
}

/* What we ignore or block would be ignored and blocked in there too. */
static void
forget_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    for (int s = 1; s < NSIG; s++)
        (void) signal(s, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* 0, 1 and 2, wherever the three are now (maybe there). */
static bool
take_files(int in, int out, int err)
{
    int from[3] = {in, out, err};
    for (int i = 0; i < 3; i++)
        if ((from[i] = fcntl(from[i], F_DUPFD_CLOEXEC, 10)) < 0)
            return false;
    for (int i = 0; i < 3; i++)
        if (dup2(from[i], i) < 0)
            return false;
    return close_range(3, UINT_MAX, 0) == 0;
}

static _Noreturn void
become(const struct child_order *o, pid_t parent, int in, int out, int err)
{
    static const char *const nothing[] = {NULL};
    const char *const *env = o->env ? o->env : nothing;
    (void) setpgid(0, 0);
    bool is_ready = prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 &&
                    getppid() == parent && // else it is too late for that
                    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                    chdir(o->folder ? o->folder : "/") == 0 &&
                    take_files(in, out, err) && limit_all(o);
    (void) setpriority(PRIO_PROCESS, 0, LOWEST_PRIORITY);
    forget_signals();
    if (is_ready) // execve changes none of them
        execve(o->argv[0], (char *const *) (uintptr_t) o->argv,
               (char *const *) (uintptr_t) env);
    _exit(CHILD_NOT_STARTED);
}

/* ---- starting ----------------------------------------------------------- */

static bool
write_all(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t) n;
    }
    return lseek(fd, 0, SEEK_SET) == 0;
}

/* A file without a name: nobody has to hand it over piece by piece. */
static int
make_input(const struct child_order *o)
{
    int fd = memfd_create("input", MFD_CLOEXEC);
    if (fd >= 0 && !write_all(fd, o->input, o->input ? o->input_len : 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Our end does not block; theirs does, as programs expect it. */
static bool
make_pipe(int *ours, int *theirs)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    *ours = ends[0];
    *theirs = ends[1];
    return fcntl(*ours, F_SETFL, O_NONBLOCK) == 0;
}

static bool
watch(const struct child *c, int fd)
{
    struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
    return fd >= 0 && epoll_ctl(c->wake, EPOLL_CTL_ADD, fd, &e) == 0;
}

static bool
start_timer(struct child *c, int wall_ms)
{
    struct itimerspec at = {
        .it_value = {wall_ms / 1000, wall_ms % 1000 * 1000000L}};
    if (wall_ms <= 0)
        return true;
    c->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    return watch(c, c->timer) && timerfd_settime(c->timer, 0, &at, NULL) == 0;
}

static bool
spawn(struct child *c, const struct child_order *o, int in, int out, int err)
{
    pid_t parent = getpid();
    c->pid = fork();
    if (c->pid == 0)
        become(o, parent, in, out, err);
    if (c->pid < 0) {
        c->pid = 0;
        return false;
    }
    (void) setpgid(c->pid, c->pid); // whoever of us two is first
    c->pidfd = pidfd_open(c->pid, 0);
    return watch(c, c->pidfd);
}

static void
shut(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

struct child *
child_start(const struct child_order *o, struct problem *why)
{
    if (access(o->argv[0], X_OK) != 0) {
        problem_set(why, 0, 0, "%.150s cannot be run: %s", o->argv[0],
                    strerror(errno));
        return NULL;
    }
    struct child *c = memory_take_zeroed(sizeof *c);
    c->pidfd = c->timer = c->out = c->err = -1;
    c->output_most = o->output_most;
    c->wake = epoll_create1(EPOLL_CLOEXEC);
    int in = make_input(o), out = -1, err = -1;
    bool is_good = c->wake >= 0 && in >= 0 && make_pipe(&c->out, &out) &&
                   make_pipe(&c->err, &err) && watch(c, c->out) &&
                   watch(c, c->err) && start_timer(c, o->wall_ms) &&
                   spawn(c, o, in, out, err);
    if (!is_good)
        problem_set(why, 0, 0, "%.150s cannot be started: %s", o->argv[0],
                    strerror(errno));
    shut(&in);
    shut(&out);
    shut(&err);
    if (is_good)
        return c;
    child_free(c);
    return NULL;
}

int
child_fd(const struct child *c)
{
    return c->wake;
}

/* ---- while it runs ------------------------------------------------------ */

/* With all it has started. */
static void
end_group(struct child *c, enum child_end why)
{
    if (c->end == CHILD_RUNS)
        c->end = why;
    if (c->pid > 0) {
        (void) kill(-c->pid, SIGKILL);
        (void) kill(c->pid, SIGKILL); // it may not have a group yet
    }
}

/* What there is, but no more than a turn's share. Shuts `fd` at its end. */
static void
drain(int *fd, struct text *into, size_t most, bool *is_over)
{
    char piece[PIECE_BYTES];
    for (int i = 0; i < PIECES_A_TURN && *fd >= 0; i++) {
        ssize_t n = read(*fd, piece, sizeof piece);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n <= 0) {
            shut(fd);
            return;
        }
        size_t room = most - into->len, got = (size_t) n;
        *is_over = *is_over || got > room;
        text_add(into, piece, got < room ? got : room);
    }
}

/* The end of what it says there is what counts. */
static void
drain_stderr(struct child *c)
{
    bool is_over = false;
    drain(&c->err, &c->stderr_end, STDERR_KEPT * 2 + PIECE_BYTES * 16,
          &is_over);
    if (c->stderr_end.len > STDERR_KEPT) {
        struct text end = {0};
        text_add(&end, c->stderr_end.bytes + c->stderr_end.len - STDERR_KEPT,
                 STDERR_KEPT);
        text_destroy(&c->stderr_end);
        c->stderr_end = end;
    }
}

/* False when that was too much. */
static bool
listen_to_it(struct child *c)
{
    bool is_over = false;
    drain(&c->out, &c->output, c->output_most, &is_over);
    drain_stderr(c);
    return !is_over;
}

static bool
is_readable(int fd)
{
    uint64_t times;
    return fd >= 0 && read(fd, &times, sizeof times) == (ssize_t) sizeof times;
}

/* Its number is ours until it is waited for, so its group is as well. */
static bool
is_waited_for(struct child *c, int how)
{
    siginfo_t info = {0};
    int status = 0;
    if (waitid(P_PIDFD, (id_t) c->pidfd, &info, how | WEXITED | WNOWAIT) != 0 ||
        info.si_pid == 0)
        return false;
    (void) kill(-c->pid, SIGKILL);
    if (waitpid(c->pid, &status, 0) != c->pid)
        status = 0;
    c->pid = 0;
    if (c->end == CHILD_RUNS)
        c->end = WIFEXITED(status) ? CHILD_LEFT : CHILD_DIED;
    c->status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    return true;
}

bool
child_turn(struct child *c)
{
    if (c->pid == 0)
        return true;
    if (!listen_to_it(c))
        end_group(c, CHILD_SAID_TOO_MUCH);
    if (is_readable(c->timer))
        end_group(c, CHILD_WAS_LATE);
    if (!is_waited_for(c, WNOHANG))
        return false;
    // What it said last: a pipe holds less than one turn's share.
    if (!listen_to_it(c) && c->end == CHILD_LEFT)
        c->end = CHILD_SAID_TOO_MUCH;
    return true;
}

enum child_end
child_end(const struct child *c)
{
    return c->end;
}

int
child_status(const struct child *c)
{
    return c->status;
}

const struct text *
child_output(const struct child *c)
{
    return &c->output;
}

const char *
child_complaint(struct child *c)
{
    const char *all = text_string(&c->stderr_end);
    size_t end = c->stderr_end.len;
    while (end && all[end - 1] == '\n')
        end--;
    size_t begin = end;
    while (begin && all[begin - 1] != '\n')
        begin--;
    size_t len = end - begin < COMPLAINT_MOST ? end - begin : COMPLAINT_MOST;
    for (size_t i = 0; i < len; i++) {
        unsigned char b = (unsigned char) all[begin + i];
        c->complaint[i] = (char) (b < 0x20 || b >= 0x7f ? '?' : b);
    }
    c->complaint[len] = '\0';
    return c->complaint;
}

static void
forget(struct child *c)
{
    shut(&c->pidfd);
    shut(&c->timer);
    shut(&c->out);
    shut(&c->err);
    shut(&c->wake);
    text_destroy(&c->output);
    text_destroy(&c->stderr_end);
    free(c);
}

void
child_free(struct child *c)
{
    if (!c)
        return;
    if (c->pid > 0) {
        end_group(c, CHILD_DIED);
        if (c->pidfd < 0 || !is_waited_for(c, 0))
            (void) waitpid(c->pid, NULL, 0);
    }
    forget(c);
}

/* Killed, and without waiting for that. */
static bool
is_gone(struct child *c)
{
    if (c->pid > 0)
        end_group(c, CHILD_DIED);
    return c->pid == 0 || is_waited_for(c, WNOHANG);
}

bool
child_try_free(struct child *c)
{
    if (c && !is_gone(c))
        return false;
    if (c)
        forget(c);
    return true;
}

void
child_leave(struct child *c)
{
    if (!child_try_free(c))
        forget(c);
}
