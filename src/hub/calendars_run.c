#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

#include "base/log.h"
#include "hub/calendars_part.h"
#include "hub/fetch.h"
#include "io/child.h"

#define FILE_BYTES_MOST ((size_t) 64 * 1024) // they have none to write
#define HEAD_MOST ((size_t) 4096)            // --fetch's first line
#define FETCH_WALL_MS 15000
#define FETCH_CPU_S 5
#define LINES_MOST ((size_t) 6 * 1024 * 1024)
#define LINES_WALL_MS 10000
#define LINES_CPU_S 2
#ifdef __SANITIZE_ADDRESS__
#define FETCH_MEMORY_BYTES ((size_t) 0) // so are the programs
#define LINES_MEMORY_BYTES ((size_t) 0)
#else
#define FETCH_MEMORY_BYTES ((size_t) 512 * 1024 * 1024)
#define LINES_MEMORY_BYTES ((size_t) 256 * 1024 * 1024)
#endif

#define PROGRAM_BROKE                                                          \
    "The program that reads calendars did not come to an end with this one. "  \
    "Tell whoever looks after the hub"

static void
end_child(struct reading *r, const struct reading_programs *p)
{
    if (r->child)
        (void) epoll_ctl(p->beside, EPOLL_CTL_DEL, child_fd(r->child), NULL);
    child_free(r->child);
    r->child = NULL;
}

void
reading_end(struct reading *r, const struct reading_programs *p)
{
    end_child(r, p);
    zone_close(r->zone);
    arena_destroy(&r->arena);
    *r = (struct reading){0};
}

static bool
start(struct reading *r, const struct reading_programs *p,
      const struct child_order *o, enum reading_stage stage,
      struct problem *why)
{
    r->stage = stage;
    r->child = child_start(o, why);
    if (!r->child)
        return false;
    struct epoll_event e = {.events = EPOLLIN};
    if (epoll_ctl(p->beside, EPOLL_CTL_ADD, child_fd(r->child), &e) == 0)
        return true;
    problem_set(why, 0, 0, "it cannot be waited for: %s", strerror(errno));
    end_child(r, p);
    return false;
}

/* What is of none of a program's business is not in there. */
static const char *const bare_env[] = {"LC_ALL=C.UTF-8", "HOME=/nonexistent",
                                       NULL};

/* ---- from its address --------------------------------------------------- */

static void
add_field(struct text *t, const char *name, const char *value)
{
    text_add_json(t, name);
    text_add_char(t, ':');
    text_add_json(t, value);
}

bool
reading_start(struct reading *r, const struct reading_programs *p,
              struct problem *why)
{
    const char *argv[] = {p->fetch, FETCH_OPTION, NULL};
    struct text input = {0};
    text_add_char(&input, '{');
    add_field(&input, "url", r->calendar.url);
    text_add_char(&input, ',');
    add_field(&input, "etag", r->calendar.etag);
    text_add_char(&input, ',');
    add_field(&input, "modified", r->calendar.modified);
    text_add_char(&input, '}');
    const struct child_order order = {
        .argv = argv,
        .env = bare_env,
        .input = input.bytes,
        .input_len = input.len,
        .output_most = HEAD_MOST + CALENDARS_FETCH_MOST,
        .cpu_s = FETCH_CPU_S,
        .wall_ms = FETCH_WALL_MS,
        .memory_bytes = FETCH_MEMORY_BYTES,
        .file_bytes = FILE_BYTES_MOST,
    };
    bool is_started = start(r, p, &order, READING_FETCH, why);
    text_destroy(&input);
    return is_started;
}

static bool
start_lines(struct reading *r, const struct reading_programs *p,
            const struct calendars_fetched *f, struct problem *why)
{
    const char *argv[] = {p->calendar, "--from", r->from,      "--until",
                          r->until,    "--zone", r->zone_name, NULL};
    const struct child_order order = {
        .argv = argv,
        .env = bare_env,
        .input = f->body,
        .input_len = f->len,
        .output_most = LINES_MOST,
        .cpu_s = LINES_CPU_S,
        .wall_ms = LINES_WALL_MS,
        .memory_bytes = LINES_MEMORY_BYTES,
        .file_bytes = FILE_BYTES_MOST,
    };
    return start(r, p, &order, READING_LINES, why);
}

/* ---- what they said ----------------------------------------------------- */

static bool
left_with(const struct child *c, int status)
{
    return child_end(c) == CHILD_LEFT && child_status(c) == status;
}

/* Its first run is over. The child is its next one when it GOES_ON. */
static enum reading_end
take_fetched(struct reading *r, const struct reading_programs *p,
             struct child *fetch, struct problem *why)
{
    struct calendars_fetched f;
    struct problem whose = {0};
    if (!left_with(fetch, 0) ||
        !calendars_take_fetched(&r->arena, child_output(fetch), &f, &whose)) {
        log_warning("a calendar could not be fetched: %s",
                    *whose.text ? whose.text : child_complaint(fetch));
        problem_set(why, 0, 0,
                    "The address could not be asked. The hub tries again");
        return READING_FAILED;
    }
    r->retry_after_s = f.retry_after_s;
    if (*f.sentence) {
        problem_set(why, 0, 0, "%s", f.sentence);
        return READING_FAILED;
    }
    if (f.is_same)
        return READING_SAME;
    if (!calendars_is_calendar(f.body, f.len, why))
        return READING_FAILED;
    r->calendar.refresh_s = calendars_refresh_s(f.body, f.len);
    r->calendar.etag = f.etag;
    r->calendar.modified = f.modified;
    if (start_lines(r, p, &f, &whose))
        return READING_GOES_ON;
    log_warning("calendars cannot be read: %s", whose.text);
    problem_set(why, 0, 0, PROGRAM_BROKE);
    return READING_FAILED;
}

/* staffroom-calendar's own sentence, which is for people. */
static void
explain(struct child *c, struct problem *why)
{
    const char *said = child_complaint(c);
    const char *colon = strstr(said, ": ");
    problem_set(why, 0, 0, "This calendar cannot be read: %s",
                colon ? colon + 2 : said);
}

static enum reading_end
take_lines(struct reading *r, struct child *lines, struct problem *why)
{
    struct text document = {0};
    struct problem whose = {0};
    if (left_with(lines, 1)) {
        explain(lines, why);
        return READING_FAILED;
    }
    bool is_good =
        left_with(lines, 0) &&
        calendars_take_lines(&document, child_output(lines), r->calendar.filter,
                             r->zone_name, r->zone, &whose);
    if (is_good)
        r->calendar.document =
            arena_copy(&r->arena, text_string(&document), document.len);
    else
        problem_set(why, 0, 0, PROGRAM_BROKE);
    if (!is_good)
        log_warning("a calendar could not be worked out: %s",
                    *whose.text ? whose.text : child_complaint(lines));
    text_destroy(&document);
    return is_good ? READING_CHANGED : READING_FAILED;
}

enum reading_end
reading_turn(struct reading *r, const struct reading_programs *p,
             struct problem *why)
{
    struct child *ended = r->child;
    if (!ended || !child_turn(ended))
        return READING_GOES_ON;
    (void) epoll_ctl(p->beside, EPOLL_CTL_DEL, child_fd(ended), NULL);
    r->child = NULL; // what it said is read while the next one starts
    enum reading_end end = r->stage == READING_FETCH
                               ? take_fetched(r, p, ended, why)
                               : take_lines(r, ended, why);
    child_free(ended);
    return end;
}
