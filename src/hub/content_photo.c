#include "hub/content_photo.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "hub/web_files.h"
#include "io/file.h"

#define NAME_LETTERS                                                           \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."

static const struct {
    const char *ending, *begins;
} kinds[] = {
    {".jpg", "\xFF\xD8\xFF"},
    {".png", "\x89PNG\r\n\x1A\n"},
};

/* Never "." or "..", nor a hidden file. */
static bool
is_plain_name(const char *image)
{
    return *image != '.' && image[strspn(image, NAME_LETTERS)] == '\0';
}

static bool
is_picture(const char *name, const struct text *bytes)
{
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending && i < sizeof kinds / sizeof *kinds; i++) {
        size_t len = strlen(kinds[i].begins);
        if (strcmp(ending, kinds[i].ending) == 0)
            return bytes->len > len &&
                   memcmp(bytes->bytes, kinds[i].begins, len) == 0;
    }
    return false;
}

static bool
copy(struct arena *a, const char *from, const char *name, const char *data,
     struct problem *why)
{
    struct text bytes = {0};
    const char *folder = arena_format(a, "%s/" CONTENT_PHOTOS, data);
    bool ok = file_read(from, WEB_FILE_MOST_BYTES, &bytes, why);
    if (ok && !is_picture(name, &bytes)) {
        problem_set(why, 0, 0, "it is neither a JPEG (.jpg) nor a PNG (.png)");
        ok = false;
    }
    ok = ok && folder_make(folder, why) &&
         file_write(arena_format(a, "%s/%s", folder, name), bytes.bytes,
                    bytes.len, why);
    text_destroy(&bytes);
    return ok;
}

const char *
content_photo_copy(struct arena *a, const char *feed, const char *image,
                   const char *data)
{
    struct problem why = {0};
    const char *slash = strrchr(feed, '/');
    int len = slash ? (int) (slash - feed) + 1 : 0;
    if (!*image)
        return "";
    if (!is_plain_name(image))
        problem_set(&why, 0, 0, "it is not a plain file name");
    else if (copy(a, arena_format(a, "%.*s%s", len, feed, image), image, data,
                  &why))
        return arena_format(a, "/" CONTENT_PHOTOS "/%s", image);
    log_warning("a picture of the sample is left out (%s): %s", image,
                why.text);
    return "";
}
