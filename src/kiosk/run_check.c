#include <stdio.h>

#include "kiosk/program.h"
#include "kiosk/still.h"

/* What its author should know about how it will look. */
static void
print_long_items(struct still *s)
{
    for (int i = 0; i < s->order.count; i++) {
        const struct slide *slide = &s->order.slides[i];
        struct screen_facts facts = still_draw(s, i, 0);
        bool is_cut = facts.is_cut;
        for (int page = 1; page < facts.page_count; page++)
            is_cut = still_draw(s, i, page).is_cut || is_cut;
        if (is_cut)
            printf("slide \"%s\": some text has no room even on several "
                   "pages at %dx%d and is left out; shorten it\n",
                   slide->name, s->theme.w, s->theme.h);
        else if (facts.is_split)
            printf("slide \"%s\" (item \"%s\"): too long for one page at "
                   "%dx%d, so it takes %d; shorter reads better\n",
                   slide->name, slide->items[0]->id, s->theme.w, s->theme.h,
                   facts.page_count);
    }
}

int
run_check(const struct program *p)
{
    struct still s;
    int status = still_init(&s, p);
    if (status == 0) {
        const struct board *b = s.loaded.board;
        for (int i = 0; i < b->note_count; i++)
            printf("%s\n", b->notes[i]);
        print_long_items(&s);
        printf("usable: %d item%s read, %d left out, %d slide%s at this "
               "time\n",
               b->item_count, b->item_count == 1 ? "" : "s", b->dropped_count,
               s.order.count, s.order.count == 1 ? "" : "s");
    }
    still_destroy(&s);
    return status;
}
