#include "core/net_report.h"

#include <inttypes.h>
#include <string.h>

#include "core/net_report_part.h"
#include "core/wording.h"

#define NEARLY_FULL_MB 50

const char *const net_group_names[NET_GROUPS] = {
    [NET_GROUP_WAY] = "The way to the feed",
    [NET_GROUP_SCREEN] = "This screen",
};

bool
net_report_is_apart(const struct net_answer *a)
{
    int64_t apart_s = net_report_apart_s(a);
    return apart_s > NET_APART_MOST_S || apart_s < -NET_APART_MOST_S;
}

int64_t
net_report_apart_s(const struct net_answer *a)
{
    return a->server_s ? a->server_s - a->answered_s : 0;
}

bool
net_report_is_full(const struct net_folder *f)
{
    return f->is_known && f->free_mb < NEARLY_FULL_MB;
}

bool
net_report_is_page(const struct net_server *s)
{
    return s->state == NET_STATE_FAILING && s->last.is_web_page &&
           s->last.status >= 200 && s->last.status <= 299;
}

const char *
net_report_span(struct arena *a, int64_t seconds)
{
    static const struct {
        int64_t seconds;
        const char *one, *many;
    } units[] = {
        {86400, "day", "days"},
        {3600, "hour", "hours"},
        {60, "minute", "minutes"},
        {1, "second", "seconds"},
    };
    size_t i = 0;
    seconds = seconds < 0 ? -seconds : seconds;
    while (i < 3 && seconds < units[i].seconds)
        i++;
    int64_t count = seconds / units[i].seconds;
    return arena_format(a, "%" PRId64 " %s", count,
                        count == 1 ? units[i].one : units[i].many);
}

bool
net_report_is_not_told(const struct net_facts *f)
{
    return !*f->feed.address && !f->feed.is_file && !*f->hub.address;
}

/* ---- the worst thing ----------------------------------------------------- */

static bool
is_cut_off(const struct net_facts *f)
{
    bool is_feed_away = !f->feed.is_file && f->feed.state == NET_STATE_FAILING;
    return is_feed_away || f->hub.state == NET_STATE_FAILING ||
           net_report_is_not_told(f);
}

/* Nobody answers, or nobody was asked yet: then the network may be why. */
static const char *
of_network(const struct net_facts *f, struct arena *a)
{
    const struct net_machine *m = &f->machine;
    bool is_up = false, has_address = false;
    (void) a;
    if (!m->are_links_known || !is_cut_off(f))
        return NULL;
    for (int i = 0; i < m->link_count; i++) {
        const struct net_link *l = &m->links[i];
        is_up = is_up || l->is_up;
        has_address =
            has_address || (l->is_up && *l->address && !l->is_self_given);
    }
    if (!is_up)
        return "This screen is not connected to the network: check its cable "
               "or the Wi-Fi.";
    if (!has_address)
        return "The network gave this screen no address: ask whether it is "
               "allowed there.";
    return NULL;
}

static const char *
of_feed(const struct net_facts *f, struct arena *a)
{
    if (f->feed.state != NET_STATE_FAILING)
        return NULL;
    if (net_report_is_page(&f->feed))
        return "A web page came instead of the feed: most likely the school's "
               "filter wants somebody to sign in.";
    return arena_format(a, "%s.", f->feed.why);
}

static const char *
of_hub(const struct net_facts *f, struct arena *a)
{
    if (f->hub.state != NET_STATE_FAILING)
        return NULL;
    if (net_report_is_page(&f->hub))
        return "A web page came instead of the hub's answer: most likely the "
               "school's filter wants somebody to sign in.";
    return arena_format(a, "The hub: %s.", f->hub.why);
}

