#include "hub/page.h"

#include <string.h>
#include <strings.h>

#include "core/board.h"
#include "hub/accounts.h"
#include "hub/html.h"
#include "hub/pages_part.h"
#include "hub/secret.h"

#define TYPE "text/html; charset=utf-8"
#define UNTITLED "Staffroom" // before anything is published
#define LANGUAGE "en-GB"     // where the feed does not say

/* ---- what was just done ------------------------------------------------- */

/*
 * The page that is gone back to hears of it by a cookie that is good for one
 * reading: an address that says "Shared" would say so again on every visit.
 */
#define SAID_COOKIE(name)                                                      \
    "staffroom-said=" name "; Max-Age=60; Path=/; HttpOnly; SameSite=Strict"

static const struct {
    const char *name, *cookie, *words;
    bool is_bad;
} sayings[] = {
#define SAY(said, name, words, is_bad)                                         \
    [said] = {name, SAID_COOKIE(name), words, is_bad}
    SAY(PAGE_SAID_SAVED, "saved", "Saved. The screens have it within a minute.",
        false),
    SAY(PAGE_SAID_SHARED, "shared",
        "Shared: it is on the screens of all schools within a minute.", false),
    SAY(PAGE_SAID_KEPT, "kept", "Kept: only its own school sees it.", false),
    SAY(PAGE_SAID_TAKEN_DOWN, "taken-down",
        "Taken down: it is deleted, here and on the screens.", false),
    SAY(PAGE_SAID_SCREEN_ADDED, "screen-added",
        "Added. The screen shows your board in a few seconds.", false),
    SAY(PAGE_SAID_SCREEN_REMOVED, "screen-removed",
        "Removed: that screen gets nothing from here any more.", false),
    SAY(PAGE_SAID_SIGNED_OUT, "signed-out", "You have signed out.", false),
    SAY(PAGE_SAID_UNDONE, "undone", "Undone.", false),
    SAY(PAGE_SAID_CODES_OFF, "codes-off",
        "From now on you sign in with your password alone, and people\xE2\x80"
        "\x99s names are not shown to you.",
        false),
    SAY(PAGE_SAID_PASSWORD, "password",
        "Your new password is good from now on. Everywhere else you are "
        "signed out.",
        false),
    SAY(PAGE_SAID_OTHERS_ENDED, "others-ended",
        "You are signed out everywhere else.", false),
    SAY(PAGE_SAID_RECOVERY_USED, "recovery-used",
        "You have signed in with a recovery code, which is used up now. If "
        "your phone is gone for good, switch codes off here and on again with "
        "the new one.",
        false),
    SAY(PAGE_SAID_JOINED, "joined",
        "Welcome. From now on you sign in with your name and this password.",
        false),
    SAY(PAGE_SAID_NEW_PASSWORD, "new-password",
        "Your new password is good from now on. Please sign in with it.",
        false),
    SAY(PAGE_SAID_ROLE, "role", "Done. They have to sign in again.", false),
    SAY(PAGE_SAID_PERSON_REMOVED, "person-removed",
        "Removed: they are signed out, and cannot sign in any more.", false),
    SAY(PAGE_SAID_WITHDRAWN, "withdrawn",
        "Withdrawn: that address opens nothing any more.", false),
    SAY(PAGE_SAID_WELCOME, "welcome",
        "Welcome. Everything is ready: now add your first screen. Switch on "
        "codes for yourself too: until then people\xE2\x80\x99s names are not "
        "shown to you, so that a stolen password does not give them away.",
        false),
    SAY(PAGE_SAID_GONE, "gone",
        "It is not there any more: it was taken down or back, or had its "
        "time.",
        true),
    SAY(PAGE_SAID_SOMEBODY_ELSE, "somebody-else",
        "Somebody else has saved meanwhile, so nothing was changed. Look at "
        "what it says now, then try again.",
        true),
    SAY(PAGE_SAID_MODERATION_ON, "moderation-on",
        "From now on post-its wait until somebody has read them.", false),
    SAY(PAGE_SAID_MODERATION_OFF, "moderation-off",
        "From now on new post-its go to all schools at once.", false),
    SAY(PAGE_SAID_ERASED, "erased",
        "Erased: here, in all earlier versions and in the hub\xE2\x80\x99s own "
        "backups.",
        false),
    SAY(PAGE_SAID_ERASED_IN_PART, "erased-in-part",
        "It is off the board and out of all earlier versions, but the "
        "hub\xE2\x80\x99s file or its backups could not be cleaned: the disk "
        "may be full. Please tell whoever looks after the hub, then finish it "
        "here.",
        true),
    SAY(PAGE_SAID_FAILED, "failed",
        "That could not be saved. Please try again in a minute.", true),
#undef SAY
};

