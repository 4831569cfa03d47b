#include "hub/fetch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"
#include "core/feed_json.h"
#include "hub/calendars_part.h"
#include "io/http_client.h"

#define INPUT_MOST ((size_t) 16 * 1024)
#define CONNECT_MS 5000
#define TOTAL_MS 10000
#define AGENT "staffroom-hub"
#define EXIT_WRONG 2

/* ---- words -------------------------------------------------------------- */

static const struct {
    const char *words, *instead;
} hub_words[] = {
    {"where a feed from outside may not send this screen",
     "and the hub reads calendars at public addresses only"},
    {"put that one into the settings", "take that one"},
    {"check ca_file", "tell whoever looks after the hub"},
    {"This screen", "The hub"},
    {"this screen", "the hub"},
};

static bool
replace(struct problem *why, const char *words, const char *instead)
{
    char *at = strstr(why->text, words);
    if (!at)
        return false;
    struct text text = {0};
    text_add(&text, why->text, (size_t) (at - why->text));
    text_add_string(&text, instead);
    text_add_string(&text, at + strlen(words));
    problem_set(why, 0, 0, "%s", text_string(&text));
    text_destroy(&text);
    return true;
}

void
fetch_say_hub(struct problem *why)
{
    for (size_t i = 0; i < sizeof hub_words / sizeof *hub_words; i++)
        while (replace(why, hub_words[i].words, hub_words[i].instead))
            ;
}

/* ---- in and out --------------------------------------------------------- */

static bool
read_input(struct text *in)
{
    char piece[4096];
    for (;;) {
        ssize_t got = read(STDIN_FILENO, piece, sizeof piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0 && in->len > 0;
        text_add(in, piece, (size_t) got);
        if (in->len > INPUT_MOST)
            return false;
    }
}

/* A name for a version, which goes back as it came, or not at all. */
static const char *
printable(const char *word)
{
    for (const char *c = word; *c; c++)
        if ((unsigned char) *c < 0x20 || (unsigned char) *c > 0x7e)
            return "";
    return word;
}

static void
add_field(struct text *out, const char *name, const char *value)
{
    text_add_char(out, ',');
    text_add_json(out, name);
    text_add_char(out, ':');
    text_add_json(out, value);
}

static int
print(const struct http_reply *reply, const char *sentence)
{
    struct text head = {0};
    bool is_same = reply->outcome == HTTP_NOT_MODIFIED;
    text_add_format(&head, "{\"same\":%s,\"retry_after_s\":%d",
                    is_same ? "true" : "false", reply->retry_after_s);
    add_field(&head, "etag", printable(reply->etag));
    add_field(&head, "modified", printable(reply->last_modified));
    add_field(&head, "sentence", sentence);
    text_add_string(&head, "}\n");
    fwrite(text_string(&head), 1, head.len, stdout);
    fwrite(text_string(&reply->body), 1, reply->body.len, stdout);
    text_destroy(&head);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : EXIT_WRONG;
}

static int
refuse(const char *sentence)
{
    return print(&(struct http_reply){0}, sentence);
}

/* ---- fetching ----------------------------------------------------------- */

static int
fetch(const char *url, const char *etag, const char *modified)
{
    struct http_settings settings = {
        .user_agent = AGENT, .connect_ms = CONNECT_MS, .total_ms = TOTAL_MS};
    struct http_request r = {
        .url = url,
        .etag = etag,
        .last_modified = modified,
        .accept = "text/calendar, */*;q=0.1",
        .most_bytes = CALENDARS_FETCH_MOST,
        .is_guarded = true,
        .allowed = HTTP_PLACE_UNKNOWN, // public places, and no other
        .stays_at_origin = true,
    };
    struct http_reply reply = {0};
    struct problem why = {0};
    struct http_client *h = http_open(&settings);
    bool is_started = http_start(h, &r, &why);
    while (is_started && !http_wait(h, -1, &reply))
        ;
    bool is_good =
        reply.outcome == HTTP_OK || reply.outcome == HTTP_NOT_MODIFIED;
    if (is_started)
        why = reply.why;
    bool has_answer = is_started && is_good;
    fetch_say_hub(&why);
    int status = print(&reply, has_answer ? "" : why.text);
    http_reply_destroy(&reply);
    http_close(h);
    return status;
}

int
fetch_run(void)
{
    struct text in = {0};
    struct problem why = {0};
    int status = EXIT_WRONG;
    struct json *order =
        read_input(&in) ? json_open(in.bytes, in.len, &why) : NULL;
    const char *url = json_string(json_get(order, "url"));
    const char *etag = json_get_text(order, "etag");
    const char *modified = json_get_text(order, "modified");
    if (!url || !etag || !modified)
        fputs("staffroom-hub: --fetch is for the hub itself\n", stderr);
    else if (strncasecmp(url, "https://", strlen("https://")) != 0)
        status = refuse("The hub reads calendars at addresses that begin with "
                        "https:// only");
    else
        status = fetch(url, etag, modified);
    json_close(order);
    text_destroy(&in);
    return status;
}
