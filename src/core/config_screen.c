#include <strings.h>

#include "core/config_part.h"

bool
config_screen_closed(struct screen_hours *h, const char *value,
                     struct problem *why)
{
    size_t where = 0;
    if (screen_closed_read(h, value, &where))
        return true;
    if (h->closed_count == SCREEN_CLOSED_MOST)
        problem_set(why, 0, 0, "closed may name at most %d days or weeks",
                    SCREEN_CLOSED_MOST);
    else
        problem_set(why, 0, 0,
                    "closed must be days such as 2027-05-03, or from one to "
                    "another as 2026-12-21..2027-01-04, with commas between "
                    "several; this part is not: \"%s\"",
                    value + where);
    return false;
}

bool
config_screen_power(enum power_way *out, const char *value, struct problem *why)
{
    static const char *const names[] = {
        [POWER_AUTO] = "auto",           [POWER_DPMS] = "dpms",
        [POWER_BACKLIGHT] = "backlight", [POWER_CEC] = "cec",
        [POWER_BLACK] = "black",         [POWER_NONE] = "none",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcasecmp(value, names[i]) == 0) {
            *out = (enum power_way) i;
            return true;
        }
    }
    problem_set(why, 0, 0,
                "power must be auto, dpms, backlight, cec, black or none, not "
                "\"%s\"",
                value);
    return false;
}
