#include <inttypes.h>
#include <string.h>

#include "core/wording.h"
#include "hub/backup.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/moderation.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/partnership_page_part.h"
#include "hub/zones.h"

#define EMPTY_TERMS 2 // rows to add more with

static struct text *
out(struct partnership_page *p)
{
    return &p->a->body;
}

/* ---- the partnership ---------------------------------------------------- */

static void
add_chosen(struct partnership_page *p, const char *zone)
{
    if (strcmp(zone, p->zone) == 0)
        html_format(out(p), "<option selected>%s</option>\n", zone);
    else
        html_format(out(p), "<option>%s</option>\n", zone);
}

static bool
is_among(const char *const *list, int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i], word) == 0)
            return true;
    return false;
}

static void
add_zones(struct partnership_page *p)
{
    const char *const *others;
    int count = zones_list(p->r->arena, &others);
    bool is_listed = is_among(zones_common, ZONES_COMMON, p->zone) ||
                     is_among(others, count, p->zone);
    html_format(out(p),
                "<div class=\"field%s\"><label for=\"zone\">Time zone</label>\n"
                "<p class=\"hint\" id=\"zone-hint\">Meetings that are on the "
                "board already keep their moment: after a change, look at "
                "their times.</p>\n",
                p->wrong_zone ? " wrong" : "");
    if (p->wrong_zone)
        html_format(out(p), "<p class=\"why\" id=\"zone-wrong\">%s</p>\n",
                    p->wrong_zone);
    html_format(out(p),
                "<select id=\"zone\" name=\"zone\" aria-describedby=\"%s\">\n",
                p->wrong_zone ? "zone-hint zone-wrong" : "zone-hint");
    if (!is_listed) // one of another machine, or an old name
        add_chosen(p, p->zone);
    html_add(out(p), "<optgroup label=\"Common\">\n");
    for (int i = 0; i < ZONES_COMMON; i++)
        add_chosen(p, zones_common[i]);
    html_add(out(p), "</optgroup>\n<optgroup label=\"All others\">\n");
    for (int i = 0; i < count; i++)
        add_chosen(p, others[i]);
    html_add(out(p), "</optgroup>\n</select></div>\n");
}

static void
add_words(struct partnership_page *p)
{
    html_add(out(p), "<fieldset><legend>About it</legend>\n");
    pages_add_field(out(p),
                    &(struct pages_field){.name = "title",
                                          .label = "Name",
                                          .hint = "At the top of every screen.",
                                          .wrong = p->wrong_title,
                                          .value = p->title,
                                          .most = PARTNERSHIP_TITLE_LETTERS,
                                          .is_required = true});
    pages_add_field(
        out(p), &(struct pages_field){.name = "home_page",
                                      .label = "Home page",
                                      .hint = "The address of your website, "
                                              "for programs that read the "
                                              "feed. It may be empty.",
                                      .wrong = p->wrong_home_page,
                                      .value = p->home_page,
                                      .type = "url"});
    pages_add_field(out(p),
                    &(struct pages_field){.name = "language",
                                          .label = "Language",
                                          .hint = "A short code: en-GB for "
                                                  "British English, cy for "
                                                  "Welsh.",
                                          .wrong = p->wrong_language,
                                          .value = p->language,
                                          .is_required = true});
    add_zones(p);
    html_add(out(p), "</fieldset>\n");
}

/* ---- schools ------------------------------------------------------------ */

/* "2 screens, 1 post-it" */
static const char *
uses_words(struct arena *a, const struct school_uses *uses)
{
    const struct {
        int count;
        const char *one, *more;
    } parts[] = {
        {uses->screens, "screen", "screens"},
        {uses->postits, "post-it", "post-its"},
        {uses->entries, "entry on the board", "entries on the board"},
    };
    const char *words = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count)
            words = arena_format(
                a, "%s%s%d %s", words, *words ? ", " : "", parts[i].count,
                parts[i].count == 1 ? parts[i].one : parts[i].more);
    return words;
}

