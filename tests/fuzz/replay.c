/*
 * Gives a fuzzer's one function every file named on the command line, folders
 * one level deep, and the empty input; then each file cut short in a few
 * places. This is how `make check` uses the corpora, with gcc's sanitizers and
 * without libFuzzer. One input may take ten seconds, then SIGALRM ends it.
 */
#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_BYTES ((size_t) 4 * 1024 * 1024)

/* Exactly as long as the input, so that reading one byte too far is seen. */
static void
try_input(const unsigned char *bytes, size_t len)
{
    uint8_t *exact = malloc(len > 0 ? len : 1);
    if (!exact)
        abort();
    if (len > 0)
        memcpy(exact, bytes, len);
    alarm(10);
    LLVMFuzzerTestOneInput(exact, len);
    alarm(0);
    free(exact);
}

static int
replay_file(const char *path)
{
    unsigned char *bytes = malloc(MOST_BYTES);
    FILE *f = fopen(path, "rb");
    if (!f || !bytes) {
        perror(path);
        exit(1);
    }
    size_t len = fread(bytes, 1, MOST_BYTES, f);
    fclose(f);
    // Named first, so that the log of a crash says which one it was.
    printf("%s\n", path);
    fflush(stdout);
    try_input(bytes, len);
    if (len > 8) {
        try_input(bytes, len - 1);
        try_input(bytes, len / 2);
        try_input(bytes, len / 7);
    }
    free(bytes);
    return 1;
}

static int
replay_folder(const char *path)
{
    DIR *folder = opendir(path);
    int count = 0;
    if (!folder) {
        perror(path);
        exit(1);
    }
    for (struct dirent *e; (e = readdir(folder)) != NULL;) {
        char inside[PATH_MAX];
        struct stat st;
        int n = snprintf(inside, sizeof(inside), "%s/%s", path, e->d_name);
        if (n > 0 && (size_t) n < sizeof(inside) && !stat(inside, &st) &&
            S_ISREG(st.st_mode))
            count += replay_file(inside);
    }
    closedir(folder);
    return count;
}

int
main(int argc, char **argv)
{
    int count = 0;
    try_input((const unsigned char *) "", 0);
    for (int i = 1; i < argc; i++) {
        struct stat st;
        bool is_folder = !stat(argv[i], &st) && S_ISDIR(st.st_mode);
        count += is_folder ? replay_folder(argv[i]) : replay_file(argv[i]);
    }
    printf("%d inputs\n", count);
    return count > 0 ? 0 : 1; // a corpus that went missing is no success
}
