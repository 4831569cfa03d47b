#ifndef KIOSK_LAST_BOARD_H
#define KIOSK_LAST_BOARD_H

#include "core/board.h"

struct program;

/*
 * The board that this kiosk showed last, out of its cache, for an --export
 * beside it: changes nothing there, and asks no network. NULL when there is
 * none. The caller frees it.
 */
struct board *last_board_read(const struct program *p);

#endif
