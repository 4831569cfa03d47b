#ifndef BASE_PROBLEM_H
#define BASE_PROBLEM_H

/*
 * Why something from outside was refused, in a sentence for a person.
 * line and column count from 1 (column in bytes); 0 where there is no place.
 */

struct problem {
    int line;
    int column;
    char text[240]; // UTF-8, no newline, no full stop needed by the caller
};

void problem_set(struct problem *p, int line, int column, const char *format,
                 ...) __attribute__((format(printf, 4, 5)));

/* Line and column of byte `at` in `bytes`. */
void problem_place(struct problem *p, const char *bytes, unsigned long len,
                   unsigned long at);

#endif
