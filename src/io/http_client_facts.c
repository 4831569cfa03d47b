#include "io/http_client_facts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "core/plain_text.h"
#include "io/http_client_url.h"

#define NAME_CHARACTERS_MOST 30
#define TITLE_CHARACTERS_MOST 60
#define TITLE_BYTES_MOST 400

/*
 * Words of a stranger as one short line that can be shown: what is no UTF-8
 * becomes U+FFFD. Where even that does not fit, nothing.
 */
static void
take_words(char *out, size_t size, const char *bytes, size_t len, size_t most)
{
    struct arena arena = {0};
    struct text valid = {0};
    for (size_t at = 0; at < len;) {
        char letter[4];
        size_t letter_len = utf8_put(utf8_next(bytes, len, &at), letter);
        text_add(&valid, letter, letter_len);
    }
    const char *plain = plain_text(&arena, text_string(&valid), valid.len, most,
                                   PLAIN_ONE_LINE | PLAIN_REFERENCES, NULL);
    out[0] = '\0';
    if (strlen(plain) < size)
        snprintf(out, size, "%s", plain);
    text_destroy(&valid);
    arena_destroy(&arena);
}

/* ---- certificates ---------------------------------------------------------
 */

/* How long "CN = " is at the start of `at`; 0 when no attribute begins there.
 */
static size_t
attribute(const char *at, const char **name, size_t *name_len)
{
    size_t len = strspn(at, " ");
    *name = at + len;
    while (isalnum((unsigned char) at[len]) || at[len] == '.')
        len++;
    *name_len = len - (size_t) (*name - at);
    len += strspn(at + len, " ");
    return *name_len > 0 && at[len] == '=' ? len + 1 + strspn(at + len + 1, " ")
                                           : 0;
}

static bool
ends_before(const char *at)
{
    const char *name;
    size_t name_len;
    return strchr(",;/+", *at) && attribute(at + 1, &name, &name_len) > 0;
}

/*
 * One attribute of a name as libcurl prints it: "C = GB, O = A, B, CN = X" with
 * OpenSSL, "C=GB,O=A" with GnuTLS or newer ones; a comma in a value is no end.
 */
static bool
find_attribute(const char *name, const char *wanted, char *out, size_t size)
{
    const char *is;
    size_t is_len;
    for (const char *at = name; *at;) {
        size_t lead = attribute(at, &is, &is_len);
        bool is_quoted = lead && at[lead] == '"'; // with a comma in it
        const char *value = at + lead + is_quoted;
        const char *end = value + (is_quoted ? strcspn(value, "\"") : 0);
        const char *next = end;
        while (*next && !ends_before(next))
            next++;
        if (!is_quoted)
            end = next;
        if (lead && is_len == strlen(wanted) &&
            strncmp(is, wanted, is_len) == 0) {
            take_words(out, size, value, (size_t) (end - value),
                       NAME_CHARACTERS_MOST);
            return *out != '\0';
        }
        at = *next ? next + 1 : next;
    }
    return false;
}

void
http_facts_name(const char *name, char *out, size_t size)
{
    char common[NAME_CHARACTERS_MOST * 4 + 1] = "", of[sizeof common] = "";
    find_attribute(name, "CN", common, sizeof common);
    find_attribute(name, "O", of, sizeof of);
    char both[sizeof common + sizeof of + 2];
    snprintf(both, sizeof both, "%s%s%s", common, *common && *of ? ", " : "",
             of);
    if (!*both)
        snprintf(both, sizeof both, "%s", name);
    take_words(out, size, both, strlen(both), NAME_CHARACTERS_MOST * 2);
}

void
http_facts_issuer(CURL *easy, char *out, size_t size)
{
    static const char label[] = "Issuer:";
    struct curl_certinfo *all = NULL;
    out[0] = '\0';
    if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &all) != CURLE_OK || !all ||
        all->num_of_certs < 1)
        return;
    for (struct curl_slist *l = all->certinfo[0]; l; l = l->next)
        if (strncasecmp(l->data, label, strlen(label)) == 0)
            http_facts_name(l->data + strlen(label), out, size);
}

