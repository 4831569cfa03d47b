#include "sdl/display_mode.h"

#include <stdint.h>
#include <stdlib.h>

#define LONG_MOST 1920 // and 1200, not 1080: such monitors are left as they are
#define SHORT_MOST 1200
#define USUAL_HZ 60

static bool
is_small_enough(int w, int h)
{
    int long_side = w > h ? w : h, short_side = w > h ? h : w;
    return long_side <= LONG_MOST && short_side <= SHORT_MOST;
}

/* Within a hundredth: 1366 × 768 is as wide as 1920 × 1080. */
static bool
has_shape_of(struct display_mode m, struct display_mode like)
{
    int64_t across = (int64_t) m.w * like.h, down = (int64_t) m.h * like.w;
    return llabs(across - down) * 100 <= across;
}

static int
off_usual_hz(struct display_mode m)
{
    return m.hz > 0 ? abs(m.hz - USUAL_HZ) : USUAL_HZ;
}

static bool
is_better(struct display_mode a, struct display_mode b, struct display_mode now)
{
    if (has_shape_of(a, now) != has_shape_of(b, now))
        return has_shape_of(a, now);
    int64_t size_a = (int64_t) a.w * a.h, size_b = (int64_t) b.w * b.h;
    if (size_a != size_b)
        return size_a > size_b;
    return off_usual_hz(a) < off_usual_hz(b);
}

int
display_mode_pick(const struct display_mode *modes, int count,
                  struct display_mode now, int want_w, int want_h,
                  bool *is_missing)
{
    bool wants_size = want_w > 0, is_automatic = want_w == 0;
    int best = -1;
    *is_missing = false;
    if ((wants_size && now.w == want_w && now.h == want_h) ||
        (is_automatic && is_small_enough(now.w, now.h)) ||
        (!wants_size && !is_automatic))
        return -1;
    for (int i = 0; i < count; i++) {
        bool fits = wants_size ? modes[i].w == want_w && modes[i].h == want_h
                               : is_small_enough(modes[i].w, modes[i].h);
        if (fits && (best < 0 || is_better(modes[i], modes[best], now)))
            best = i;
    }
    *is_missing = wants_size && best < 0;
    return best;
}