static void
add_school(struct partnership_page *p, int i)
{
    struct arena *a = p->r->arena;
    const struct partnership_school *s = &p->schools[i];
    const char *uses = uses_words(a, &s->uses);
    const char *hint =
        *uses ? arena_format(a,
                             "It has %s, so it cannot be removed: remove or "
                             "move those first.",
                             uses)
              : NULL;
    html_format(out(p), "<input type=\"hidden\" name=\"id-%d\" value=\"%s\">\n",
                i, s->id);
    pages_add_field(out(p), &(struct pages_field){
                                .name = arena_format(a, "school-%d", i),
                                .label = arena_format(a, "School %d", i + 1),
                                .hint = hint,
                                .wrong = s->wrong,
                                .value = s->name,
                                .most = PARTNERSHIP_SCHOOL_LETTERS,
                                .is_required = true});
    if (*uses)
        return;
    html_format(out(p),
                "<div class=\"field\"><label><input type=\"checkbox\" "
                "name=\"remove\" value=\"%s\"",
                s->id);
    if (s->is_removed)
        html_add(out(p), " checked");
    html_format(out(p), "> Remove %s</label></div>\n", s->name);
}

static void
add_schools(struct partnership_page *p)
{
    html_add(out(p), "<fieldset><legend>Schools</legend>\n");
    for (int i = 0; i < p->school_count; i++)
        add_school(p, i);
    pages_add_field(out(p), &(struct pages_field){.name = "new_schools",
                                                  .label = "Schools to add",
                                                  .hint = "One on each line.",
                                                  .wrong = p->wrong_new_schools,
                                                  .value = p->new_schools,
                                                  .lines = 3});
    html_add(out(p), "</fieldset>\n");
}

/* ---- terms -------------------------------------------------------------- */

static void
add_day(struct partnership_page *p, const char *name, int i, const char *label,
        const char *value, const char *wrong)
{
    struct arena *a = p->r->arena;
    pages_add_field(out(p),
                    &(struct pages_field){
                        .name = arena_format(a, "%s-%d", name, i),
                        .label = arena_format(a, "Term %d, %s", i + 1, label),
                        .wrong = wrong,
                        .value = value,
                        .type = "date"});
}

static void
add_terms(struct partnership_page *p)
{
    int rows = p->term_count + EMPTY_TERMS;
    if (rows > PARTNERSHIP_TERMS_MOST)
        rows = PARTNERSHIP_TERMS_MOST;
    html_add(out(p),
             "<fieldset><legend>Term dates</legend>\n"
             "<p>Outside of them, Thursday\xE2\x80\x99s question stays the "
             "last one, and none is used up. Without any, it is always term. "
             "To delete a term, empty both of its days.</p>\n");
    for (int i = 0; i < rows; i++) {
        html_add(out(p), "<div class=\"pair\">\n");
        add_day(p, "from", i, "first day", p->terms[i].from, p->terms[i].wrong);
        add_day(p, "until", i, "last day", p->terms[i].until, NULL);
        html_add(out(p), "</div>\n");
    }
    html_add(out(p), "</fieldset>\n");
}

static void
add_frozen(struct partnership_page *p)
{
    html_add(out(p),
             "<fieldset><legend>Pause</legend>\n"
             "<div class=\"field\"><label><input type=\"checkbox\" "
             "name=\"frozen\" value=\"yes\" aria-describedby=\"frozen-hint\"");
    if (p->is_frozen)
        html_add(out(p), " checked");
    html_add(out(p),
             "> Take no new post-its for now</label>\n"
             "<p class=\"hint\" id=\"frozen-hint\">What is up stays up. Who "
             "wants to write one reads that the coordinator has paused new "
             "post-its. What a screen had not sent yet still comes in."
             "</p></div>\n</fieldset>\n");
}

