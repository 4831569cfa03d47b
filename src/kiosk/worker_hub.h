#ifndef KIOSK_WORKER_HUB_H
#define KIOSK_WORKER_HUB_H

#include <stdbool.h>
#include <stdint.h>

#include "core/polling.h"
#include "io/http_client.h"
#include "kiosk/worker.h"
#include "kiosk/worker_feed.h"
#include "kiosk/worker_outbox.h"
#include "kiosk/worker_postits.h"
#include "kiosk/worker_token.h"

/*
 * This screen and its hub. While the hub does not know it, a code is on the
 * screen and the hub is asked whether somebody has typed it; from then on the
 * hub is told what the outbox holds, and how this screen is doing. One request
 * at a time; what fails is tried again, later and later, and never lost. Where
 * the settings name no hub, none of it does anything. Worker thread.
 *
 * Times called now_ms are the machine's monotonic ones.
 */

#define WORKER_HUB_TAG (-1)

struct worker_hub {
    const struct worker_settings *settings; // borrowed, as these two
    struct worker_feed *feed;
    struct worker_postits *postits;
    const char *address; // borrowed; "": no hub
    struct machine_mark machine; // the one we run on

    struct worker_token paired;
    // Of every code until it is added: the hub ends those before by it.
    char secret[WORKER_TOKEN_BYTES];
    char code[WORKER_CODE_BYTES];    // "": none
    int64_t code_until_ms;

    enum {
        ASKING_NOTHING,
        ASKING_CODE,
        ASKING_TOKEN,
        TELLING_ERRAND,
        TELLING_STATUS,
    } asking; // the request under way
    struct worker_errand errand;
    uint64_t settled; // hash of the last one; 0: none
    struct polling polling;
    int64_t status_ms;    // when the hub is told again how we are
    bool has_new_errands; // somebody may have left some

    char post_page[WORKER_PAGE_BYTES]; // of the hub's last word; "": none
    int64_t post_page_until_ms;

    int64_t told_ms;       // when the hub last heard something of us
    int64_t revision;      // of the board that is up
    int64_t shown_since_s; // 0: no board yet

    /* For whoever publishes. */
    struct hub_status status;
    bool has_changed;       // the status
    bool has_changed_store; // so a new list is due
};

void worker_hub_init(struct worker_hub *h, const struct worker_settings *s,
                     struct worker_feed *feed,
                     struct worker_postits *postits, int64_t now_ms);
void worker_hub_destroy(struct worker_hub *h);

/* Asks or tells if it is time. Returns when to call again. */
int64_t worker_hub_tick(struct worker_hub *h, struct http_client *http,
                        int64_t now_ms);

/* Takes what is of use out of the reply; the caller destroys it. */
void worker_hub_answer(struct worker_hub *h, const struct http_reply *reply,
                       int64_t now_ms);

/* Somebody wrote or touched something, or the clock came right. */
void worker_hub_notice(struct worker_hub *h);

/*
 * The feed answered well; `board` is NULL when it is still the one that is up.
 * What was asked for after the hub had heard everything counts our touches.
 */
void worker_hub_see_feed(struct worker_hub *h, const struct board *board,
                         int64_t asked_ms);

/* That board goes up, from the cache as well. */
void worker_hub_see_board(struct worker_hub *h, const struct board *board);

/*
 * A request with that token was answered 401. One that is revoked, as the hub
 * says in so many words, belongs to somebody who is not to read on: a screen
 * that was stolen, or sold. All that came from the hub is deleted here, and so
 * is what it has had from us; what it never had stays in the outbox. A hub that
 * merely does not know the token may have been restored from a backup, and then
 * the board stays up.
 */
void worker_hub_lose(struct worker_hub *h, const char *token, bool is_revoked,
                     int64_t now_ms);

/* Whether that address is the feed of the settings' hub, and the only one
   besides its own that the token goes to. */
bool worker_hub_has_feed(const struct config *config, const char *feed);

#endif
