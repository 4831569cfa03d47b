#include <stdio.h>

#include "base/text.h"
#include "kiosk/program.h"
#include "kiosk/still.h"

/* A slide of several pages is described by its fullest page. */
static void
print_slide(struct still *s, int index)
{
    const struct slide *slide = &s->order.slides[index];
    struct screen_facts facts = still_draw(s, index, 0);
    int words = facts.words, cap_px = facts.cap_px;
    for (int page = 1; page < facts.page_count; page++) {
        struct screen_facts more = still_draw(s, index, page);
        if (more.words > words)
            words = more.words;
        if (more.cap_px < cap_px)
            cap_px = more.cap_px;
    }

    struct text line = {0};
    text_add_string(&line, "{\"slide\": ");
    text_add_json(&line, slide->name);
    text_add_string(&line, ", \"kind\": ");
    text_add_json(&line, kind_names[slide->items[0]->kind]);
    text_add_string(&line, ", \"ids\": [");
    for (int i = 0; i < slide->item_count; i++) {
        text_add_string(&line, i ? ", " : "");
        text_add_json(&line, slide->items[i]->id);
    }
    text_add_string(&line, "], \"title\": ");
    text_add_json(&line, slide->items[0]->title);
    text_add_format(&line, ", \"dwell_ms\": %d, \"pages\": %d, \"cap_px\": %d}",
                    dwell_ms(words), facts.page_count, cap_px);
    puts(text_string(&line));
    text_destroy(&line);
}

int
run_list(const struct program *p)
{
    struct still s;
    int status = still_init(&s, p);
    for (int i = 0; status == 0 && i < s.order.count; i++)
        print_slide(&s, i);
    still_destroy(&s);
    return status;
}
