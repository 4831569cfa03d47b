// links: src/io/machine_mark.c src/io/file.c src/base/text.c
// links: src/base/memory.c src/base/problem.c src/base/hash.c src/base/check.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/file.h"
#include "io/machine_mark.h"

#define BOARD "firmware/devicetree/base/serial-number"
#define CARD "block/mmcblk0/device/cid"
#define DISK "block/nvme0n1/device/serial"

/* A machine with one file in its /sys. */
static void
say(const char *root, const char *file, const char *what)
{
    char path[512];
    struct problem why;
    snprintf(path, sizeof path, "%s/sys/%s", root, file);
    *strrchr(path, '/') = '\0';
    assert_true(folder_make(path, &why));
    snprintf(path, sizeof path, "%s/sys/%s", root, file);
    assert_true(file_write(path, what, strlen(what), &why));
}

static void
the_serial_numbers_are_read(void **state)
{
    char root[] = "/tmp/machine-mark.XXXXXX", command[64];
    (void) state;
    assert_non_null(mkdtemp(root));
    struct machine_mark none = machine_mark_read(root);
    assert_true(none.board == 0 && none.disk == 0);
    say(root, BOARD, "100000003d1d1c36");
    say(root, DISK, "");
    struct machine_mark board = machine_mark_read(root);
    assert_true(board.board != 0 && board.disk == 0);
    say(root, DISK, "S4EVNX0R\n");
    struct machine_mark disk = machine_mark_read(root);
    assert_true(disk.board == board.board && disk.disk != 0);
    say(root, CARD, "035344534c3332478048b4a2c2014500\n");
    struct machine_mark card = machine_mark_read(root);
    assert_true(card.board == board.board && card.disk != disk.disk);
    snprintf(command, sizeof command, "rm -r %s", root);
    assert_int_equal(system(command), 0); // NOLINT: the test's own folder
}

static void
a_copy_has_another_board_and_another_card(void **state)
{
    static const struct {
        struct machine_mark was, now;
        bool is_copy;
    } rows[] = {
        {{1, 2}, {1, 2}, false}, // as every morning
        {{1, 2}, {3, 4}, true},
        {{1, 2}, {3, 2}, false}, // its card put into another Pi
        {{1, 2}, {1, 4}, false}, // a new card, restored
        {{1, 0}, {3, 0}, true},  // starts from USB
        {{1, 0}, {3, 4}, true},
        {{1, 0}, {1, 0}, false},
        {{0, 0}, {0, 0}, false}, // a PC
        {{0, 0}, {3, 4}, false}, // kept before marks were
        {{1, 2}, {0, 0}, false},
        {{0, 2}, {0, 4}, false},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(machine_mark_is_copy(&rows[i].was, &rows[i].now),
                         rows[i].is_copy);
}

static void
what_a_machine_does_not_tell_is_not_forgotten(void **state)
{
    struct machine_mark known = {0}, here = {1, 2}, none = {0}, other = {1, 4};
    (void) state;
    assert_true(machine_mark_learn(&known, &here));
    assert_false(machine_mark_learn(&known, &here));
    assert_false(machine_mark_learn(&known, &none));
    assert_true(known.board == 1 && known.disk == 2);
    assert_true(machine_mark_learn(&known, &other));
    assert_true(known.board == 1 && known.disk == 4);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_serial_numbers_are_read),
        cmocka_unit_test(a_copy_has_another_board_and_another_card),
        cmocka_unit_test(what_a_machine_does_not_tell_is_not_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
