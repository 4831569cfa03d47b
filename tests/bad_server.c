#include "bad_server.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
fail(const char *what)
{
    fprintf(stderr, "the server for the tests: %s\n", what);
    exit(1);
}

/* Beside this file, wherever that is. */
static void
script_path(char *out, size_t size)
{
    snprintf(out, size, "%s", __FILE__);
    size_t len = strlen(out);
    if (len < 2 || len + 2 > size)
        fail("its script has no place");
    snprintf(out + len - 1, size - len + 1, "py");
}

static void
read_ports(struct bad_server *s, int fd)
{
    FILE *from = fdopen(fd, "r");
    char line[256] = "";
    if (!from || !fgets(line, sizeof line, from) ||
        sscanf(line,
               "http %d https %d expired %d early %d unknown %d misnamed %d",
               &s->http, &s->https, &s->expired, &s->early, &s->unknown,
               &s->misnamed) != 6)
        fail("it did not start; are python3 and openssl installed?");
    fclose(from);
}

void
bad_server_start(struct bad_server *s)
{
    char script[512];
    int hold[2], say[2];
    script_path(script, sizeof script);
    snprintf(s->folder, sizeof s->folder, "/tmp/staffroom-test-XXXXXX");
    if (!mkdtemp(s->folder) || pipe2(hold, O_CLOEXEC) != 0 ||
        pipe2(say, O_CLOEXEC) != 0)
        fail("no folder or no pipe");
    s->pid = fork();
    if (s->pid == 0) {
        dup2(hold[0], STDIN_FILENO);
        dup2(say[1], STDOUT_FILENO);
        unsetenv("LD_PRELOAD");
        execlp("python3", "python3", script, s->folder, (char *) NULL);
        _exit(127);
    }
    close(hold[0]);
    close(say[1]);
    s->hold = hold[1];
    read_ports(s, say[0]);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void) st, (void) type, (void) ftw;
    return remove(path);
}

void
remove_folder(const char *folder)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void
bad_server_stop(struct bad_server *s)
{
    close(s->hold);
    waitpid(s->pid, NULL, 0);
    remove_folder(s->folder);
}

static void
write_whole(const char *path, const void *bytes, size_t len)
{
    // Renamed into place: the server may be reading it just now.
    char new_path[600];
    snprintf(new_path, sizeof new_path, "%s.new", path);
    FILE *to = fopen(new_path, "w");
    if (!to || fwrite(bytes, 1, len, to) != len || fclose(to) != 0 ||
        rename(new_path, path) != 0)
        fail("a file cannot be written");
}

void
bad_server_put(const struct bad_server *s, const char *name, const void *bytes,
               size_t len)
{
    char path[512];
    snprintf(path, sizeof path, "%s/files/%s", s->folder, name);
    write_whole(path, bytes, len);
}

void
bad_server_break(const struct bad_server *s, const char *name, int status)
{
    char path[512], text[16];
    snprintf(path, sizeof path, "%s/files/%s.status", s->folder, name);
    snprintf(text, sizeof text, "%d", status);
    if (status)
        write_whole(path, text, strlen(text));
    else
        unlink(path);
}

int
bad_server_count(const struct bad_server *s, const char *start)
{
    char path[512], line[4096];
    snprintf(path, sizeof path, "%s/requests.log", s->folder);
    FILE *from = fopen(path, "r");
    int count = 0;
    while (from && fgets(line, sizeof line, from))
        count += strncmp(line, start, strlen(start)) == 0;
    if (from)
        fclose(from);
    return count;
}
