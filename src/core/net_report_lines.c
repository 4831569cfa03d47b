#include "core/net_report_part.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"
#include "core/wording.h"

struct writing {
    struct net_report *report;
    struct arena *arena;
    enum net_group group;
    const struct zone *zone;
    struct now now;
};

/* Names of files and machines may be any bytes, and what was too long was cut
   in the middle of a letter. */
static const char *
valid(struct arena *a, const char *value)
{
    size_t len = strlen(value);
    if (utf8_valid_prefix(value, len) == len)
        return value;
    char *out = arena_alloc(a, len * 3 + 1); // U+FFFD for a byte
    size_t put = 0;
    for (size_t at = 0; at < len;)
        put += utf8_put(utf8_next(value, len, &at), out + put);
    return out;
}

static void
add(struct writing *w, const char *label, const char *value, bool is_bad)
{
    struct net_report *r = w->report;
    if (*value && r->count < NET_LINES_MOST)
        r->lines[r->count++] =
            (struct net_line){w->group, label, valid(w->arena, value), is_bad};
}

/* ---- the way to the feed --------------------------------------------------
 */

static void
add_state(struct writing *w, const struct net_server *s)
{
    const char *said = NULL;
    bool is_failing = s->state == NET_STATE_FAILING;
    const char *kept =
        s->good_s
            ? arena_format(w->arena, "what is shown is %s",
                           wording_as_of(w->arena, w->zone, s->good_s, w->now))
            : "none has come yet";
    switch (s->state) {
    case NET_STATE_WAITING:
        said = s->good_s ? kept : "not asked yet";
        break;
    case NET_STATE_WELL:
        said =
            arena_format(w->arena, "well, %s",
                         wording_as_of(w->arena, w->zone, s->good_s, w->now));
        break;
    case NET_STATE_FAILING:
        said = kept;
        break;
    }
    add(w, "State", said, is_failing);
}

/* Only what came last counts: no answer is an answer too. */
static void
add_answer(struct writing *w, const struct net_server *s, const char *label)
{
    const struct net_answer *l = &s->last;
    bool is_failing = s->state == NET_STATE_FAILING;
    // A proxy that let us through has answered nothing yet.
    int status = l->status                ? l->status
                 : l->proxy_status >= 300 ? l->proxy_status
                                          : 0;
    if (status)
        add(w, label,
            arena_format(w->arena, "HTTP %d%s", status,
                         l->status ? "" : " from the proxy"),
            is_failing && (status < 200 || status > 299));
    else if (l->is_asked)
        add(w, label, "none", true);
    if (l->is_web_page)
        add(w, "What came",
            *l->page_title
                ? arena_format(w->arena, "a web page, \"%s\"", l->page_title)
                : "a web page",
            is_failing);
    add(w, "It leads to", l->led_to, is_failing);
}

static void
add_certificate(struct writing *w, const struct net_answer *l)
{
    if (!l->is_secure || !*l->issuer)
        return;
    add(w, "Certificate",
        arena_format(w->arena, "signed by %s%s", l->issuer,
                     l->is_disbelieved ? "; this screen does not believe it"
                                       : ""),
        l->is_disbelieved);
}

static void
add_connection(struct writing *w, const struct net_facts *f)
{
    const struct net_answer *l = &f->feed.last;
    if (*l->connected)
        add(w, l->is_connected ? "Connected to" : "No answer at",
            arena_format(w->arena, "%s%s", l->connected,
                         l->is_proxied ? ", the proxy" : ""),
            !l->is_connected);
    if (!f->feed.is_file || *f->hub.address)
        add(w, "Proxy", *f->proxy ? f->proxy : "none", false);
    add_certificate(w, l);
    add(w, "CA file", f->ca_file, false);
}

static void
add_clock(struct writing *w, const struct net_facts *f)
{
    const struct net_answer *l = &f->feed.last;
    const char *time = wording_time(w->arena, w->zone, w->now.wall_s);
    const char *date = wording_date(w->arena, w->zone, w->now.wall_s);
    const char *how = f->is_clock_trusted ? "" : ", not set by a time server";
    bool is_apart = net_report_is_apart(l);
    int64_t apart_s = net_report_apart_s(l);
    if (is_apart)
        how = arena_format(w->arena, ", %s %s the server's",
                           net_report_span(w->arena, apart_s),
                           apart_s > 0 ? "behind" : "ahead of");
    add(w, "Clock", arena_format(w->arena, "%s, %s%s", date, time, how),
        is_apart || !f->is_clock_trusted);
}

static void
add_hub(struct writing *w, const struct net_facts *f)
{
    const struct net_server *h = &f->hub;
    if (!*h->address)
        return;
    bool is_failing = h->state == NET_STATE_FAILING;
    add(w, "Hub", h->address, false);
    // What ails both is said once.
    if (!is_failing || strcmp(h->why, f->feed.why) != 0) {
        add_answer(w, h, "Its answer");
        if (is_failing)
            add(w, "For IT", h->detail, false);
    }
    if (strcmp(h->last.issuer, f->feed.last.issuer) != 0)
        add_certificate(w, &h->last);
    add(w, "This screen",
        f->is_hub_pairing ? "not added at the hub yet" : "added at the hub",
        f->is_hub_pairing);
    if (f->has_store)
        add(w, "Post-its",
            f->unsent ? arena_format(w->arena, "%d not sent yet", f->unsent)
                      : "all sent",
            f->unsent > 0);
}

