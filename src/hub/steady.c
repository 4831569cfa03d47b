#include "hub/steady.h"

#define WOBBLE_S 60 // what setting a clock right may take off it

void
steady_init(struct steady *s, int64_t known_s, const struct now *now)
{
    *s = (struct steady){
        .known_s = known_s > 0 ? known_s : now->wall_s,
        .known_mono_ms = now->mono_ms,
    };
}

static void
look(struct steady *s, const struct now *now)
{
    int64_t offset_s = now->wall_s - now->mono_ms / 1000;
    int64_t moved_s = offset_s - s->offset_s;
    if (!s->has_looked || moved_s > WOBBLE_S || moved_s < -WOBBLE_S)
        s->since_mono_ms = now->mono_ms;
    s->offset_s = offset_s;
    s->has_looked = true;
}

bool
steady_is_believed(struct steady *s, const struct now *now)
{
    look(s, now);
    int64_t expected_s = s->known_s + (now->mono_ms - s->known_mono_ms) / 1000;
    int64_t jump_s = now->wall_s - expected_s;
    int64_t lasts_ms = now->mono_ms - s->since_mono_ms;
    int64_t wanted_ms = 0;
    if (jump_s > STEADY_LONG_JUMP_S)
        wanted_ms = STEADY_AFTER_LONG_MS;
    else if (jump_s > STEADY_JUMP_S || jump_s < -STEADY_JUMP_S)
        wanted_ms = STEADY_AFTER_MS;
    if (lasts_ms >= wanted_ms) {
        s->known_s = now->wall_s;
        s->known_mono_ms = now->mono_ms;
    }
    return lasts_ms >= wanted_ms;
}
