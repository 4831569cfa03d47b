#include "view/slides.h"

#include <string.h>

#include "view/palette.h"
#include "view/qr_card.h"
#include "view/wall.h"

#define SCHOOLS_COUNTED 64

/* How many schools it comes from; "many" is enough. */
static int
count_schools(const struct slide *slide)
{
    const char *schools[SCHOOLS_COUNTED];
    int count = 0;
    for (int i = 0; i < slide->item_count && count < SCHOOLS_COUNTED; i++) {
        const char *school = slide->items[i]->school;
        bool is_new = *school;
        for (int j = 0; j < count && is_new; j++)
            is_new = strcmp(schools[j], school) != 0;
        if (is_new)
            schools[count++] = school;
    }
    return count;
}

static bool
has_this_weeks(const struct sheet *s, const struct slide *slide)
{
    const struct zone *zone = s->scene->zone;
    int32_t today = local_time(zone, s->scene->now.wall_s).day;
    if (!s->scene->now.is_trusted)
        return false;
    for (int i = 0; i < slide->item_count; i++)
        if (local_time(zone, slide->items[i]->published_s).day >=
            day_monday(today))
            return true;
    return false;
}

static int
draw_heading(struct sheet *s, const struct slide *slide)
{
    const struct theme *t = s->theme;
    bool says_week = t->layout == LAYOUT_WIDE && has_this_weeks(s, slide);
    const char *kicker = says_week ? "On the board this week" : "On the board";
    struct rect line = {t->content.x, t->content.y, t->content.w,
                        t->kicker_px * 3 / 2};
    int w = sheet_line(s, kicker, FONT_HEAVY, t->kicker_px, line, ALIGN_LEFT,
                       AMBER);
    int schools = count_schools(slide);
    const char *count =
        arena_format(s->arena, "%d post-it%s", slide->item_count,
                     slide->item_count == 1 ? "" : "s");
    if (schools > 1)
        count = arena_format(s->arena, "%s from %d schools", count, schools);
    int gap = t->kicker_px * 3 / 4;
    struct rect rest = {line.x + w + gap, line.y, line.w - w - gap, line.h};
    if (rest.w > t->kicker_px * 5)
        sheet_line(s, count, FONT_TEXT, t->kicker_px * 9 / 10, rest, ALIGN_LEFT,
                   INK_SOFT);
    return line.y + line.h + t->gap * 3 / 4;
}

/* The way in for who has a phone: a card among the post-its, in the place of
   one. NULL where there is none, or where nobody is to write. */
static const struct qr *
way_in(const struct sheet *s, struct wall *wall, const char *words)
{
    const struct scene *scene = s->scene;
    const struct qr *qr = scene->hub.qr;
    int w, h;
    if (!qr || scene->hub.is_pairing || scene->is_for_visitors ||
        scene->board->is_frozen)
        return NULL;
    wall->leaves_last = true;
    wall_cell(s, wall, &w, &h);
    wall->leaves_last = qr_card_fits(s, qr, words, w, h);
    return wall->leaves_last ? qr : NULL;
}

void
slide_board_draw(struct sheet *s, const struct slide *slide, int page)
{
    const struct theme *t = s->theme;
    int top = draw_heading(s, slide);
    struct wall wall = {
        .items = slide->items,
        .count = slide->item_count,
        .area = {t->content.x, top, t->content.w,
                 t->content.y + t->content.h - top - t->gap / 2},
        .target = TARGET_POSTIT,
    };
    const char *words =
        t->has_touch ? "Or write on your phone" : "Write on your phone";
    const struct qr *qr = way_in(s, &wall, words);
    struct rect left = wall_draw(s, &wall, page);
    if (qr && !rect_is_empty(left))
        qr_card_draw(s, qr, words, left);
}
