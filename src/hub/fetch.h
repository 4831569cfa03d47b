#ifndef HUB_FETCH_H
#define HUB_FETCH_H

/*
 * `staffroom-hub --fetch`: brings one calendar from the web, as a process of
 * its own that the hub runs with limits (calendars.h), and that nobody else
 * needs. What it fetches was named by a coordinator, so it may come over https
 * and from public addresses only, looked at when they are connected (no rebound
 * name gets past), from the server that was named, at most 1 MiB, in ten
 * seconds.
 *
 * On its standard input, because everybody on a machine can read command lines
 * and the address may be a secret:
 *     {"url":"https://…","etag":"…","modified":"…"}
 * On its standard output one line, and behind it the body:
 *     {"same":false,"etag":"…","modified":"…","retry_after_s":0,"sentence":""}
 * A sentence says, for people, why there is no body.
 */

#define FETCH_OPTION "--fetch"

/* Reads, fetches, prints. The exit status. */
int fetch_run(void);

/* Changes a sentence of io/http_client, which speaks of a screen. Pure. */
struct problem;
void fetch_say_hub(struct problem *why);

#endif
