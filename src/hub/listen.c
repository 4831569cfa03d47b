#include "hub/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

// A whole feed at once, which saves a seventh of the work for a large one, and
// less than the system would allow a slow caller by itself.
#define SEND_ROOM_BYTES (256 * 1024)
#define BACKLOG 511
#define SOCKET_KIND (SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK)

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_storage storage;
};

/* "host:port" or "[host]:port" in two; false when it is neither. */
static bool
split(const char *address, char *host, size_t size, const char **port)
{
    const char *colon = strrchr(address, ':');
    if (!colon || colon == address || !colon[1])
        return false;
    size_t len = (size_t) (colon - address);
    if (address[0] == '[' && address[len - 1] == ']') {
        address++;
        len -= 2;
    } else if (memchr(address, ':', len)) {
        return false; // ::1:8080 may mean two things
    }
    if (len == 0 || len >= size)
        return false;
    memcpy(host, address, len);
    host[len] = '\0';
    *port = colon + 1;
    return strspn(*port, "0123456789") == strlen(*port) && strlen(*port) <= 5 &&
           strtol(*port, NULL, 10) <= UINT16_MAX;
}

static bool
is_own(const union address *a)
{
    if (a->any.sa_family == AF_INET)
        return ntohl(a->v4.sin_addr.s_addr) >> 24 == 127;
    return a->any.sa_family == AF_INET6 &&
           IN6_IS_ADDR_LOOPBACK(&a->v6.sin6_addr);
}

static bool
find_address(const char *text, union address *out, socklen_t *len,
             struct problem *why)
{
    char host[256];
    const char *port;
    if (!split(text, host, sizeof host, &port)) {
        problem_set(why, 0, 0,
                    "%.100s is no address and port; write it as in "
                    "127.0.0.1:8080",
                    text);
        return false;
    }
    struct addrinfo *found = NULL;
    const struct addrinfo hints = {
        .ai_family = AF_UNSPEC,
        .ai_socktype = SOCK_STREAM,
        .ai_flags = AI_PASSIVE | AI_NUMERICSERV,
    };
    if (getaddrinfo(host, port, &hints, &found) != 0 || !found ||
        found->ai_addrlen > sizeof *out) {
        problem_set(why, 0, 0, "this machine has no address %.100s", host);
        if (found)
            freeaddrinfo(found);
        return false;
    }
    memcpy(out, found->ai_addr, found->ai_addrlen);
    *len = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

static void
name_address(int fd, char *out, size_t size)
{
    union address is = {0};
    socklen_t len = sizeof is;
    char host[INET6_ADDRSTRLEN] = "";
    (void) getsockname(fd, &is.any, &len);
    bool is_v6 = is.any.sa_family == AF_INET6;
    const void *bytes =
        is_v6 ? (void *) &is.v6.sin6_addr : (void *) &is.v4.sin_addr;
    inet_ntop(is.any.sa_family, bytes, host, sizeof host);
    int port = ntohs(is_v6 ? is.v6.sin6_port : is.v4.sin_port);
    snprintf(out, size, is_v6 ? "http://[%s]:%d" : "http://%s:%d", host, port);
}

int
listen_at_address(const char *address, bool may_be_network, char *out,
                  size_t size, struct problem *why)
{
    union address at = {0};
    socklen_t len = 0;
    if (!find_address(address, &at, &len, why))
        return -1;
    if (!may_be_network && !is_own(&at)) {
        problem_set(why, 0, 0,
                    "%.100s can be reached from the network, where passwords "
                    "need TLS; put nginx or Caddy in front and say "
                    "--behind-proxy, or use 127.0.0.1",
                    address);
        return -1;
    }
    int fd = socket(at.any.sa_family, SOCKET_KIND, 0), on = 1;
    int room = SEND_ROOM_BYTES;
    if (fd >= 0) {
        (void) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        (void) setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    }
    if (fd < 0 || bind(fd, &at.any, len) != 0 || listen(fd, BACKLOG) != 0) {
        problem_set(why, 0, 0, "cannot listen at %.100s: %s", address,
                    strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    name_address(fd, out, size);
    return fd;
}

static bool
is_answered(const struct sockaddr_un *at)
{
    int fd = socket(AF_UNIX, SOCKET_KIND, 0);
    if (fd < 0)
        return true;
    bool is = connect(fd, (const struct sockaddr *) at, sizeof *at) == 0 ||
              errno == EAGAIN;
    close(fd);
    return is;
}

static bool
make_way(const struct sockaddr_un *at, struct problem *why)
{
    struct stat is;
    if (lstat(at->sun_path, &is) != 0)
        return true;
    if (!S_ISSOCK(is.st_mode)) {
        problem_set(why, 0, 0, "%s is there already and is no socket",
                    at->sun_path);
        return false;
    }
    if (is_answered(at)) {
        problem_set(why, 0, 0, "another hub is running at %s", at->sun_path);
        return false;
    }
    (void) unlink(at->sun_path);
    return true;
}

int
listen_at_path(const char *path, struct problem *why)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    size_t len = strlen(path);
    if (len == 0 || len >= sizeof at.sun_path) {
        problem_set(why, 0, 0, "the path of a socket has 1 to %d characters",
                    (int) sizeof at.sun_path - 1);
        return -1;
    }
    memcpy(at.sun_path, path, len);
    if (!make_way(&at, why))
        return -1;
    int fd = socket(AF_UNIX, SOCKET_KIND, 0);
    // Nobody can come in before listen: the mode is right from the first.
    if (fd < 0 || bind(fd, (struct sockaddr *) &at, sizeof at) != 0 ||
        chmod(path, 0660) != 0 || listen(fd, BACKLOG) != 0) {
        problem_set(why, 0, 0, "cannot listen at %.100s: %s", path,
                    strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    return fd;
}
