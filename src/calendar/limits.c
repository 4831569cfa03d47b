#include "calendar/limits.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* The sanitizers keep terabytes of addresses for themselves. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_ROOM_OF_ITS_OWN true
#else
#define HAS_ROOM_OF_ITS_OWN false
#endif

static void
narrow(int what, rlim_t soft, rlim_t hard)
{
    struct rlimit limit;
    if (getrlimit(what, &limit))
        return;
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > soft)
        limit.rlim_cur = soft;
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > hard)
        limit.rlim_max = hard;
    setrlimit(what, &limit);
}

/* For signal handlers: nothing but write and _exit. */
static _Noreturn void
refuse(const char *sentence)
{
    if (write(STDERR_FILENO, sentence, strlen(sentence)) < 0)
        _exit(EXIT_REFUSED);
    _exit(EXIT_REFUSED);
}

static void
on_cpu(int signal)
{
    (void) signal;
    refuse("staffroom-calendar: the calendar takes more than 2 seconds to "
           "work out\n");
}

/* base/memory has said why. */
static void
on_abort(int signal)
{
    (void) signal;
    _exit(EXIT_REFUSED);
}

void
limits_set(void)
{
    signal(SIGXCPU, on_cpu);
    signal(SIGABRT, on_abort);
    narrow(RLIMIT_CORE, 0, 0);
    narrow(RLIMIT_CPU, LIMIT_CPU_S, LIMIT_CPU_S + 1);
    if (!HAS_ROOM_OF_ITS_OWN)
        narrow(RLIMIT_AS, LIMIT_MEMORY_BYTES, LIMIT_MEMORY_BYTES);
}
