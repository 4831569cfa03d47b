#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/feed_json.h"
#include "hub/preview_part.h"

#define NOTICE "notice" // what --render draws when there is no slide
#define PAGES_MOST 50
#define NAME_MOST 40
#define HEAD_BYTES 24 // of a PNG: signature, and IHDR up to its height

/* ---- --list ------------------------------------------------------------- */

static const char *
copy_text(struct arena *a, const struct json *object, const char *name)
{
    const char *text = json_get_text(object, name);
    return text ? arena_copy(a, text, strlen(text)) : "";
}

static int
count_parts(const struct json *list)
{
    int count = 0;
    for (const struct json *j = json_first(list); j; j = json_next(j))
        count++;
    return count;
}

/* Small letters, digits and dashes, as in names of files. */
static bool
is_plain_name(const char *name)
{
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return len > 0 && len <= NAME_MOST && name[len] == '\0';
}

static bool
read_slide(struct arena *a, const char *line, size_t len,
           struct preview_slide *slide, const char **name)
{
    struct problem why;
    int64_t dwell_ms = 0, pages = 0, cap_px = 0;
    struct json *j = json_open(line, len, &why);
    *name = copy_text(a, j, "slide");
    bool is_good =
        is_plain_name(*name) &&
        json_integer(json_get(j, "dwell_ms"), 0, 3600000, &dwell_ms) &&
        json_integer(json_get(j, "pages"), 1, PAGES_MOST, &pages) &&
        json_integer(json_get(j, "cap_px"), 0, 10000, &cap_px);
    *slide = (struct preview_slide){
        .kind = copy_text(a, j, "kind"),
        .title = copy_text(a, j, "title"),
        .item_count = count_parts(json_get(j, "ids")),
        .dwell_ms = (int) dwell_ms,
        .page_count = (int) pages,
        .cap_px = (int) cap_px,
    };
    json_close(j);
    return is_good;
}

bool
preview_read_list(struct arena *a, const struct text *said,
                  const struct preview_slide **slides, int *count,
                  const char *const **names, struct problem *why)
{
    struct preview_slide *list =
        arena_array(a, PREVIEW_SLIDES_MOST, sizeof *list);
    const char **name = arena_array(a, PREVIEW_SLIDES_MOST, sizeof *name);
    const char *at = text_string(said);
    *count = 0;
    while (*at) {
        size_t len = strcspn(at, "\n");
        if (*count == PREVIEW_SLIDES_MOST ||
            !read_slide(a, at, len, &list[*count], &name[*count])) {
            problem_set(why, 0, 0, "its list of slides cannot be understood");
            return false;
        }
        (*count)++;
        at += len + (at[len] == '\n');
    }
    *slides = list;
    *names = name;
    return true;
}

/* ---- --check ------------------------------------------------------------ */

/* A line of run_check.c: slide "idea": some text has no room even on several
   pages at 1920x1080 and is left out; shorten it */
bool
preview_says_cut(const struct text *said)
{
    return strstr(text_string(said), "some text has no room") != NULL;
}

/* ---- --render ----------------------------------------------------------- */

/* Where we are while its lines are read: slides come in order, pages too. */
struct reading {
    struct arena *arena;
    const struct preview_slide *slides;
    const char *const *names;
    int slide_count;
    struct preview_picture *pictures;
    int picture_count;
    bool was_only; // the last one was its slide's only page
};

/* An only page has no number. */
static bool
is_page(struct reading *r, const char *rest, int slide, int page)
{
    if (slide >= r->slide_count)
        return false;
    const char *name = r->names[slide];
    r->was_only =
        page == 0 && strcmp(rest, arena_format(r->arena, "%s.png", name)) == 0;
    return r->was_only || strcmp(rest, arena_format(r->arena, "%s-%d.png", name,
                                                    page + 1)) == 0;
}

/* "out/03-idea-2.png": the second page of "idea", or "idea-2"? What was before
   it says. */
