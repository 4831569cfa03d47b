#ifndef TESTS_BOARD_FILE_H
#define TESTS_BOARD_FILE_H

#include "core/board.h"

/* The board of a feed file; fails the test when it is refused. */
struct board *board_from_file(const char *path);

#endif