#define SAYING_COUNT (sizeof sayings / sizeof *sayings)

static void
add_said(const struct http_request *r, struct http_answer *a)
{
    const char *said = pages_cookie(r, "staffroom-said");
    for (size_t i = 0; i < SAYING_COUNT; i++) {
        if (!sayings[i].name || strcmp(sayings[i].name, said) != 0)
            continue;
        http_answer_header(a, "Set-Cookie",
                           "staffroom-said=; Max-Age=0; Path=/; HttpOnly; "
                           "SameSite=Strict");
        if (sayings[i].is_bad)
            html_format(&a->body,
                        "<p class=\"said bad\" role=\"alert\">%s</p>\n",
                        sayings[i].words);
        else
            html_format(&a->body, "<p class=\"said\" role=\"status\">%s</p>\n",
                        sayings[i].words);
        if (i == PAGE_SAID_WELCOME)
            html_add(&a->body, "<p><a class=\"button\" "
                               "href=\"/account/codes\">Switch on codes</a>"
                               "</p>\n");
        return;
    }
}

void
page_go_back(struct http_answer *a, const char *path, enum page_said said)
{
    http_answer_go_to(a, path);
    if (said != PAGE_SAID_NOTHING)
        http_answer_header(a, "Set-Cookie", sayings[said].cookie);
}

/* ---- navigation --------------------------------------------------------- */

static const struct {
    const char *path, *words;
    bool is_for_moderators; // else coordinators only
} entries[] = {
    {"/this-week", "This week", true},
    {"/postits", "Post-its", true},
    {"/thinking-thursday", "Thinking-Thursday", false},
    {"/ideas", "Ideas", false},
    {"/meetings", "Meetings", false},
    {"/purpose", "Purpose", false},
    {"/scrapbook", "Scrapbook", false},
    {"/screens", "Screens", false},
    {"/people", "People", false},
    {"/partnership", "Partnership", false},
    {"/history", "History", false},
    {"/account", "Your account", true},
};

#define ENTRY_COUNT (sizeof entries / sizeof *entries)
#define ACCOUNT_ENTRY (ENTRY_COUNT - 1) // stands below, beside the name

