#include "hub/web_files.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/text.h"
#include "io/file.h"

#define INSTALLED "/usr/share/staffroom"
#define FILES_MOST 256

static const struct {
    const char *ending, *type;
} types[] = {
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".ttf", "font/ttf"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
};

static bool
use(const char *assets, char *out, size_t size)
{
    int len = snprintf(out, size, "%s/web", assets);
    return len > 0 && (size_t) len < size && access(out, R_OK | X_OK) == 0;
}

bool
web_files_folder(char *out, size_t size)
{
    const char *named = getenv("STAFFROOM_ASSETS");
    if (named && *named)
        return use(named, out, size);
    char self[PATH_MAX], tree[PATH_MAX + 32];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len > 0) {
        self[len] = '\0';
        // build/VARIANT/staffroom-hub: the tree is two folders up.
        snprintf(tree, sizeof tree, "%s/../../assets", dirname(self));
        if (use(tree, out, size))
            return true;
    }
    return use(INSTALLED, out, size);
}

static const char *
type_of(const char *name)
{
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++)
        if (strcmp(ending, types[i].ending) == 0)
            return types[i].type;
    return NULL;
}

static bool
take_file(struct web_files *w, const char *folder, const char *name,
          struct problem *why)
{
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (len < 0 || (size_t) len >= sizeof path)
        return true;
    struct stat is;
    if (stat(path, &is) != 0 || !S_ISREG(is.st_mode))
        return true;
    struct text bytes = {0};
    if (!file_read(path, WEB_FILE_MOST_BYTES, &bytes, why))
        return false;
    struct web_file *f = &w->files[w->count++];
    f->name = arena_copy(&w->arena, name, strlen(name));
    f->type = type_of(name);
    f->bytes = arena_copy(&w->arena, text_string(&bytes), bytes.len);
    f->len = bytes.len;
    f->etag = arena_format(&w->arena, "\"%016" PRIx64 "\"",
                           hash_more(HASH_START, f->bytes, f->len));
    text_destroy(&bytes);
    return true;
}

static bool
is_wanted(const char *type, bool photos_only)
{
    return type && (!photos_only || strcmp(type, "image/png") == 0 ||
                    strcmp(type, "image/jpeg") == 0);
}

static bool
read_folder(struct web_files *w, const char *folder, bool photos_only,
            struct problem *why)
{
    *w = (struct web_files){0};
    DIR *open = opendir(folder);
    if (!open && photos_only && errno == ENOENT)
        return true;
    if (!open) {
        problem_set(why, 0, 0, "The folder %.150s cannot be read", folder);
        return false;
    }
    w->files = arena_array(&w->arena, FILES_MOST, sizeof *w->files);
    bool is_good = true;
    const struct dirent *entry;
    while (is_good && w->count < FILES_MOST && (entry = readdir(open)))
        if (entry->d_name[0] != '.' &&
            is_wanted(type_of(entry->d_name), photos_only))
            is_good = take_file(w, folder, entry->d_name, why);
    closedir(open);
    return is_good;
}

bool
web_files_read(struct web_files *w, const char *folder, struct problem *why)
{
    return read_folder(w, folder, false, why);
}

bool
web_files_read_photos(struct web_files *w, const char *folder,
                      struct problem *why)
{
    return read_folder(w, folder, true, why);
}

void
web_files_destroy(struct web_files *w)
{
    arena_destroy(&w->arena);
    *w = (struct web_files){0};
}

void
web_files_answer(const struct web_files *w, const char *name,
                 const struct http_request *r, struct http_answer *a)
{
    const struct web_file *f = NULL;
    for (size_t i = 0; i < w->count && !f; i++)
        if (strcmp(w->files[i].name, name) == 0)
            f = &w->files[i];
    if (!f) {
        http_answer_problem(a, 404, "There is no such file",
                            "It does not belong to this version of the hub.");
        return;
    }
    http_answer_header(a, "ETag", f->etag);
    http_answer_header(a, "Cache-Control", "public, max-age=3600");
    if (http_etag_is_among(r->header(r, "If-None-Match"), f->etag)) {
        a->status = 304;
        return;
    }
    a->status = 200;
    a->type = f->type;
    a->kept = f->bytes;
    a->kept_len = f->len;
}