static void
add_form(struct partnership_page *p)
{
    html_add(out(p), "<section class=\"card small\">\n");
    page_form(p->hub, p->a, "/partnership");
    html_format(out(p),
                "<input type=\"hidden\" name=\"revision\" value=\"%lld\">\n",
                (long long) p->content.revision);
    add_words(p);
    add_schools(p);
    add_terms(p);
    add_frozen(p);
    html_add(out(p), "<p class=\"buttons\"><button class=\"main\">Save</button>"
                     "</p></form>\n</section>\n");
}

/* ---- moderation --------------------------------------------------------- */

static void
add_choice(struct partnership_page *p, const char *value, bool is_chosen,
           const char *words)
{
    html_format(out(p),
                "<label><input type=\"radio\" name=\"moderation\" "
                "value=\"%s\"",
                value);
    if (is_chosen)
        html_add(out(p), " checked");
    html_format(out(p), "> %s</label>\n", words);
}

static void
add_moderation(struct partnership_page *p)
{
    bool is_on = moderation_is_on(p->hub, p->r->arena);
    html_add(out(p), "<section class=\"card small\">\n"
                     "<h2>Who reads post-its first</h2>\n");
    page_form(p->hub, p->a, "/partnership/moderation");
    html_add(out(p), "<fieldset><legend class=\"unseen\">Post-its go to other "
                     "schools</legend>\n<div class=\"field pick\">\n");
    add_choice(
        p, "on", is_on,
        "Post-its go to other schools only after somebody has read them");
    add_choice(p, "off", !is_on, "Post-its go to all schools at once");
    html_add(out(p),
             "</div>\n</fieldset>\n"
             "<p>\xE2\x80\x9C"
             "At once\xE2\x80\x9D means that what anybody "
             "writes on a screen is on the screens of all schools within a "
             "minute, and in the public feed without its name, before anybody "
             "has looked at it. You can still take it down afterwards. What "
             "waits now goes on waiting.</p>\n"
             "<p class=\"buttons\"><button>Save this choice</button></p>"
             "</form>\n</section>\n");
}

/* ---- what is kept ------------------------------------------------------- */

static void
add_backups(struct partnership_page *p)
{
    const char *problem = hub_backup_problem(p->hub);
    int64_t last_s = p->hub->backup.last_s;
    if (problem)
        html_format(
            out(p),
            "<p class=\"said bad\" role=\"alert\">The last backup "
            "failed: %s. Please tell whoever looks after the hub.</p>\n",
            problem);
    if (last_s)
        html_format(out(p),
                    "<p>The hub was last copied %s. It copies itself every "
                    "night and keeps the last %d copies.</p>\n",
                    pages_when(p->r->arena, &p->content.board, last_s,
                               pages_now(p->hub)),
                    BACKUPS_KEPT);
    else
        html_format(out(p),
                    "<p>The hub copies itself every night and keeps the last "
                    "%d copies. There is none yet.</p>\n",
                    BACKUPS_KEPT);
}

static void
add_kept(struct partnership_page *p)
{
    html_add(out(p), "<section class=\"card small\">\n"
                     "<h2>What is kept here</h2>\n");
    add_backups(p);
    html_add(out(p),
             "<p class=\"buttons\">"
             "<a class=\"button\" href=\"/export\">Export everything</a>\n"
             "<a class=\"button\" href=\"/erase\">Erase a name</a></p>\n"
             "</section>\n");
}

void
partnership_page_show(struct partnership_page *p)
{
    page_begin(p->hub, p->r, p->a,
               &(struct page){.title = "Partnership",
                              .here = "/partnership",
                              .status = p->status,
                              .has_error = p->sentence != NULL});
    if (p->sentence)
        html_format(out(p), "<p class=\"said bad\" role=\"alert\">%s</p>\n",
                    p->sentence);
    add_form(p);
    add_moderation(p);
    add_kept(p);
    page_end(p->hub, p->a);
}
