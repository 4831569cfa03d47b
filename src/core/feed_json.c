#include "core/feed_json.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "core/feed.h"
#include "core/json_scan.h"

#define BOM "\xEF\xBB\xBF"

static const cJSON *
inner(const struct json *value)
{
    return (const cJSON *) value;
}

static const struct json *
outer(const cJSON *value)
{
    return (const struct json *) value;
}

/* A number that json_scan made a text to keep it exact; else NULL. */
static const char *
long_number(const cJSON *v)
{
    bool is_marked = cJSON_IsString(v) && v->valuestring[0] == JSON_NUMBER_MARK;
    return is_marked ? v->valuestring + 1 : NULL;
}

static size_t
skip_blanks(const char *bytes, size_t len, size_t at)
{
    while (at < len && strchr(" \t\r\n", bytes[at]) && bytes[at])
        at++;
    return at;
}

static bool
begins_with(const char *bytes, size_t len, const char *word)
{
    size_t size = strlen(word);
    return len >= size && strncasecmp(bytes, word, size) == 0;
}

/* What else people put where a feed should be. */
static bool
is_something_else(const char *bytes, size_t len, struct problem *why)
{
    size_t at = skip_blanks(bytes, len, 0);
    if (at == len) {
        problem_set(why, 0, 0, "the document is empty");
        return true;
    }
    if (bytes[at] != '<')
        return false;
    const char *markup = bytes + at;
    bool is_xml = begins_with(markup, len - at, "<?xml") ||
                  begins_with(markup, len - at, "<rss") ||
                  begins_with(markup, len - at, "<feed");
    problem_set(why, 1, 1, "%s",
                is_xml ? "this is XML (RSS or Atom?), not a JSON feed: look "
                         "for the site's feed.json"
                       : "this is a web page, not a feed: it may be a login "
                         "page");
    return true;
}

static bool
is_utf16(const char *bytes, size_t len)
{
    return len >= 2 &&
           (memcmp(bytes, "\xFF\xFE", 2) == 0 ||
            memcmp(bytes, "\xFE\xFF", 2) == 0 || !bytes[0] != !bytes[1]);
}

static bool
is_plain_utf8(const char *bytes, size_t len, struct problem *why)
{
    if (is_utf16(bytes, len)) {
        problem_set(why, 1, 1,
                    "the document is in UTF-16: save it as UTF-8 instead");
        return false;
    }
    size_t valid = utf8_valid_prefix(bytes, len);
    const char *nul = memchr(bytes, '\0', valid);
    if (valid == len && !nul)
        return true;
    struct problem place = {0};
    problem_place(&place, bytes, len, nul ? (size_t) (nul - bytes) : valid);
    problem_set(why, place.line, place.column, "%s",
                nul ? "there is a NUL byte here: the file is damaged"
                    : "this is not UTF-8: save the document as UTF-8");
    return false;
}

struct json *
json_open(const char *bytes, size_t len, struct problem *why)
{
    if (len > FEED_MAX_BYTES) {
        problem_set(why, 0, 0, "the document is larger than %zu MiB",
                    FEED_MAX_BYTES / 1024 / 1024);
        return NULL;
    }
    if (len && !is_plain_utf8(bytes, len, why))
        return NULL;
    if (len >= strlen(BOM) && memcmp(bytes, BOM, strlen(BOM)) == 0) {
        bytes += strlen(BOM);
        len -= strlen(BOM);
    }
    if (is_something_else(bytes, len, why))
        return NULL;

    struct text copy = {0};
    cJSON *root = NULL;
    if (json_scan(bytes, len, &copy, why)) {
        const char *end = NULL; // of our own: cJSON's error place is a global
        root = cJSON_ParseWithLengthOpts(copy.bytes, copy.len + 1, &end, 1);
        if (!root)
            problem_set(why, 0, 0, "the document cannot be read as JSON");
    }
    text_destroy(&copy);
    return (struct json *) root;
}

void
json_close(struct json *root)
{
    cJSON_Delete((cJSON *) root);
}

enum json_type
json_type_of(const struct json *value)
{
    const cJSON *v = inner(value);
    if (!v)
        return JSON_MISSING;
    if (cJSON_IsNumber(v) || long_number(v))
        return JSON_NUMBER;
    if (cJSON_IsString(v))
        return JSON_STRING;
    if (cJSON_IsArray(v))
        return JSON_ARRAY;
    if (cJSON_IsObject(v))
        return JSON_OBJECT;
    return cJSON_IsBool(v) ? JSON_BOOLEAN : JSON_NULL;
}

const char *
json_type_name(const struct json *value)
{
    static const char *const names[] = {
        [JSON_MISSING] = "missing",   [JSON_NULL] = "null",
        [JSON_BOOLEAN] = "yes or no", [JSON_NUMBER] = "a number",
        [JSON_STRING] = "a text",     [JSON_ARRAY] = "a list",
        [JSON_OBJECT] = "an object",
    };
    return names[json_type_of(value)];
}

const struct json *
json_get(const struct json *object, const char *name)
{
    if (!cJSON_IsObject(inner(object)))
        return NULL;
    return outer(cJSON_GetObjectItemCaseSensitive(inner(object), name));
}

const struct json *
json_first(const struct json *container)
{
    enum json_type type = json_type_of(container);
    if (type != JSON_ARRAY && type != JSON_OBJECT)
        return NULL;
    return outer(inner(container)->child);
}

const struct json *
json_next(const struct json *part)
{
    return part ? outer(inner(part)->next) : NULL;
}

const char *
json_string(const struct json *value)
{
    if (json_type_of(value) != JSON_STRING)
        return NULL;
    return inner(value)->valuestring;
}

const char *
json_get_text(const struct json *object, const char *name)
{
    const struct json *value = json_get(object, name);
    enum json_type type = json_type_of(value);
    return type == JSON_MISSING || type == JSON_NULL ? "" : json_string(value);
}

bool
json_is_true(const struct json *value)
{
    return cJSON_IsTrue(inner(value));
}

bool
json_integer(const struct json *value, int64_t least, int64_t most,
             int64_t *out)
{
    if (json_type_of(value) != JSON_NUMBER)
        return false;
    const char *digits = long_number(inner(value));
    if (digits && !strpbrk(digits, ".eE")) {
        errno = 0;
        long long number = strtoll(digits, NULL, 10);
        if (errno || number < least || number > most)
            return false;
        *out = number;
        return true;
    }
    double number = digits ? strtod(digits, NULL) : inner(value)->valuedouble;
    if (!isfinite(number) || number != trunc(number) ||
        number < (double) least || number > (double) most ||
        fabs(number) > 9007199254740992.0)
        return false;
    *out = (int64_t) number;
    return true;
}

bool
json_number_text(const struct json *value, char *out, size_t size)
{
    if (json_type_of(value) != JSON_NUMBER)
        return false;
    const char *digits = long_number(inner(value));
    double number = digits ? strtod(digits, NULL) : inner(value)->valuedouble;
    if (!isfinite(number))
        return false;
    int len = digits
                  ? snprintf(out, size, "%s", digits)
                  : snprintf(out, size, "%.*g", JSON_EXACT_CHARACTERS, number);
    return len > 0 && (size_t) len < size;
}