static bool
place_picture(struct reading *r, const char *name)
{
    const char *number =
        arena_format(r->arena, PREVIEW_OUT "/%02d-", r->picture_count + 1);
    size_t len = strlen(number);
    struct preview_picture *next = &r->pictures[r->picture_count];
    if (r->picture_count == PREVIEW_PICTURES_MOST ||
        strncmp(name, number, len) != 0)
        return false;
    *next = (struct preview_picture){0};
    if (r->picture_count > 0) {
        bool is_new = r->was_only || !is_page(r, name + len, next[-1].slide,
                                              next[-1].page + 1);
        *next = (struct preview_picture){next[-1].slide + is_new,
                                         is_new ? 0 : next[-1].page + 1};
    }
    if (!is_page(r, name + len, next->slide, next->page))
        return false;
    r->picture_count++;
    return true;
}

static int
read_number(const unsigned char *b)
{
    return b[0] || b[1] ? -1 : b[2] << 8 | b[3];
}

/* PNG (ISO/IEC 15948) §5.2 and §11.2.2. A link or a pipe is no picture. */
static bool
is_good_picture(const char *path, const struct preview_shape_row *shape,
                size_t *bytes)
{
    static const unsigned char begin[16] = {0x89, 'P',  'N', 'G', '\r', '\n',
                                            0x1a, '\n', 0,   0,   0,    13,
                                            'I',  'H',  'D', 'R'};
    unsigned char head[HEAD_BYTES];
    struct stat is;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool is_good = fstat(fd, &is) == 0 && S_ISREG(is.st_mode) &&
                   is.st_size <= (off_t) PREVIEW_PICTURE_BYTES_MOST &&
                   read(fd, head, sizeof head) == (ssize_t) sizeof head &&
                   memcmp(head, begin, sizeof begin) == 0 &&
                   read_number(head + 16) == shape->w &&
                   read_number(head + 20) == shape->h;
    close(fd);
    if (is_good)
        *bytes += (size_t) is.st_size;
    return is_good;
}

/* `name` is one we have worked out ourselves by now. */
static bool
take_picture(struct reading *r, const char *folder, const char *name,
             const struct preview_shape_row *shape, size_t *bytes)
{
    char from[PATH_MAX], to[PATH_MAX];
    if (!place_picture(r, name))
        return false;
    int len = snprintf(from, sizeof from, "%s/%s", folder, name);
    int to_len = snprintf(to, sizeof to, "%s/%d.png", folder, r->picture_count);
    return len > 0 && (size_t) len < sizeof from && to_len > 0 &&
           (size_t) to_len < sizeof to && is_good_picture(from, shape, bytes) &&
           rename(from, to) == 0;
}

bool
preview_take_pictures(struct arena *a, const struct text *said,
                      const char *folder, const struct preview_shape_row *shape,
                      const char *const *names, struct preview_drawing *d,
                      size_t *bytes, struct problem *why)
{
    static const struct preview_slide nothing_up = {
        .kind = "", .title = "", .page_count = 1};
    static const char *const notice[] = {NOTICE};
    struct reading r = {
        .arena = a,
        .slides = d->slide_count ? d->slides : &nothing_up,
        .names = d->slide_count ? names : notice,
        .slide_count = d->slide_count ? d->slide_count : 1,
        .pictures =
            arena_array(a, PREVIEW_PICTURES_MOST + 1, sizeof *r.pictures),
    };
    const char *at = text_string(said);
    bool is_good = true;
    while (*at && is_good) {
        size_t len = strcspn(at, "\n");
        is_good =
            take_picture(&r, folder, arena_copy(a, at, len), shape, bytes);
        at += len + (at[len] == '\n');
    }
    bool is_whole = is_good && r.picture_count > 0 &&
                    *bytes <= PREVIEW_BYTES_MOST &&
                    r.pictures[r.picture_count - 1].slide == r.slide_count - 1;
    if (!is_whole) {
        problem_set(why, 0, 0, "its pictures are not what was asked for");
        return false;
    }
    d->slides = r.slides;
    d->slide_count = r.slide_count;
    d->pictures = r.pictures;
    d->picture_count = r.picture_count;
    return true;
}