static bool
is_add_screen(const char *path)
{
    size_t len = strlen(PAGE_ADD_SCREEN);
    return strncmp(path, PAGE_ADD_SCREEN, len) == 0 &&
           strspn(path + len, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 8 &&
           path[len + 8] == '\0';
}

bool
page_is_ours(const char *path)
{
    if (is_add_screen(path))
        return true;
    for (size_t i = 0; i < ENTRY_COUNT; i++)
        if (strcmp(entries[i].path, path) == 0)
            return true;
    return false;
}

static int
count_waiting(struct hub *hub)
{
    int counts[HUB_POSTIT_DOWN];
    (void) hub_store_count_postits(hub->store, "", hub->now.wall_s, counts);
    return counts[HUB_POSTIT_WAITING];
}

static void
add_entry(struct text *t, size_t i, bool is_here, int waiting)
{
    html_format(t, "<li><a href=\"%s\"", entries[i].path);
    if (is_here)
        html_add(t, " aria-current=\"page\"");
    html_format(t, ">%s", entries[i].words);
    if (waiting > 0)
        html_format(t,
                    " <span class=\"count\">%d<span class=\"unseen\"> "
                    "waiting</span></span>",
                    waiting);
    html_add(t, "</a></li>\n");
}

static void
add_navigation(struct hub *hub, struct http_answer *a, const struct page *page,
               int waiting)
{
    struct text *t = &a->body;
    html_add(t, "<nav aria-label=\"Pages\">\n<ul>\n");
    for (size_t i = 0; i < ACCOUNT_ENTRY; i++) {
        bool is_here = page->here && strcmp(page->here, entries[i].path) == 0;
        if (hub->person.is_coordinator || entries[i].is_for_moderators)
            add_entry(t, i, is_here,
                      strcmp(entries[i].path, "/postits") == 0 ? waiting : 0);
    }
    html_add(t, "</ul>\n</nav>\n<div class=\"who\">\n");
    html_format(t, "<p><bdi>%s</bdi>, %s</p>\n<ul>", hub->person.name,
                hub->person.is_coordinator ? "coordinator" : "moderator");
    bool is_account =
        page->here && strcmp(page->here, entries[ACCOUNT_ENTRY].path) == 0;
    add_entry(t, ACCOUNT_ENTRY, is_account, 0);
    html_add(t, "</ul>\n");
    page_form(hub, a, "/sign-out");
    html_add(t, "<button class=\"quiet\">Sign out</button></form>\n</div>\n");
}

/*
 * Twice: what is folded away on a phone cannot be made to stand open on a wide
 * screen in all browsers. The style sheet shows one, and screen readers too
 * know of that one only.
 */
static void
add_header(struct hub *hub, struct http_answer *a, const struct page *page,
           const char *title)
{
    struct text *t = &a->body;
    html_format(t, "<header>\n<p class=\"name\" dir=\"auto\">%s</p>\n", title);
    if (hub->person.number) {
        int waiting = count_waiting(hub);
        html_add(t, "<details class=\"narrow\"><summary>Menu</summary>\n");
        add_navigation(hub, a, page, waiting);
        html_add(t, "</details>\n<div class=\"wide\">\n");
        add_navigation(hub, a, page, waiting);
        html_add(t, "</div>\n");
    }
    html_add(t, "</header>\n");
}

/* ---- the frame ---------------------------------------------------------- */

void
page_begin(struct hub *hub, const struct http_request *r, struct http_answer *a,
           const struct page *page)
{
    struct text *t = &a->body;
    struct problem why;
    struct pages_board published;
    bool is_there = pages_board_open(hub, r->arena, &published, &why);
    const struct board *b = published.board;
    const char *title = is_there && *b->title ? b->title : UNTITLED;
    a->status = page->status ? page->status : 200;
    a->type = TYPE;
    html_add(t, "<!doctype html>\n<html");
    html_attribute(t, "lang",
                   is_there && *b->language ? b->language : LANGUAGE);
    html_add(t, ">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    html_format(t, "%s%s \xC2\xB7 %s</title>\n",
                page->has_error ? "Error: " : "", page->title, title);
    html_add(t, "<meta name=\"viewport\" content=\"width=device-width, "
                "initial-scale=1\">\n"
                "<meta name=\"robots\" content=\"noindex\">\n"
                "<link rel=\"stylesheet\" href=\"/web/style.css\">\n");
    if (page->style)
        html_format(t, "<link rel=\"stylesheet\" href=\"%s\">\n", page->style);
    html_add(t, "</head>\n");
    html_format(t, "<body class=\"%s\">\n",
                hub->person.number ? "in" : "outside");
    html_add(t, "<a class=\"skip\" href=\"#main\">Skip to the page</a>\n");
    add_header(hub, a, page, title);
    html_add(t, "<main id=\"main\" tabindex=\"-1\">\n");
    add_said(r, a);
    html_format(t, "<h1>%s</h1>\n", page->title);
    pages_board_close(&published);
}

void
page_end(struct hub *hub, struct http_answer *a)
{
    (void) hub;
    html_add(&a->body, "</main>\n</body>\n</html>\n");
}

/* ---- forms -------------------------------------------------------------- */

/* As r->path will be when the form comes back: decoded, without the query. */
static void
sign_action(struct hub *hub, const char *action, char token[SECRET_TEXT_BYTES])
{
    struct arena arena = {0};
    const char *path, *query;
    if (http_target_read(&arena, action, &path, &query))
        secret_sign(hub->session.form_key, path, token);
    else
        token[0] = '\0';
    arena_destroy(&arena);
}

void
page_form(struct hub *hub, struct http_answer *a, const char *action)
{
    html_format(&a->body, "<form method=\"post\" action=\"%s\">", action);
    if (hub->person.number) {
        char token[SECRET_TEXT_BYTES];
        sign_action(hub, action, token);
        html_format(&a->body,
                    "<input type=\"hidden\" name=\"token\" value=\"%s\">",
                    token);
    }
    html_add(&a->body, "\n");
}

/* An Origin (RFC 6454 §7) is ours when it is the Host the page was asked from.
   Behind a proxy it is its https. */
static bool
is_own_origin(const struct hub *hub, const struct http_request *r)
{
    const char *origin = r->header(r, "Origin"), *host = r->header(r, "Host");
    if (strncmp(origin, "https://", 8) == 0)
        origin += 8;
    else if (strncmp(origin, "http://", 7) == 0 &&
             !hub->options.is_behind_proxy)
        origin += 7;
    else
        return false;
    return *host && strcasecmp(origin, host) == 0;
}

/* Fetch Metadata: browsers say where a request comes from, and pages cannot
   make them say otherwise. */
static bool
is_from_us(const struct hub *hub, const struct http_request *r)
{
    const char *site = r->header(r, "Sec-Fetch-Site");
    if (strcmp(site, "same-origin") == 0)
        return true;
    if (*site && strcmp(site, "none") != 0)
        return false;
    return is_own_origin(hub, r);
}

bool
page_take_form(struct hub *hub, const struct http_request *r,
               struct http_answer *a, struct form *form)
{
    struct problem why = {0};
    if (!is_from_us(hub, r)) {
        routes_refuse(r, a, 403,
                      "This was not sent from the hub\xE2\x80\x99s "
                      "own page",
                      "Nothing was changed. Open the page in your browser "
                      "again, and send it from there.");
        return false;
    }
    if (!form_read(form, r->arena, r->body, r->body_len, &why)) {
        routes_refuse(
            r, a, 422, "This form cannot be read",
            arena_format(r->arena, "%s. Nothing was changed.", why.text));
        return false;
    }
    if (hub->person.number && !secret_is_signed(hub->session.form_key, r->path,
                                                form_value(form, "token"))) {
        routes_refuse(r, a, 403, "This page was open for too long",
                      "You have signed in again since. Nothing was changed: go "
                      "back, load the page again and send it once more.");
        return false;
    }
    return true;
}

/* ---- the gate ----------------------------------------------------------- */

/* Where only the coordinators' own pages are in front of `path`. */
static bool
is_for_moderators(const char *path)
{
    if (strcmp(path, "/sign-out") == 0)
        return true;
    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        size_t len = strlen(entries[i].path);
        if (strncmp(path, entries[i].path, len) == 0 &&
            (path[len] == '\0' || path[len] == '/'))
            return entries[i].is_for_moderators;
    }
    return false;
}

bool
page_gate(struct hub *hub, const struct http_request *r, struct route_match *m,
          struct http_answer *a)
{
    if (!accounts_recognise(hub, r)) {
        const char *here = arena_format(r->arena, "%s%s%s", r->path,
                                        *r->query ? "?" : "", r->query);
        const char *to = page_is_ours(here) ? here : r->path;
        bool leads_back = r->method == HTTP_GET && page_is_ours(to);
        http_answer_go_to(a, leads_back
                                 ? arena_format(r->arena, "/sign-in?to=%s", to)
                                 : "/sign-in");
        return false;
    }
    if (!hub->person.is_coordinator && !is_for_moderators(r->path)) {
        routes_refuse(r, a, 403, "This page is for coordinators",
                      "You look after the post-its. Ask a coordinator if you "
                      "need this page.");
        return false;
    }
    m->person = hub->person;
    m->session = hub->session;
    return true;
}