/* ---- pages ----------------------------------------------------------------
 */

static bool
is_html(CURL *easy, const struct text *body)
{
    char *type = NULL;
    curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &type);
    const char *at = text_string(body);
    if (strncmp(at, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    at += strspn(at, " \t\r\n");
    if (*at) // what it is counts more than what it says it is
        return *at == '<' && strncasecmp(at, "<?xml", 5) != 0;
    return type && strncasecmp(type, "text/html", strlen("text/html")) == 0;
}

/* Which filter it was mostly stands in its page's title. */
static void
take_title(const struct text *body, char *out, size_t size)
{
    const char *title = strcasestr(text_string(body), "<title");
    const char *from = title ? strchr(title, '>') : NULL;
    if (!from)
        return;
    size_t len = strcspn(++from, "<");
    take_words(out, size, from, len < TITLE_BYTES_MOST ? len : TITLE_BYTES_MOST,
               TITLE_CHARACTERS_MOST);
}

/* ---- all of it ------------------------------------------------------------
 */

/* libcurl counts a connection as made when TLS is, too; so what it fails with
   has to say whether anybody was there. */
static bool
has_connected(CURL *easy, CURLcode code)
{
    curl_off_t connect_us = 0;
    curl_easy_getinfo(easy, CURLINFO_CONNECT_TIME_T, &connect_us);
    switch ((int) code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
        return false;
    case CURLE_OPERATION_TIMEDOUT:
        return connect_us > 0;
    default:
        return true;
    }
}

static void
take_place(CURL *easy, struct net_answer *out)
{
    char *ip = NULL;
    long port = 0;
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &ip);
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_PORT, &port);
    if (ip && *ip && port)
        snprintf(out->connected, sizeof out->connected, "%s port %ld", ip,
                 port);
}

void
http_facts_of(const struct transfer *t, CURLcode code, struct net_answer *out)
{
    long status = 0, proxy_status = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(t->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
    *out = (struct net_answer){
        .is_asked = true,
        .status = (int) status,
        .proxy_status = (int) proxy_status,
        .is_proxied = t->is_proxied,
        .is_connected = has_connected(t->easy, code),
        .is_secure = http_url_is_secure(t->url),
        .is_web_page = is_html(t->easy, &t->body),
    };
    take_place(t->easy, out);
    http_facts_issuer(t->easy, out->issuer, sizeof out->issuer);
    if (out->is_web_page)
        take_title(&t->body, out->page_title, sizeof out->page_title);
    if (t->led_to)
        take_words(out->led_to, sizeof out->led_to, t->led_to,
                   strlen(t->led_to), sizeof out->led_to - 8);
}

/* ---- who signed -----------------------------------------------------------
 */

void
http_issuers_settle(struct http_issuers *k, const char *url,
                    struct net_answer *a)
{
    size_t count = sizeof k->list / sizeof *k->list;
    size_t known = 0;
    if (!a->is_secure || a->is_disbelieved || !a->is_connected)
        return;
    while (known < count && (!*k->list[known].origin ||
                             !http_same_origin(k->list[known].origin, url)))
        known++;
    if (!*a->issuer) {
        if (known < count)
            memcpy(a->issuer, k->list[known].issuer, sizeof a->issuer);
        return;
    }
    if (known == count) {
        char *origin = http_url_origin(url);
        known = k->next++ % count;
        k->list[known].origin[0] = '\0'; // too long a one is not kept
        if (origin && strlen(origin) < sizeof k->list[known].origin)
            snprintf(k->list[known].origin, sizeof k->list[known].origin, "%s",
                     origin);
        free(origin);
    }
    memcpy(k->list[known].issuer, a->issuer, sizeof a->issuer);
}
