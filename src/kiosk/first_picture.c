#include "kiosk/first_picture.h"

#include <limits.h>

#include "core/screen_hours.h"
#include "kiosk/folders.h"

// The worker's first news is from the disk: worth a moment, so that the first
// picture is the board and not an apology. A card that was just switched on has
// been seen to take a few tenths of a second.
#define FIRST_NEWS_MS 1000

static bool
open_fonts(struct kiosk *k, const char *folder)
{
    struct problem why = {0};
    k->fonts = fonts_open(folder, &why);
    if (!k->fonts)
        program_complain("%s", why.text);
    return k->fonts != NULL;
}

static void
start_worker(struct kiosk *k)
{
    char cache[PATH_MAX], state[PATH_MAX];
    const char *state_folder = folders_state(state, sizeof state);
    int w, h, photo_side = k->program->options.max_texture;
    glass_size(k->glass, &w, &h);
    int longest = w > h ? w : h;
    if (photo_side == 0 || photo_side > 2 * longest)
        photo_side = 2 * longest;
    if (notify_is_asked(&k->service.notify))
        folders_warn_of_loss(state_folder);
    k->worker = worker_start(&(struct worker_settings){
        .feed = k->program->feed,
        .config = &k->program->config,
        .cache_folder = *k->program->config.cache
                            ? k->program->config.cache
                            : folders_cache(cache, sizeof cache),
        .state_folder = state_folder,
        .clock = &k->program->clock,
        .screen_w = w,
        .screen_h = h,
        .photo_w = k->wanted.w,
        .photo_h = k->wanted.h,
        .photo_most_bytes = PHOTO_MAX_BYTES,
        .photo_side_most = photo_side,
        .wake = pump_wake,
        .wake_data = &k->pump,
        .decode = wanted_photos_decode,
    });
}

/* A screen that has hours may have to stay dark. */
static bool
may_be_seen(const struct kiosk *k, struct now now)
{
    const struct screen_hours *hours = &k->program->config.screen_hours;
    const struct screen_moment moment = {
        .now = now,
        .zone = k->show.board->zone,
        .awake_until_ms = SCREEN_FIRST_MS,
    };
    return !screen_hours_are_set(hours) ||
           k->program->config.power == POWER_NONE ||
           screen_hours_plan(hours, k->show.board, &moment).light != SCREEN_OFF;
}

/* Where there is a board: what is said without one changes as it is looked
   for. */
static void
show_board(struct kiosk *k)
{
    enum show_change change;
    struct rect part;
    worker_await_news(k->worker, FIRST_NEWS_MS);
    kiosk_take_news(k);
    if (!k->show.board)
        return;
    show_tick(&k->show, kiosk_clock(k), &change, &part);
    painter_paint_ahead(&k->painter, show_list(&k->show));
    if (may_be_seen(k, kiosk_clock(k)))
        glass_show_unlit(k->glass);
}

bool
first_picture_show(struct kiosk *k, const char *fonts,
                   const struct panel *panel)
{
    const struct program *p = k->program;
    if (!open_fonts(k, fonts))
        return false;
    k->ruler = text_ruler(k->fonts);
    k->photos = photos_new(WANTED_PHOTOS_BYTES);
    k->canvas = canvas_new(k->fonts, k->photos);
    painter_open(&k->painter, p, k->glass, k->canvas);
    show_init(&k->show, panel, &k->ruler, &p->config, kiosk_clock(k));
    theme_photo_size(&k->show.theme, &k->wanted.w, &k->wanted.h);
    setup_begin(&k->setup, p, notify_is_asked(&k->service.notify));
    if (!k->setup.is_for_settings) {
        start_worker(k);
        show_board(k);
    }
    return true;
}