static const char *
of_disk(const struct net_facts *f, struct arena *a)
{
    const struct net_machine *m = &f->machine;
    if (m->state.is_read_only)
        return "This screen can no longer write to its card, so post-its "
               "cannot be kept: it needs a new card.";
    if (m->is_read && !f->has_store && !net_report_is_not_told(f))
        return "Post-its cannot be kept on this screen's disk just now.";
    if (net_report_is_full(&m->state) || net_report_is_full(&m->cache))
        return "This screen's card is nearly full.";
    if (m->disk_errors > 0)
        return arena_format(a,
                            "This screen's card has made %" PRId64
                            " mistake%s: put in a new one soon.",
                            m->disk_errors, m->disk_errors == 1 ? "" : "s");
    return NULL;
}

static const char *
of_power(const struct net_facts *f, struct arena *a)
{
    (void) a;
    if (f->machine.power == NET_POWER_LOW)
        return "This screen gets too little power: use the power supply that "
               "was made for it.";
    return NULL;
}

static const char *
of_clock(const struct net_facts *f, struct arena *a)
{
    int64_t apart_s = net_report_apart_s(&f->feed.last);
    if (net_report_is_apart(&f->feed.last))
        return arena_format(a,
                            "This screen's clock is %s %s: check that it can "
                            "reach a time server.",
                            net_report_span(a, apart_s),
                            apart_s > 0 ? "slow" : "fast");
    if (!f->is_clock_trusted && f->feed.state != NET_STATE_WAITING)
        return "This screen's clock is not set: check that it can reach a time "
               "server.";
    return NULL;
}

static const char *
of_wear(const struct net_facts *f, struct arena *a)
{
    const struct net_machine *m = &f->machine;
    (void) a;
    if (m->is_card_ending || m->card_worn_percent > 100)
        return "This screen's card is nearly worn out: put in a new one soon.";
    if (m->power == NET_POWER_WAS_LOW)
        return "This screen got too little power at times: use the power "
               "supply that was made for it.";
    if (m->is_slowed_by_heat)
        return "This screen is too hot: give it some air.";
    return NULL;
}

static const char *
of_pairing(const struct net_facts *f, struct arena *a)
{
    (void) a;
    if (f->is_hub_pairing && f->hub.state == NET_STATE_WELL)
        return "The hub answers, and waits for somebody to add this screen.";
    return NULL;
}

/* What stands higher is said first: it may be why all below it fails. */
static const char *(*const worst_first[])(const struct net_facts *f,
                                          struct arena *a) = {
    of_network, of_feed,  of_hub,  of_disk,
    of_power,   of_clock, of_wear, of_pairing,
};

static void
find_worst(struct net_report *r, struct arena *a, const struct net_facts *f)
{
    r->is_bad = true;
    for (size_t i = 0; i < sizeof worst_first / sizeof *worst_first; i++) {
        r->sentence = worst_first[i](f, a);
        if (r->sentence)
            return;
    }
    r->is_bad = false;
    r->sentence =
        net_report_is_not_told(f) ? "This screen waits for its settings."
        : f->feed.state == NET_STATE_WAITING ? "The feed is being asked for."
                                             : "All is well: the feed answers.";
    if (f->feed.is_file && f->feed.state == NET_STATE_WELL)
        r->sentence = "All is well: the feed is a file here.";
}

void
net_report_make(struct net_report *r, struct arena *a,
                const struct net_facts *f, const struct zone *zone,
                struct now now)
{
    *r = (struct net_report){0};
    find_worst(r, a, f);
    net_report_lines(r, a, f, zone, now);
}

/* ---- as plain text ------------------------------------------------------- */

static void
add_lines(const struct net_report *r, struct text *out, size_t until,
          bool are_bad)
{
    for (int i = 0; i < r->count; i++) {
        const struct net_line *l = &r->lines[i];
        size_t len = strlen(l->label) + strlen(l->value) + strlen("! : \n");
        if (l->is_bad == are_bad && out->len + len <= until)
            text_add_format(out, "%s%s: %s\n", are_bad ? "! " : "", l->label,
                            l->value);
    }
}

void
net_report_text(const struct net_report *r, struct text *out, size_t most_bytes)
{
    size_t until = out->len + most_bytes;
    if (strlen(r->sentence) + 1 <= most_bytes)
        text_add_format(out, "%s\n", r->sentence);
    add_lines(r, out, until, true);
    add_lines(r, out, until, false);
}
