#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
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

/* The first letter of the text that no font here can draw; its length, or 0. */
static size_t
missing_letter(struct still *s, const char *text, size_t *at)
{
    size_t len = strlen(text);
    for (*at = 0; *at < len;) {
        size_t end = utf8_grapheme_end(text, len, *at);
        bool is_seen = (unsigned char) text[*at] > ' ';
        if (is_seen && !fonts_have(s->fonts, FONT_TEXT, text + *at, end - *at))
            return end - *at;
        *at = end;
    }
    return 0;
}

static void
print_missing_letters(struct still *s)
{
    const struct board *b = &s->board; // a calendar's words too
    for (int i = 0; i < b->item_count; i++) {
        const struct item *item = &b->items[i];
        const char *texts[] = {item->title, item->text, item->author,
                               item->place};
        size_t at = 0, len = 0;
        const char *text = "";
        for (size_t t = 0; t < 4 && len == 0; t++) {
            text = texts[t];
            len = missing_letter(s, text, &at);
        }
        if (len)
            printf("item \"%s\": no font on this machine has %.*s; on the "
                   "wall it would be a box (see the README about fonts)\n",
                   item->id, (int) len, text + at);
    }
}

/* Counted by kind: a misspelt one shows as an idea too many. */
static void
print_summary(struct still *s)
{
    static const char *const plurals[] = {
        [KIND_PURPOSE] = "purposes",     [KIND_QUESTION] = "questions",
        [KIND_IDEA] = "ideas",           [KIND_POSTIT] = "post-its",
        [KIND_MEETING] = "meetings",     [KIND_SCRAPBOOK] = "scrapbook pages",
        [KIND_IMPACT] = "impact stories"};
    static const char *const singulars[] = {
        [KIND_PURPOSE] = "purpose",    [KIND_QUESTION] = "question",
        [KIND_IDEA] = "idea",          [KIND_POSTIT] = "post-it",
        [KIND_MEETING] = "meeting",    [KIND_SCRAPBOOK] = "scrapbook page",
        [KIND_IMPACT] = "impact story"};
    const struct board *b = s->loaded.board;
    int counts[KIND_COUNT] = {0};
    for (int i = 0; i < b->item_count; i++)
        counts[b->items[i].kind]++;
    printf("usable: %d item%s read", b->item_count,
           b->item_count == 1 ? "" : "s");
    const char *before = " (";
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (counts[kind]) {
            printf("%s%d %s", before, counts[kind],
                   counts[kind] == 1 ? singulars[kind] : plurals[kind]);
            before = ", ";
        }
    printf("%s, %d left out, %d slide%s at this time\n",
           b->item_count ? ")" : "", b->dropped_count, s->order.count,
           s->order.count == 1 ? "" : "s");
}

/* When the settings say that the screen is not simply on. */
static void
print_hours(const struct program *p, const struct still *s)
{
    static const char *const lights[] = {
        [SCREEN_ON] = "on", [SCREEN_DIMMED] = "dimmed", [SCREEN_OFF] = "off"};
    const struct screen_hours *h = &p->config.screen_hours;
    if (!screen_hours_are_set(h) || p->config.power == POWER_NONE)
        return;
    struct local local = local_time(s->board.zone, s->now.wall_s);
    if (h->in_term_only && !screen_hours_know_terms(&s->board, local.day))
        printf("term = yes in the settings does nothing: this feed has no "
               "term dates%s\n",
               s->board.term_count ? " but those that are long over" : "");
    printf("by its hours a screen with these settings is %s at this time\n",
           lights[screen_hours_light(h, &s->board, local)]);
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
        print_missing_letters(&s);
        print_summary(&s);
        print_hours(p, &s);
        if (s.has_bad_calendar)
            status = EXIT_REFUSED;
    }
    still_destroy(&s);
    return status;
}
