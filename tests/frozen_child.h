#ifndef TESTS_FROZEN_CHILD_H
#define TESTS_FROZEN_CHILD_H

#include <sys/wait.h>

/* For a test that is linked with -Wl,--wrap=waitid. After the cmocka headers. */

/* A kernel that does not let a program go: it is asked, but not waited for. */
static bool is_frozen;

int __real_waitid(idtype_t type, id_t id, siginfo_t *info, int how);
int __wrap_waitid(idtype_t type, id_t id, siginfo_t *info, int how);

int
__wrap_waitid(idtype_t type, id_t id, siginfo_t *info, int how)
{
    if (!is_frozen)
        return __real_waitid(type, id, info, how);
    if (!(how & WNOHANG))
        fail_msg("who waits for that waits for ever");
    return 0;
}

#endif
