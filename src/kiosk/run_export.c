#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "base/zone.h"
#include "core/date.h"
#include "core/feed_write.h"
#include "core/postit_csv.h"
#include "io/file.h"
#include "io/kiosk_store.h"
#include "kiosk/folders.h"
#include "kiosk/last_board.h"
#include "kiosk/program.h"
#include "kiosk/worker_token.h"

#define DATABASE "postits.db" // kiosk_store.h
#define TITLE "Post-its from one staffroom"

static const enum postit_shared shared_of[] = {
    [POSTIT_WAITING] = POSTIT_SHARED_NO,
    [POSTIT_SENT] = POSTIT_SHARED_SENT,
    [POSTIT_SHARED] = POSTIT_SHARED_YES,
};

/* What is around the post-its, and not stored with them. */
struct setting {
    char school[WORKER_SCHOOL_BYTES]; // id; ""
    struct board *board;              // owned; NULL: none was kept
};

/* A screen that was added at a hub has its school from there. */
static void
read_setting(struct setting *s, const struct program *p, const char *folder)
{
    struct worker_token known;
    *s = (struct setting){.board = last_board_read(p)};
    bool is_added = *p->config.hub &&
                    worker_token_read(&known, folder, p->config.hub) &&
                    *known.school;
    snprintf(s->school, sizeof s->school, "%s",
             is_added ? known.school : p->config.school);
}

/* The question's words or the meeting's title; "" when it is not there. */
static const char *
words_of(const struct board *b, const char *id)
{
    for (int i = 0; *id && b && i < b->item_count; i++) {
        const struct item *item = &b->items[i];
        if (strcmp(item->id, id) == 0)
            return item->kind == KIND_QUESTION && *item->text ? item->text
                                                              : item->title;
    }
    return "";
}

static struct postit_record
record_of(const struct postit *p, const struct setting *s)
{
    return (struct postit_record){
        .id = p->id,
        .text = p->text,
        .author = p->author,
        .school = s->school,
        .answers = p->answers,
        .answers_words = words_of(s->board, p->answers),
        .sort = p->sort,
        .colour = p->colour,
        .shared = shared_of[p->state],
        .is_face_down = p->is_face_down,
        .thanks = p->thanks,
        .trying = p->trying,
        .made_s = p->is_time_unsure ? TIME_NONE : p->made_s,
        .expires_s = p->is_time_unsure ? TIME_NONE : p->expires_s,
    };
}

/*
 * Even to read, SQLite makes an index beside the database, unless a kiosk is
 * running and has made it: what is then missing is leave to write there.
 */
static bool
can_be_opened(const char *folder)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s-shm", folder, DATABASE);
    return access(path, R_OK) == 0 || access(folder, W_OK) == 0;
}

/* 0 when there is something to open, else the exit status: it has said why. */
static int
look_for_store(const char *folder)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, DATABASE);
    bool is_there = access(path, R_OK) == 0;
    if (is_there && can_be_opened(folder))
        return 0;
    if (is_there) {
        program_complain("%s cannot be read because nothing may be written "
                         "beside it (%m); please run this as the user who "
                         "runs the kiosk",
                         path);
        return EXIT_WRONG;
    }
    if (errno == ENOENT || errno == ENOTDIR) {
        program_complain("No post-its have been written on this screen yet: "
                         "there is no %s",
                         path);
        return EXIT_REFUSED;
    }
    program_complain("%s cannot be read: %m; please run this as the user who "
                     "runs the kiosk",
                     path);
    return EXIT_WRONG;
}

static int
complain_of_file(const char *path, const struct problem *why)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s",
             slash ? (int) (slash - path) + 1 : 1, slash ? path : ".");
    if (access(folder, F_OK) != 0)
        program_complain("%s cannot be written: there is no folder %s", path,
                         folder);
    else
        program_complain("%s", why->text);
    return EXIT_WRONG;
}

static int
write_file(const struct options *o, const struct postit_record *records,
           int count)
{
    struct text text = {0};
    struct problem why = {0};
    if (o->export_as == EXPORT_TABLE) {
        struct zone *zone = zone_open(NULL);
        postit_csv_write(&text, zone, records, count);
        zone_close(zone);
    } else {
        feed_write_postits(&text, TITLE, records, count);
    }
    umask(077); // colleagues' names: for nobody but whoever asked
    bool is_good = file_write(o->export_to, text_string(&text), text.len, &why);
    text_destroy(&text);
    if (!is_good)
        return complain_of_file(o->export_to, &why);
    printf("Wrote %d post-it%s to %s\n", count, count == 1 ? "" : "s",
           o->export_to);
    return 0;
}

static int
export_all(const struct program *p, struct kiosk_store *store,
           const struct setting *setting)
{
    struct arena arena = {0};
    const struct postit *postits = NULL;
    int count = kiosk_store_list(store, &arena, INT64_MIN, &postits);
    int status = EXIT_WRONG;
    if (count < 0) {
        program_complain("the post-its cannot be read; nothing has been "
                         "written");
    } else if (count == 0) {
        program_complain("There are no post-its on this screen");
        status = EXIT_REFUSED;
    } else {
        struct postit_record *records =
            arena_array(&arena, (size_t) count, sizeof *records);
        for (int i = 0; i < count; i++)
            records[i] = record_of(&postits[i], setting);
        status = write_file(&p->options, records, count);
    }
    arena_destroy(&arena);
    return status;
}

int
run_export(const struct program *p)
{
    char state[PATH_MAX];
    const char *folder = folders_state_to_read(state, sizeof state);
    int status = look_for_store(folder);
    if (status != 0)
        return status;
    struct problem why = {0};
    struct kiosk_store *store = kiosk_store_open_to_read(folder, &why);
    if (!store) {
        program_complain("%s; nothing has been written", why.text);
        return EXIT_WRONG;
    }
    struct setting setting;
    read_setting(&setting, p, folder);
    status = export_all(p, store, &setting);
    board_free(setting.board);
    kiosk_store_close(store);
    return status;
}
