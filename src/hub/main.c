#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/notify.h"
#include "base/text.h"
#include "base/version.h"
#include "hub/accounts.h"
#include "hub/add_screen.h"
#include "hub/fetch.h"
#include "hub/hub.h"
#include "hub/hub_options.h"
#include "hub/new_address.h"
#include "hub/secret.h"
#include "hub/server.h"
#include "io/file.h"

#define EXIT_DOWN 1
#define EXIT_WRONG 2
#define CONFIG_MOST_BYTES ((size_t) 64 * 1024)

/* One line, whatever an argument holds. */
static void
complain(const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    for (char *c = line; *c; c++)
        if ((unsigned char) *c < 0x20 || *c == 0x7f)
            *c = ' ';
    fprintf(stderr, "staffroom-hub: %s\n", line);
}

static bool
read_config(struct hub_options *o)
{
    if (!*o->config)
        return true;
    struct text text = {0};
    struct problem why = {0};
    bool is_good = file_read(o->config, CONFIG_MOST_BYTES, &text, &why);
    if (!is_good)
        complain("%s", why.text);
    else if (!hub_options_read_file(o, text_string(&text), text.len, &why)) {
        complain("%s:%d: %s", o->config, why.line, why.text);
        is_good = false;
    }
    text_destroy(&text);
    return is_good;
}

/* Before a path of the hub: where it listens, as far as that is known here. */
static const char *
origin_of(const struct hub_options *o, const char *address)
{
    bool is_web = strncmp(address, "http", 4) == 0;
    return is_web && !o->is_behind_proxy ? address
                                         : "https://(the name of your hub)";
}

/* For who starts it first; the address is good until the next start. */
static void
print_set_up(struct hub *hub, const char *address)
{
    char path[128];
    if (accounts_open_set_up(hub, path, sizeof path))
        printf("Nobody can sign in yet. Set it up, once, at %s%s\n",
               origin_of(&hub->options, address), path);
}

static int
add_one_screen(const struct hub_options *o)
{
    struct hub hub = {0};
    struct problem why = {0};
    char token[SECRET_TEXT_BYTES];
    bool is_added = hub_open(&hub, o, &why) && add_screen(&hub, token, &why);
    if (!is_added)
        complain("%s", why.text);
    else if (puts(token) < 0 || fflush(stdout) != 0)
        is_added = false; // nobody has it: the coordinator may remove it
    secret_forget(token, sizeof token);
    hub_close(&hub);
    return is_added ? 0 : EXIT_WRONG;
}

static int
make_new_address(const struct hub_options *o)
{
    struct hub hub = {0};
    struct problem why = {0};
    struct arena a = {0};
    char at[HUB_OPTION_BYTES + 8];
    const char *path =
        hub_open(&hub, o, &why) ? new_address(&hub, &a, &why) : NULL;
    snprintf(at, sizeof at, "%s%s", *o->socket ? "" : "http://", o->listen);
    bool is_said = path && printf("%s%s\n", origin_of(o, at), path) > 0 &&
                   fflush(stdout) == 0;
    if (!path)
        complain("%s", why.text);
    arena_destroy(&a);
    hub_close(&hub);
    return is_said ? 0 : EXIT_WRONG;
}

static int
serve(const struct hub_options *o)
{
    struct hub hub = {0};
    struct server *server = NULL;
    struct notify notify = {0};
    struct problem why = {0};
    int status = EXIT_WRONG;
    if (!hub_open(&hub, o, &why))
        goto out;
    struct server_settings settings = {
        .listen = *o->listen ? o->listen : NULL,
        .socket = *o->socket ? o->socket : NULL,
        .is_behind_proxy = o->is_behind_proxy,
        .answer = hub_answer,
        .tick = hub_tick,
        .beside = hub.beside,
        .turn = hub_turn,
        .data = &hub,
        .notify = &notify,
    };
    server = server_open(&settings, &why);
    if (!server)
        goto out;
    printf("The hub is at %s\n", server_address(server));
    print_set_up(&hub, server_address(server));
    fflush(stdout);
    notify_open(&notify);
    notify_ready(&notify);
    status = server_run(server) ? 0 : EXIT_DOWN;
    notify_stopping(&notify);
    notify_close(&notify);
out:
    if (status == EXIT_WRONG)
        complain("%s", why.text);
    server_close(server);
    hub_close(&hub);
    return status;
}

static int
begin(const struct hub_options *o)
{
    umask(077); // what is kept is for nobody else on this machine
    if (!secret_start()) {
        complain("this machine has no randomness to make secrets from");
        return EXIT_WRONG;
    }
    if (o->mode == HUB_MODE_ADD_SCREEN)
        return add_one_screen(o);
    return o->mode == HUB_MODE_NEW_ADDRESS ? make_new_address(o) : serve(o);
}

int
main(int argc, char **argv)
{
    struct hub_options o;
    struct problem why = {0};
    if (!hub_options_read(&o, argc, argv, &why)) {
        complain("%s", why.text);
        return EXIT_WRONG;
    }
    switch (o.mode) {
    case HUB_MODE_VERSION:
        puts("staffroom-hub " STAFFROOM_VERSION);
        return 0;
    case HUB_MODE_HELP:
        hub_options_help(stdout);
        return 0;
    case HUB_MODE_FETCH:
        return fetch_run();
    case HUB_MODE_SERVE:
    case HUB_MODE_ADD_SCREEN:
    case HUB_MODE_NEW_ADDRESS:
        break;
    }
    if (!read_config(&o))
        return EXIT_WRONG;
    if (!hub_options_finish(&o, &why)) {
        complain("%s", why.text);
        return EXIT_WRONG;
    }
    return begin(&o);
}
