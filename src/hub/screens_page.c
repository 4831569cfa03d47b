#include "hub/screens_page.h"

#include <stdlib.h>
#include <string.h>

#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"

#define SEEN_LATELY_S 300 // a screen speaks every minute or so
#define DISK_LEAST_MB 200

/* ---- the table ---------------------------------------------------------- */

static const char *
ago(struct arena *a, int64_t seconds)
{
    if (seconds < 60)
        return arena_format(a, "%lld s",
                            (long long) (seconds > 0 ? seconds : 0));
    return arena_format(a, "%lld min", (long long) (seconds / 60));
}

/* As people call it; else as the screen says it. */
static const char *
size_words(const char *size)
{
    static const char *const known[][2] = {
        {"1920x1080", "1080p"},
        {"1080x1920", "1080p, upright"},
        {"3840x2160", "4K"},
        {"2160x3840", "4K, upright"},
        {"720x1280", "Touch Display 2"},
        {"1280x720", "Touch Display 2"},
        {"800x480", "7-inch display"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(size, known[i][0]) == 0)
            return known[i][1];
    return size;
}

/* A mark as well as a colour, for who does not see the colour. */
static void
add_state(struct text *t, struct arena *a, const struct board *b,
          int64_t revision, const struct hub_device *d, struct now now)
{
    int64_t silent_s = now.wall_s - d->seen_s;
    if (d->seen_s == 0)
        html_add(t, "<span class=\"soft\">not seen yet</span>");
    else if (silent_s > SEEN_LATELY_S)
        html_format(t, "<strong class=\"bad\">not seen since %s</strong>",
                    pages_when(a, b, d->seen_s, now));
    else if (d->revision >= revision)
        html_format(t,
                    "<strong class=\"good\">up to date, seen %s ago</strong>",
                    ago(a, silent_s));
    else
        html_format(t, "<strong>%s, seen %s ago</strong>",
                    d->revision ? "fetching the newest" : "starting",
                    ago(a, silent_s));
}

static void
add_worries(struct text *t, const struct hub_device *d)
{
    if (d->unsent > 0)
        html_format(t, "<br>%d post-it%s not sent yet", d->unsent,
                    d->unsent == 1 ? "" : "s");
    if (strcmp(d->clock, "doubtful") == 0)
        html_add(t, "<br>its clock is not set");
    if (*d->version && d->disk_free_mb < DISK_LEAST_MB)
        html_add(t, "<br>its card is nearly full");
}

static void
add_screen(struct text *t, struct arena *a, const struct board *b,
           int64_t revision, const struct hub_device *d, struct now now,
           bool can_remove)
{
    html_format(t,
                "<tr><th scope=\"row\" dir=\"auto\">%s<span class=\"school\">"
                "<bdi>%s</bdi></span></th>\n<td>",
                d->name, b ? board_school_name(b, d->school) : d->school);
    add_state(t, a, b, revision, d, now);
    add_worries(t, d);
    html_format(t, "</td>\n<td>%s</td>\n", size_words(d->size));
    if (can_remove)
        html_format(t,
                    "<td><a class=\"button\" href=\"/screens/%lld/remove\">"
                    "Remove<span class=\"unseen\"> %s</span></a></td>\n",
                    (long long) d->number, d->name);
    html_add(t, "</tr>\n");
}

void
pages_add_screens(struct text *t, struct arena *a, const struct board *b,
                  int64_t revision, const struct hub_device *list, int count,
                  struct now now, bool can_remove)
{
    int shown = 0;
    for (int i = 0; i < count; i++) {
        if (list[i].is_revoked)
            continue;
        if (shown++ == 0)
            html_format(t,
                        "<table>\n<thead class=\"unseen\"><tr><th>Screen</th>"
                        "<th>How it is</th><th>Size</th>%s",
                        "");
        if (shown == 1 && can_remove)
            html_add(t, "<th>What to do</th>");
        if (shown == 1)
            html_add(t, "</tr></thead>\n<tbody>\n");
        add_screen(t, a, b, revision, &list[i], now, can_remove);
    }
    if (shown)
        html_add(t, "</tbody>\n</table>\n");
    else
        html_add(t, "<p class=\"soft\">No screen is paired yet. A new screen "
                    "shows eight letters: type them in here.</p>\n");
}

void
screens_page_show(struct hub *hub, const struct http_request *r,
                  const struct route_match *m, struct http_answer *a)
{
    struct text *t = &a->body;
    struct pages_board published;
    struct problem why;
    const struct hub_device *list;
    (void) m;
    (void) pages_board_open(hub, r->arena, &published, &why);
    int count = hub_store_devices(hub->store, r->arena, &list);
    page_begin(hub, r, a,
               &(struct page){.title = "Screens", .here = "/screens"});
    html_add(t, "<section class=\"card\">\n");
    if (count < 0)
        html_add(t, "<p>The hub cannot read its store just now. Load the page "
                    "again in a minute.</p>\n");
    else
        pages_add_screens(t, r->arena, published.board, published.revision,
                          list, count, pages_now(hub), true);
    html_add(t, "<p><a class=\"button main\" href=\"/screens/add\">Add a "
                "screen</a></p>\n</section>\n");
    page_end(hub, a);
    pages_board_close(&published);
}

/* ---- one less ----------------------------------------------------------- */

static bool
find_screen(struct hub *hub, struct arena *a, const char *number,
            struct hub_device *out)
{
    // 18 digits at most: {number}.
    return pages_screen(hub, a, strtoll(number, NULL, 10), out);
}

void
screens_page_ask_remove(struct hub *hub, const struct http_request *r,
                        const struct route_match *m, struct http_answer *a)
{
    struct text *t = &a->body;
    struct hub_device d;
    if (!find_screen(hub, r->arena, m->values[0], &d)) {
        page_go_back(a, "/screens", PAGE_SAID_NOTHING);
        return;
    }
    page_begin(
        hub, r, a,
        &(struct page){.title = "Remove this screen?", .here = "/screens"});
    html_format(t,
                "<div class=\"card\">\n<p><strong><bdi>%s</bdi></strong> will "
                "get nothing from here any more, deletes the board it has, and "
                "shows eight letters again. The post-its that were written on "
                "it stay here.</p>\n",
                d.name);
    page_form(hub, a, r->path);
    html_add(t, "<p class=\"buttons\"><button class=\"danger\">Remove it"
                "</button>\n<a class=\"button\" href=\"/screens\">Leave it"
                "</a></p>\n</form>\n</div>\n");
    page_end(hub, a);
}

void
screens_page_remove(struct hub *hub, const struct http_request *r,
                    const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct hub_device d;
    struct problem why = {0};
    if (!page_take_form(hub, r, a, &form))
        return;
    bool is_gone = !find_screen(hub, r->arena, m->values[0], &d) ||
                   hub_store_revoke(hub->store, d.number, hub->person.name,
                                    hub->now.wall_s, &why);
    page_go_back(a, "/screens",
                 is_gone ? PAGE_SAID_SCREEN_REMOVED : PAGE_SAID_FAILED);
}
