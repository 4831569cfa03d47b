#include "kiosk/screen_backlight.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/file.h"

#define LOOK_EVERY_MS 60000
#define LOOKS 11 // at once, and for ten minutes
#define KEPT_FILE "brightness"
#define KEPT_MOST_BYTES 200

/* ---- its usual level ------------------------------------------------------
 */

static int
dimmed(const struct screen_backlight *b, int usual)
{
    int level = (int) ((int64_t) usual * b->night_percent / 100);
    return level > 0 ? level : 1;
}

/* "10-0045 200", of this backlight; 0: nothing. */
static int
read_kept(const struct screen_backlight *b)
{
    struct text text = {0};
    struct problem why;
    int level = 0;
    size_t len = strlen(b->light.name);
    if (file_read(b->kept_at, KEPT_MOST_BYTES, &text, &why)) {
        const char *all = text_string(&text);
        long kept = strncmp(all, b->light.name, len) == 0 && all[len] == ' '
                        ? strtol(all + len + 1, NULL, 10)
                        : 0;
        level = kept > 0 && kept <= b->light.most ? (int) kept : 0;
    }
    text_destroy(&text);
    return level;
}

/* Before it is changed: we may be killed before it is put back. */
static void
keep_usual(struct screen_backlight *b)
{
    struct text text = {0};
    struct problem why;
    if (b->kept == b->usual)
        return;
    text_add_format(&text, "%s %d\n", b->light.name, b->usual);
    if (file_write(b->kept_at, text.bytes, text.len, &why))
        b->kept = b->usual;
    text_destroy(&text);
}

/* What it is at the start may be what one of us left that was killed. */
static void
find_usual(struct screen_backlight *b)
{
    int level = backlight_read(&b->light);
    b->kept = read_kept(b);
    if (b->kept > 0 && (level <= 0 || level == dimmed(b, b->kept)))
        b->usual = b->kept;
    else
        b->usual = level > 0 ? level : b->light.most;
}

/* ---- whether there is one -------------------------------------------------
 */

/* Whether there is no sense in looking again. */
static bool
find(struct screen_backlight *b)
{
    bool is_forbidden = false;
    if (backlight_find(&b->light, b->folder, &is_forbidden))
        find_usual(b);
    return !is_forbidden || screen_backlight_is_there(b);
}

void
screen_backlight_open(struct screen_backlight *b, const char *folder,
                      const char *state_folder, int night_percent)
{
    *b = (struct screen_backlight){.folder = folder,
                                   .night_percent = night_percent};
    int len =
        snprintf(b->kept_at, sizeof b->kept_at, "%s/" KEPT_FILE, state_folder);
    if (len < 0 || (size_t) len >= sizeof b->kept_at)
        b->kept_at[0] = '\0';
    b->looks_left = find(b) ? 0 : LOOKS;
}

bool
screen_backlight_is_there(const struct screen_backlight *b)
{
    return *b->light.name != '\0';
}

bool
screen_backlight_look(struct screen_backlight *b, int64_t now_ms)
{
    if (b->looks_left == 0 || now_ms < b->look_ms)
        return false;
    b->looks_left = find(b) ? 0 : b->looks_left - 1;
    b->look_ms = now_ms + LOOK_EVERY_MS;
    return b->looks_left == 0;
}

int64_t
screen_backlight_due_ms(const struct screen_backlight *b)
{
    return b->looks_left > 0 ? b->look_ms : INT64_MAX;
}

/* ---- setting it -----------------------------------------------------------
 */

bool
screen_backlight_set(struct screen_backlight *b, enum screen_light light,
                     bool is_way, struct problem *why)
{
    if (!screen_backlight_is_there(b))
        return true;
    int level = backlight_read(&b->light), wanted = b->usual;
    if (b->is_usual && level > 0)
        b->usual = wanted = level;
    if (light == SCREEN_DIMMED)
        wanted = dimmed(b, b->usual);
    else if (light == SCREEN_OFF)
        wanted = is_way ? 0 : level;
    if (wanted != b->usual)
        keep_usual(b);
    b->is_missed = level != wanted && !backlight_write(&b->light, wanted);
    b->is_usual = light == SCREEN_ON && !b->is_missed;
    if (b->is_missed)
        problem_set(why, 0, 0, "%s cannot be set (%s)", b->light.path,
                    strerror(errno));
    return !b->is_missed;
}
