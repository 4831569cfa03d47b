#ifndef BASE_CHECK_H
#define BASE_CHECK_H

/*
 * Assertions that stay on in every build. A failed check is a mistake of
 * ours, never of the input: it logs where, aborts, and systemd starts the
 * program again.
 */
#define check(condition)                                                       \
    ((condition) ? (void) 0 : check_failed(__FILE__, __LINE__, #condition))

_Noreturn void check_failed(const char *file, int line, const char *condition);

#endif
