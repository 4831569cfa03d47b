#include "kiosk/worker_path.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

static const char file_scheme[] = "file://";

static bool
starts_with(const char *text, const char *start)
{
    return strncasecmp(text, start, strlen(start)) == 0;
}

bool
worker_path_is_web(const char *feed)
{
    return starts_with(feed, "http://") || starts_with(feed, "https://");
}

static int
hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Resolves %41. NULL where that gives a NUL; a lone % stays. */
static char *
decode(const char *text, size_t len)
{
    char *out = memory_take(len + 1);
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        int high = text[i] == '%' && i + 2 < len ? hex_value(text[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low < 0) {
            out[n++] = text[i];
            continue;
        }
        if (high == 0 && low == 0) {
            free(out);
            return NULL;
        }
        out[n++] = (char) (high * 16 + low);
        i += 2;
    }
    out[n] = '\0';
    return out;
}

char *
worker_path_of_feed(const char *feed)
{
    if (!starts_with(feed, file_scheme))
        return memory_copy_string(feed);
    const char *host = feed + strlen(file_scheme);
    const char *path = host + strcspn(host, "/");
    char *decoded = decode(path, strlen(path));
    return decoded ? decoded : memory_copy_string("");
}

char *
worker_path_absolute(const char *path)
{
    char *here = *path == '/' ? NULL : getcwd(NULL, 0);
    if (!here)
        return memory_copy_string(path);
    struct text whole = {0};
    text_add_format(&whole, "%s/%s", here, path);
    free(here);
    return whole.bytes;
}

/* Whether some part between slashes is "..". */
static bool
climbs(const char *path)
{
    while (*path) {
        size_t len = strcspn(path, "/");
        if (len == 2 && path[0] == '.' && path[1] == '.')
            return true;
        path += len;
        path += strspn(path, "/");
    }
    return false;
}

static size_t
folder_len(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t) (slash - path) + 1 : 0;
}

char *
worker_path_of_picture(const char *feed_path, const char *image)
{
    size_t len = strcspn(image, "?#");
    // A colon before any slash makes it an address with a scheme (RFC 3986
    // §4.2).
    if (strcspn(image, ":") < strcspn(image, "/"))
        return NULL;
    char *relative = decode(image, len);
    struct text path = {0};
    if (relative && *relative && *relative != '/' && !climbs(relative)) {
        text_add(&path, feed_path, folder_len(feed_path));
        text_add_string(&path, relative);
    }
    free(relative);
    return path.bytes;
}

bool
worker_path_is_inside(const char *feed_path, const char *picture_path)
{
    struct text folder = {0};
    text_add(&folder, feed_path, folder_len(feed_path));
    text_add_char(&folder, '.');
    char *real_folder = realpath(folder.bytes, NULL);
    char *real_picture = realpath(picture_path, NULL);
    bool inside = false;
    if (real_folder && real_picture) {
        size_t len = strlen(real_folder);
        inside = strncmp(real_picture, real_folder, len) == 0 &&
                 (real_picture[len] == '/' || strcmp(real_folder, "/") == 0);
    }
    free(real_folder);
    free(real_picture);
    text_destroy(&folder);
    return inside;
}
