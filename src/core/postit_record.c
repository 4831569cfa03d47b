#include "core/postit_record.h"

#include "core/date.h"

const char *const postit_record_sorts[SORT_DELIGHT + 1] = {
    [SORT_IDEA] = "idea",           [SORT_ANSWER] = "answer",
    [SORT_DISCOVERY] = "discovery", [SORT_DISTURBANCE] = "disturbance",
    [SORT_DELIGHT] = "delight",
};

const char *const postit_record_colours[COLOUR_BLUE + 1] = {
    [COLOUR_YELLOW] = "yellow",
    [COLOUR_PINK] = "pink",
    [COLOUR_MINT] = "mint",
    [COLOUR_BLUE] = "blue",
};

bool
postit_record_is_moment(int64_t wall_s)
{
    // A day less at either end, so that no zone leads out of those years.
    int64_t first = ((int64_t) day_from_date(1900, 1, 1) + 1) * DAY_S;
    int64_t last = (int64_t) day_from_date(9999, 12, 31) * DAY_S;
    return wall_s >= first && wall_s < last;
}
