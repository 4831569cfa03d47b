#ifndef TESTS_HUB_STAND_H
#define TESTS_HUB_STAND_H

#include "hub/hub.h"
#include "hub/routes.h"

/*
 * A hub without a web server: a real store in a folder of its own, requests
 * made by hand, and a clock that stands at STAND_NOW_S until it is moved.
 */

#define STAND_NOW_S INT64_C(1795689720) // 2026-11-26 10:42 in London

#define STAND_SECRET_TEXT 44

struct stand {
    struct hub hub;
    char folder[64];
    struct arena arena;        // of the request; emptied before the next
    struct http_answer answer; // the last one
    const char *token;         // said in the next requests; "" for none
    const char *if_none_match;
    const char *peer;
};

/* For cmocka: *state is a stand. */
int stand_open(void **state);
int stand_close(void **state);

/* The answer's status. Through the gate, like every request. */
int stand_ask(struct stand *s, enum http_method method, const char *path,
              const char *body);
int stand_get(struct stand *s, const char *path);
const char *stand_header(const struct stand *s, const char *name); // NULL
const char *stand_body(const struct stand *s); // kept bytes or own

/* Fails unless it is a whole problem+json of that status. */
void stand_assert_problem(const struct stand *s, int status);

/* A kiosk paired by a coordinator; its token, which the caller keeps. */
struct stand_token {
    char text[STAND_SECRET_TEXT];
};
struct stand_token stand_pair(struct stand *s, const char *name,
                              const char *school);

/* From a second connection: how a store is broken that was well a moment ago. */
void stand_run_sql(struct stand *s, const char *sql);

#endif
