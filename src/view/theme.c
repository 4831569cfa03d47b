#include "view/theme.h"

#include <math.h>

// 22 and 16 minutes of arc: what ISO 9241-303 calls comfortable and readable.
#define READ_DISTANCE_PER_CAP 156.0
#define SECOND_DISTANCE_PER_CAP 215.0

#define DIAGONAL_IN 43.0
#define DISTANCE_M 3.0
#define NEAR_DIAGONAL_IN 16.0 // smaller panels are stood right in front of
#define NEAR_DISTANCE_M 0.8

/* What was drawn by hand, at the size it was drawn for. */
struct design {
    float w, h;
    float margin, header_top, header_h, content_top, footer_h, footer_bottom;
    float title, clock, date, kicker, button;
    float sentence_max, text_max, detail_max;
    float radius, gap;
};

static const struct design designs[] = {
    [LAYOUT_WIDE] = {1920, 1080, 80, 44, 64, 146, 88, 40, 34, 52, 34, 40, 36,
                     138, 72, 50, 24, 24},
    [LAYOUT_TALL] = {720, 1280, 36, 24, 56, 100, 76, 30, 23, 36, 23, 32, 30, 92,
                     52, 36, 18, 18},
    [LAYOUT_SMALL] = {800, 480, 24, 12, 36, 54, 52, 14, 20, 26, 20, 24, 21, 64,
                      34, 24, 12, 12},
};

static enum layout
layout_for(int w, int h)
{
    double shape = (double) w / h;
    if (shape <= 0.75)
        return LAYOUT_TALL;
    if (w < 900)
        return LAYOUT_SMALL;
    return shape >= 1.1 ? LAYOUT_WIDE : LAYOUT_TALL;
}

static float
smaller(float a, float b)
{
    return a < b ? a : b;
}

int
theme_px(const struct theme *t, float design_px)
{
    int px = (int) lroundf(design_px * t->unit);
    return px > 0 ? px : 1;
}

int
theme_mm(const struct theme *t, float mm)
{
    return t->is_size_known ? (int) ceilf(mm * t->px_per_mm - 0.01f) : 0;
}

static void
place_bands(struct theme *t, const struct design *d)
{
    t->margin = theme_px(t, d->margin);
    int inner = t->w - 2 * t->margin;
    t->header = (struct rect){t->margin, theme_px(t, d->header_top), inner,
                              theme_px(t, d->header_h)};
    int footer_h = theme_px(t, d->footer_h);
    if (t->has_touch && footer_h < t->touch_px)
        footer_h = t->touch_px; // thumbs do not shrink with the panel
    t->footer = (struct rect){t->margin,
                              t->h - theme_px(t, d->footer_bottom) - footer_h,
                              inner, footer_h};
    int top = theme_px(t, d->content_top);
    int bottom = t->footer.y - theme_px(t, d->gap);
    int h = bottom > top ? bottom - top : 1;
    t->content = (struct rect){t->margin, top, inner, h};
}

void
theme_make(struct theme *t, const struct panel *panel,
           const struct ruler *ruler)
{
    enum layout layout = layout_for(panel->w, panel->h);
    const struct design *d = &designs[layout];
    double diagonal_in =
        panel->diagonal_in > 0 ? panel->diagonal_in : DIAGONAL_IN;
    double distance_m = panel->distance_m > 0            ? panel->distance_m
                        : diagonal_in < NEAR_DIAGONAL_IN ? NEAR_DISTANCE_M
                                                         : DISTANCE_M;
    double px_per_mm = hypot(panel->w, panel->h) / (diagonal_in * 25.4);
    double read_cap_px = distance_m * 1000 / READ_DISTANCE_PER_CAP * px_per_mm;
    // A phone cannot be read from the far end of a hall: then as large as
    // leaves room for a sentence.
    double side = panel->w < panel->h ? panel->w : panel->h;
    if (read_cap_px > side / 8)
        read_cap_px = side / 8;

    *t = (struct theme){
        .layout = layout,
        .w = panel->w,
        .h = panel->h,
        .has_touch = panel->has_touch,
        .unit = smaller((float) panel->w / d->w, (float) panel->h / d->h),
        .px_per_mm = (float) px_per_mm,
        .is_size_known = panel->diagonal_in > 0,
        .read_cap_px = (float) read_cap_px,
        .second_cap_px = (float) (read_cap_px * READ_DISTANCE_PER_CAP /
                                  SECOND_DISTANCE_PER_CAP),
        .touch_px = (int) ceil(12 * px_per_mm),
        .hand = panel->has_handwriting ? FONT_HAND : FONT_STRONG,
        .ruler = ruler,
    };
    t->title_px = theme_px(t, d->title);
    t->clock_px = theme_px(t, d->clock);
    t->date_px = theme_px(t, d->date);
    t->kicker_px = theme_px(t, d->kicker);
    t->button_px = theme_px(t, d->button);
    // Letters may grow into the height that a squarer panel has over.
    float type = layout == LAYOUT_WIDE
                     ? smaller((float) panel->h / d->h,
                               (float) panel->w / (d->w * 3 / 4))
                     : t->unit;
    t->type = type > t->unit ? type : t->unit;
    t->sentence_max_px = (int) lroundf(d->sentence_max * t->type);
    t->text_max_px = (int) lroundf(d->text_max * t->type);
    t->detail_max_px = (int) lroundf(d->detail_max * t->type);
    t->radius = theme_px(t, d->radius);
    t->postit_radius = theme_px(t, 4 * d->radius / 24);
    t->gap = theme_px(t, d->gap);
    place_bands(t, d);
}

int
theme_size_for_cap(const struct theme *t, enum font font, float cap_px)
{
    float cap = t->ruler->shape(t->ruler->data, font).cap;
    return (int) ceilf(cap_px / cap - 0.01f);
}

int
theme_read_px(const struct theme *t, enum font font)
{
    return theme_size_for_cap(t, font, t->read_cap_px);
}

int
theme_second_px(const struct theme *t, enum font font)
{
    return theme_size_for_cap(t, font, t->second_cap_px);
}

void
theme_photo_size(const struct theme *t, int *w, int *h)
{
    if (t->layout == LAYOUT_TALL) {
        *w = t->content.w;
        *h = t->content.h * 2 / 7;
    } else {
        *w = t->content.w * 4 / 11;
        *h = t->content.h * 6 / 11;
    }
}
