#include "kiosk/still.h"

#include <limits.h>

#include "base/hash.h"
#include "core/board_meetings.h"
#include "kiosk/assets.h"
#include "kiosk/load_calendars.h"

/* --at without a zone means the feed's local time. */
static struct now
moment(const struct program *p, const struct board *board)
{
    if (p->options.at) {
        int64_t at_s = time_parse(p->options.at, board->zone);
        return (struct now){.wall_s = at_s, .is_trusted = true};
    }
    struct now now = clock_now(&p->clock);
    now.is_trusted = now.is_trusted || clock_machine_is_trusted(0);
    return now;
}

static void
take_calendars(struct still *s, const struct program *p)
{
    s->meetings =
        load_calendars(p, s->loaded.board, s->now,
                       p->options.mode == MODE_CHECK, &s->has_bad_calendar);
    s->board = *s->loaded.board;
    if (s->meetings)
        s->board =
            board_with_meetings(s->loaded.board, &s->arena, s->meetings->items,
                                s->meetings->count, p->config.school, s->now);
}

int
still_init(struct still *s, const struct program *p)
{
    struct problem why = {0};
    char fonts[PATH_MAX];
    *s = (struct still){0};
    switch (load_feed(p->feed, &p->config, clock_now(&p->clock).wall_s,
                      &s->loaded, &why)) {
    case LOAD_UNREADABLE:
        program_complain("%s", why.text);
        return EXIT_WRONG;
    case LOAD_REFUSED:
        if (why.line)
            program_complain("%s:%d:%d: %s", p->feed, why.line, why.column,
                             why.text);
        else
            program_complain("%s: %s", p->feed, why.text);
        return EXIT_REFUSED;
    case LOAD_DONE:
        break;
    }
    if (assets_path(ASSETS_FONTS, fonts, sizeof fonts, &why))
        s->fonts = fonts_open(fonts, &why);
    if (!s->fonts) {
        program_complain("%s", why.text);
        return EXIT_WRONG;
    }
    s->ruler = text_ruler(s->fonts);
    int w = p->options.size_w, h = p->options.size_h;
    bool is_turned = p->rotate == 90 || p->rotate == 270;
    struct panel panel =
        program_panel(p, is_turned ? h : w, is_turned ? w : h, 0);
    theme_make(&s->theme, &panel, &s->ruler);
    s->now = moment(p, s->loaded.board);
    take_calendars(s, p);
    if (s->has_bad_calendar && p->options.mode != MODE_CHECK)
        return EXIT_WRONG;
    running_order_make(&s->order, &s->arena, &s->board, p->config.school,
                       s->now);
    for (int i = 0; i < s->order.count; i++)
        if (*s->order.slides[i].items[0]->image)
            s->photos[s->photo_count++] =
                hash_string(s->order.slides[i].items[0]->image);
    return 0;
}

void
still_destroy(struct still *s)
{
    draw_destroy(&s->list);
    arena_destroy(&s->frame);
    arena_destroy(&s->arena);
    fonts_close(s->fonts);
    local_meetings_free(s->meetings);
    loaded_destroy(&s->loaded);
    *s = (struct still){0};
}

void
still_lose_photo(struct still *s, uint64_t key)
{
    for (int i = 0; i < s->photo_count;)
        if (s->photos[i] == key)
            s->photos[i] = s->photos[--s->photo_count];
        else
            i++;
}

struct screen_facts
still_draw(struct still *s, int slide, int page)
{
    arena_reset(&s->frame);
    struct scene scene = {
        .board = &s->board,
        .order = &s->order,
        .slide = slide,
        .page = page,
        .now = s->now,
        .photos = s->photos,
        .photo_count = s->photo_count,
        .zone = s->board.zone,
        .said = "",
        .why = "",
        .detail = "",
    };
    return screen_draw(&s->list, &s->theme, &s->frame, &scene);
}
