#include <malloc.h>
#include <signal.h>
#include <stdio.h>

#include "base/version.h"
#include "kiosk/program.h"

#define LARGE_BYTES (1 << 20)

static int
run(const struct program *p)
{
    switch (p->options.mode) {
    case MODE_SHOW:
        return run_show(p);
    case MODE_CHECK:
        return run_check(p);
    case MODE_LIST:
        return run_list(p);
    case MODE_RENDER:
        return run_render(p);
    case MODE_EXPORT:
        return run_export(p);
    case MODE_LOG:
        return run_log(p);
    case MODE_VERSION:
        puts("staffroom " STAFFROOM_VERSION);
        return 0;
    case MODE_HELP:
        options_help(stdout);
        return 0;
    }
    return EXIT_WRONG;
}

static int
run_with(int argc, char **argv)
{
    struct program program;
    int status = EXIT_WRONG;
    if (program_init(&program, argc, argv))
        status = run(&program);
    program_destroy(&program);
    return status;
}

int
main(int argc, char **argv)
{
    // A server that hangs up must not end us, and SDL would make it so.
    signal(SIGPIPE, SIG_IGN);
    // Pictures go back to the system when they are freed. Left to itself
    // malloc learns from the first large one to keep all later ones.
    mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
    int status;
    do {
        status = run_with(argc, argv);
    } while (status == RUN_AGAIN);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        program_complain("the output could not be written");
        status = EXIT_WRONG;
    }
    return status;
}
