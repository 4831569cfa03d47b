#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log_ring.h"
#include "base/text.h"
#include "io/file.h"
#include "kiosk/folders.h"
#include "kiosk/program.h"

/* Both files may be a line longer. */
#define MOST_BYTES (LOG_RING_FILE_BYTES + 4096)

/* A line that was torn must not set a terminal's colours. */
static void
print_plainly(const struct text *text)
{
    for (size_t i = 0; i < text->len; i++) {
        unsigned char c = (unsigned char) text->bytes[i];
        putchar(c == '\n' || (c >= 0x20 && c != 0x7f) ? c : '?');
    }
    if (text->len && text->bytes[text->len - 1] != '\n')
        putchar('\n');
}

/* 0; EXIT_REFUSED: there is none; EXIT_WRONG after saying why. */
static int
print_file(const char *folder, const char *name)
{
    char path[PATH_MAX];
    struct text text = {0};
    struct problem why = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (access(path, R_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return EXIT_REFUSED;
    bool is_good = file_read(path, MOST_BYTES, &text, &why);
    if (is_good)
        print_plainly(&text);
    else
        program_complain("%s; please run this as the user who runs the kiosk, "
                         "or with sudo",
                         why.text);
    text_destroy(&text);
    return is_good ? 0 : EXIT_WRONG;
}

int
run_log(const struct program *p)
{
    (void) p;
    char state[PATH_MAX];
    const char *folder = folders_state_to_read(state, sizeof state);
    int older = print_file(folder, LOG_RING_OLDER);
    if (older == EXIT_WRONG)
        return older;
    int newer = print_file(folder, LOG_RING_NEWER);
    if (newer != EXIT_REFUSED || older == 0)
        return newer == EXIT_REFUSED ? older : newer;
    program_complain("No log is kept on this machine: there is no %s in %s, "
                     "where the service keeps it",
                     LOG_RING_NEWER, folder);
    return EXIT_REFUSED;
}
