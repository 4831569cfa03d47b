#include "kiosk/worker_token.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/log.h"
#include "core/feed_json.h"
#include "io/file.h"

#define FILE_MOST 4096
#define PATH_BYTES 4096
#define EXPIRES_MOST_S (24 * 60 * 60)
#define REVOKED "/problems/revoked" // device_api.h of the hub
#define CODE_LETTERS "BCDFGHJKLMNPQRSTVWXZ"

/* RFC 4648 §5, without padding. */
static const char base64url[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static bool
is_token(const char *text)
{
    size_t len = strlen(text);
    return len == WORKER_TOKEN_BYTES - 1 && strspn(text, base64url) == len;
}

/* It goes into a line of a file and onto the screen. */
static bool
is_line(const char *text)
{
    for (; *text; text++)
        if ((unsigned char) *text < 0x20 || *text == 0x7f)
            return false;
    return true;
}

static const char *
path_in(const char *folder, char path[PATH_BYTES])
{
    snprintf(path, PATH_BYTES, "%s/hub-token", folder);
    return path;
}

/* Cuts the first line off; NULL when there is none. */
static char *
take_line(char **rest)
{
    char *line = *rest, *end = line ? strchr(line, '\n') : NULL;
    if (!end)
        return NULL;
    *end = '\0';
    *rest = end + 1;
    return line;
}

/* Of a line that is none, zeros: such a token is good on any machine. */
static struct machine_mark
read_mark(const char *line)
{
    struct machine_mark mark = {0};
    int end = 0;
    if (!line ||
        sscanf(line, "%16" SCNx64 " %16" SCNx64 "%n", &mark.board, &mark.disk,
               &end) != 2 ||
        line[end])
        return (struct machine_mark){0};
    return mark;
}

bool
worker_token_read(struct worker_token *t, const char *folder, const char *hub)
{
    char path[PATH_BYTES];
    struct text text = {0};
    struct problem why;
    *t = (struct worker_token){0};
    if (!file_read(path_in(folder, path), FILE_MOST, &text, &why))
        return false;
    char *rest = text.bytes;
    const char *token = take_line(&rest);
    const char *address = take_line(&rest);
    const char *school = take_line(&rest);
    bool is_ours =
        token && address && is_token(token) && strcmp(address, hub) == 0;
    if (is_ours) {
        snprintf(t->token, sizeof t->token, "%s", token);
        if (school && strlen(school) < sizeof t->school)
            snprintf(t->school, sizeof t->school, "%s", school);
        t->machine = read_mark(take_line(&rest));
    }
    text_destroy(&text);
    return is_ours;
}

bool
worker_token_keep(const struct worker_token *t, const char *folder,
                  const char *hub, struct problem *why)
{
    char path[PATH_BYTES];
    struct text text = {0};
    text_add_format(&text, "%s\n%s\n%s\n%016" PRIx64 " %016" PRIx64 "\n",
                    t->token, hub, t->school, t->machine.board,
                    t->machine.disk);
    bool ok =
        folder_make(folder, why) &&
        file_write_private(path_in(folder, path), text.bytes, text.len, why);
    text_destroy(&text);
    return ok;
}

void
worker_token_remove(struct worker_token *t, const char *folder)
{
    char path[PATH_BYTES];
    *t = (struct worker_token){0};
    if (unlink(path_in(folder, path)) != 0 && errno != ENOENT)
        log_error("%s cannot be removed: %m", path);
}

void
worker_token_open(struct worker_token *t, const char *folder, const char *hub,
                  const struct machine_mark *here)
{
    struct problem why;
    if (!worker_token_read(t, folder, hub))
        return;
    if (machine_mark_is_copy(&t->machine, here)) {
        log_warning("this is a copy of another screen: it has to be added to "
                    "the hub as a screen of its own");
        worker_token_remove(t, folder);
        return;
    }
    if (machine_mark_learn(&t->machine, here) &&
        !worker_token_keep(t, folder, hub, &why))
        log_warning("what machine this screen is could not be kept: %s",
                    why.text);
}

bool
worker_token_new_secret(char secret[WORKER_TOKEN_BYTES])
{
    unsigned char bytes[33] = {0}; // the last is padding
    if (getrandom(bytes, 32, 0) != 32)
        return false;
    for (int i = 0; i < WORKER_TOKEN_BYTES - 1; i++) {
        const unsigned char *three = bytes + i / 4 * 3;
        uint32_t bits =
            (uint32_t) three[0] << 16 | (uint32_t) three[1] << 8 | three[2];
        secret[i] = base64url[bits >> (18 - i % 4 * 6) & 63];
    }
    secret[WORKER_TOKEN_BYTES - 1] = '\0';
    return true;
}

bool
worker_token_from_json(struct worker_token *t, const struct text *json)
{
    struct problem why;
    struct json *root = json_open(text_string(json), json->len, &why);
    const char *token = json_string(json_get(root, "token"));
    const char *school = json_string(json_get(root, "school"));
    bool is_good = token && is_token(token);
    *t = (struct worker_token){0};
    if (is_good) {
        snprintf(t->token, sizeof t->token, "%s", token);
        if (school && is_line(school) && strlen(school) < sizeof t->school)
            snprintf(t->school, sizeof t->school, "%s", school);
    }
    json_close(root);
    return is_good;
}

bool
worker_token_code_from_json(char code[WORKER_CODE_BYTES], int *expires_s,
                            const struct text *json)
{
    struct problem why;
    int64_t lasts_s = 0;
    struct json *root = json_open(text_string(json), json->len, &why);
    const char *said = json_string(json_get(root, "code"));
    bool is_good =
        said && strlen(said) == WORKER_CODE_BYTES - 1 &&
        strspn(said, CODE_LETTERS) == WORKER_CODE_BYTES - 1 &&
        json_integer(json_get(root, "expires_s"), 1, EXPIRES_MOST_S, &lasts_s);
    if (is_good)
        snprintf(code, WORKER_CODE_BYTES, "%s", said);
    *expires_s = (int) lasts_s;
    json_close(root);
    return is_good;
}

bool
worker_token_is_revoked(const char *content_type, const struct text *body)
{
    static const char problem[] = "application/problem+json"; // RFC 9457
    struct problem why;
    if (strncasecmp(content_type, problem, strlen(problem)) != 0)
        return false;
    struct json *root = json_open(text_string(body), body->len, &why);
    const char *type = json_string(json_get(root, "type"));
    bool is_revoked = type && strcmp(type, REVOKED) == 0;
    json_close(root);
    return is_revoked;
}

bool
worker_token_page_from_json(char page[WORKER_PAGE_BYTES],
                            const struct text *json)
{
    static const char start[] = "/post/";
    struct problem why;
    struct json *root = json_open(text_string(json), json->len, &why);
    const char *said = json_string(json_get(root, "post_page"));
    size_t len = said ? strlen(said) : 0, start_len = strlen(start);
    // It is put behind the hub's address, and strangers' phones open that.
    bool is_good = len > start_len && len < WORKER_PAGE_BYTES &&
                   strncmp(said, start, start_len) == 0 &&
                   strspn(said + start_len, base64url) == len - start_len;
    snprintf(page, WORKER_PAGE_BYTES, "%s", is_good ? said : "");
    json_close(root);
    return is_good;
}