static void
add_way(struct writing *w, const struct net_facts *f)
{
    const struct net_server *s = &f->feed;
    bool is_failing = s->state == NET_STATE_FAILING;
    w->group = NET_GROUP_WAY;
    if (net_report_is_not_told(f)) {
        add(w, "Feed", "none is set yet", false);
        add_clock(w, f);
        return;
    }
    add(w, "Feed", s->address, false);
    add_state(w, s);
    add_answer(w, s, "Answer");
    if (is_failing)
        add(w, "For IT", s->detail, false);
    add_connection(w, f);
    add_clock(w, f);
    add_hub(w, f);
}

/* ---- this screen ----------------------------------------------------------
 */

static void
add_link(struct writing *w, const struct net_link *l)
{
    bool is_good = l->is_up && *l->address && !l->is_self_given;
    const char *kind = l->is_wifi ? "Wi-Fi" : "Cable";
    const char *address = !*l->address       ? "no address"
                          : l->is_self_given ? "no address given"
                                             : l->address;
    const char *signal =
        l->signal_dbm ? arena_format(w->arena, ", %d dBm", l->signal_dbm) : "";
    const char *said =
        l->is_up ? arena_format(w->arena, "%s%s (%s)", address, signal, l->name)
                 : arena_format(w->arena, "not connected (%s)", l->name);
    add(w, kind, said, l->is_up && !is_good);
    add(w, "Hardware", l->hardware, false);
}

static void
add_network(struct writing *w, const struct net_machine *m)
{
    bool is_up = false;
    for (int i = 0; i < m->link_count; i++)
        is_up = is_up || m->links[i].is_up;
    for (int i = 0; i < m->link_count; i++)
        // Where one works nobody minds the socket nothing is plugged into.
        if (m->links[i].is_up || !is_up)
            add_link(w, &m->links[i]);
    if (m->are_links_known && !is_up)
        add(w, "Network", "not connected", true);
    add(w, "Router", m->router, false);
    add(w, "Name servers", m->name_servers, false);
}

static const char *
space(struct arena *a, int64_t mb)
{
    return mb < 10240 ? arena_format(a, "%" PRId64 " MB", mb)
                      : arena_format(a, "%" PRId64 " GB", mb / 1024);
}

static void
add_folder(struct writing *w, const char *label, const struct net_folder *f)
{
    if (!f->is_known)
        return;
    bool is_bad = f->is_read_only || net_report_is_full(f);
    add(w, label,
        arena_format(w->arena, "%s of %s free%s%s%s",
                     space(w->arena, f->free_mb), space(w->arena, f->all_mb),
                     *f->type ? ", " : "", f->type,
                     f->is_read_only ? ", cannot be written to" : ""),
        is_bad);
}

static void
add_disks(struct writing *w, const struct net_machine *m)
{
    add_folder(w, "Disk", &m->state);
    bool is_same = m->cache.free_mb == m->state.free_mb &&
                   m->cache.all_mb == m->state.all_mb &&
                   m->cache.is_read_only == m->state.is_read_only;
    if (!is_same)
        add_folder(w, "Cache disk", &m->cache);
    if (m->disk_errors > 0)
        add(w, "Disk errors",
            arena_format(w->arena, "%" PRId64 " on %s", m->disk_errors,
                         m->disk),
            true);
    if (m->card_worn_percent)
        add(w, "Card",
            m->card_worn_percent > 100
                ? "beyond the life it was made for"
                : arena_format(w->arena, "%d %% of its life used",
                               m->card_worn_percent),
            m->is_card_ending || m->card_worn_percent > 100);
}

static void
add_board(struct writing *w, const struct net_machine *m)
{
    switch (m->power) {
    case NET_POWER_UNKNOWN:
        break;
    case NET_POWER_GOOD:
        add(w, "Power", "good", false);
        break;
    case NET_POWER_WAS_LOW:
        add(w, "Power", "was too low since it started", true);
        break;
    case NET_POWER_LOW:
        add(w, "Power", "too low", true);
        break;
    }
    if (m->temperature_c)
        add(w, "Heat",
            arena_format(w->arena,
                         "%d \xC2\xB0"
                         "C%s",
                         m->temperature_c,
                         m->is_slowed_by_heat ? ", so it runs slower" : ""),
            m->is_slowed_by_heat);
}

static void
add_screen(struct writing *w, const struct net_facts *f)
{
    const struct net_machine *m = &f->machine;
    w->group = NET_GROUP_SCREEN;
    add(w, "Name", m->host, false);
    add_network(w, m);
    add_board(w, m);
    add_disks(w, m);
    if (m->is_read && !f->has_store && !net_report_is_not_told(f))
        add(w, "Post-its", "cannot be kept just now", true);
    if (m->up_s)
        add(w, "Running for", net_report_span(w->arena, m->up_s), false);
    add(w, "Staffroom", f->version, false);
    add(w, "Machine", m->model, false);
    add(w, "System", m->system, false);
    add(w, "Kernel", m->kernel, false);
    add(w, "Library", f->library, false);
}

void
net_report_lines(struct net_report *r, struct arena *a,
                 const struct net_facts *f, const struct zone *zone,
                 struct now now)
{
    struct writing w = {.report = r, .arena = a, .zone = zone, .now = now};
    add_way(&w, f);
    add_screen(&w, f);
}
