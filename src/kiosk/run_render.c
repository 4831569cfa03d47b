#include <stdio.h>

#include "base/hash.h"
#include "base/log.h"
#include "io/file.h"
#include "kiosk/program.h"
#include "kiosk/still.h"
#include "sdl/canvas.h"
#include "sdl/photos.h"
#include "sdl/picture.h"

#define PHOTO_BUDGET_BYTES ((size_t) 64 * 1024 * 1024)
#define SIDE_MOST 4096

/* The slide's photo, if it names one: had and decoded now. */
static void
take_photo(struct still *s, const struct program *p, const struct item *item,
           struct photos *photos)
{
    uint64_t key = hash_string(item->image);
    if (!*item->image || photos_find(photos, key))
        return;
    struct text bytes = {0};
    struct problem why = {0};
    struct photo photo = {0};
    int w, h;
    theme_photo_size(&s->theme, &w, &h);
    int most = p->options.max_texture ? p->options.max_texture : SIDE_MOST;
    if (load_picture(&s->loaded, &p->config, item->image, PHOTO_MAX_BYTES,
                     &bytes, &why) &&
        photo_decode((const unsigned char *) text_string(&bytes), bytes.len, w,
                     h, most, &photo, &why)) {
        photos_give(photos, key, &photo);
    } else {
        log_warning("the picture of \"%s\" is left out: %s", item->id,
                    why.text);
        still_lose_photo(s, key);
    }
    text_destroy(&bytes);
}

static bool
render_page(struct still *s, const struct program *p, struct canvas *canvas,
            const char *name, int number, int page, int page_count)
{
    SDL_Surface *picture = picture_new(p->options.size_w, p->options.size_h);
    canvas_paint(canvas, picture, &s->list,
                 (struct rect){0, 0, s->list.w, s->list.h}, p->rotate);
    const char *path =
        page_count > 1 ? arena_format(&s->frame, "%s/%02d-%s-%d.png",
                                      p->options.folder, number, name, page + 1)
                       : arena_format(&s->frame, "%s/%02d-%s.png",
                                      p->options.folder, number, name);
    struct problem why = {0};
    bool is_good = picture_save(picture, path, &why);
    picture_free(picture);
    if (is_good)
        printf("%s\n", path);
    else
        program_complain("%s", why.text);
    fflush(stdout);
    return is_good;
}

static bool
render_all(struct still *s, const struct program *p, struct canvas *canvas,
           struct photos *photos)
{
    int number = 1;
    if (s->order.count == 0) {
        still_draw(s, 0, 0);
        return render_page(s, p, canvas, "notice", number, 0, 1);
    }
    for (int i = 0; i < s->order.count; i++) {
        const struct slide *slide = &s->order.slides[i];
        take_photo(s, p, slide->items[0], photos);
        int page_count = 1;
        for (int page = 0; page < page_count; page++, number++) {
            page_count = still_draw(s, i, page).page_count;
            if (!render_page(s, p, canvas, slide->name, number, page,
                             page_count))
                return false;
        }
    }
    return true;
}

int
run_render(const struct program *p)
{
    struct problem why = {0};
    if (!folder_make(p->options.folder, &why)) {
        program_complain("%s", why.text);
        return EXIT_WRONG;
    }
    struct still s;
    int status = still_init(&s, p);
    if (status == 0) {
        struct photos *photos = photos_new(PHOTO_BUDGET_BYTES);
        struct canvas *canvas = canvas_new(s.fonts, photos);
        if (!render_all(&s, p, canvas, photos))
            status = EXIT_WRONG;
        canvas_free(canvas);
        photos_free(photos);
    }
    still_destroy(&s);
    return status;
}
