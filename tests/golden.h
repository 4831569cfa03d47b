#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include <stdbool.h>

/*
 * Compares a text with tests/golden/NAME. A missing golden is a difference.
 * With STAFFROOM_GOLDEN=write it is written instead: see `make golden`.
 * Prints the first line that differs; the new text is left in
 * build/golden-NAME for a look.
 */
bool golden_matches(const char *name, const char *text);

#endif
