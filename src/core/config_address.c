#include "core/config_part.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PORT_MOST 65535

/* Whether that host is always this machine, whatever any resolver says. */
static bool
is_this_machine(const char *host, size_t len)
{
    static const char *const names[] = {"localhost", "[::1]"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == len && strncasecmp(host, names[i], len) == 0)
            return true;
    return len > 4 && strncmp(host, "127.", 4) == 0 &&
           strspn(host, "0123456789.") >= len;
}

/* Of an address, after its scheme; IPv6 in its brackets. */
static size_t
host_length(const char *host)
{
    size_t len = *host == '[' ? strcspn(host, "]/") : strcspn(host, ":/");
    return len + (host[len] == ']');
}

bool
config_is_on_this_machine(const char *address)
{
    const char *scheme = strstr(address, "://");
    const char *host = scheme ? scheme + strlen("://") : address;
    return is_this_machine(host, host_length(host));
}

bool
config_address_is_hub(const char *value)
{
    static const char secure[] = "https://", plain[] = "http://";
    bool is_secure = strncasecmp(value, secure, strlen(secure)) == 0;
    if (!is_secure && strncasecmp(value, plain, strlen(plain)) != 0)
        return false;
    const char *host = strstr(value, "://") + strlen("://");
    size_t len = host_length(host);
    // A user, a question or a blank has no business in it.
    return len > 0 && strchr(":/", host[len]) && !strpbrk(host, "@?#\\ \t") &&
           (is_secure || is_this_machine(host, len));
}

static const char *
skip_proxy_scheme(const char *value)
{
    // Those of CURLOPT_PROXY; without any it is http.
    static const char *const schemes[] = {"http",    "https",  "socks4",
                                          "socks4a", "socks5", "socks5h"};
    const char *end = strstr(value, "://");
    if (!end)
        return value;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t len = strlen(schemes[i]);
        if (len == (size_t) (end - value) &&
            strncasecmp(value, schemes[i], len) == 0)
            return end + strlen("://");
    }
    return NULL;
}

bool
config_address_is_proxy(const char *value)
{
    const char *host = skip_proxy_scheme(value);
    if (!host || strpbrk(host, "\"' \t\\?#"))
        return false;
    const char *user_ends = strrchr(host, '@');
    host = user_ends ? user_ends + 1 : host;
    size_t len = host_length(host);
    if (len == 0 || host[len] != ':')
        return false; // libcurl would take 1080, browsers 80
    char *end;
    const char *digits = host + len + 1;
    unsigned long port = strtoul(digits, &end, 10);
    return *digits >= '0' && *digits <= '9' && port >= 1 && port <= PORT_MOST &&
           (strcmp(end, "") == 0 || strcmp(end, "/") == 0);
}

bool
config_address_is_feed(const char *value)
{
    if (*value == '"' || *value == '\'')
        return false;
    return !strstr(value, "://") || !strpbrk(value, " \t\"");
}
