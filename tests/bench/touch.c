// links: src/base/*.c src/core/*.c src/view/*.c src/io/*.c
// links: src/sdl/*.c src/kiosk/*.c
// libs: $(LIBS) -lXtst -lX11 -lqrencode
/*
 * A teacher at the kiosk, timed from outside: the real program on a screen in
 * memory, touched through the X server, watched in the server's own memory.
 *
 *     touch kiosk SCREEN FEED CONFIG STATE COMMAND…
 *     touch floor SCREEN COMMAND…         (COMMAND: bare_touch)
 *
 * prints one number or "median p99 most" a line, in milliseconds and MiB:
 *
 *     down        a finger touches a key → the key looks pressed
 *     open        it leaves "Add a post-it" → the composer
 *     up          it leaves "Post it" → the green "Up on this board"
 *     fsync       4 KiB written where the post-its are kept, and fsynced
 *     kept N M    letters in the store, of those typed forty in two seconds
 *     pss WHEN    memory: on a slide, in the composer, after all of it
 *
 * SCREEN is Xvfb's file. Where the keys are is asked of our own view code, in
 * a show of the same feed and settings that nobody sees.
 */
#include <ctype.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include "kiosk/show.h"
#include "kiosk/still.h"
#include "kiosk/worker.h"
#include "tests/bench/finger.h"
#include "view/palette.h"

#define W 1920
#define H 1080

#define DOWN_MS 30 // a quick finger's
#define KEY_MS 50  // forty letters in two seconds
#define LETTERS 40
#define LAST_LETTERS 5
#define ROUNDS 5 // with all the letters
#define POSTS 20 // and the rest with few
#define SLOW_KEYS 100
#define FLOOR_DOWNS 200
#define SYNCS 100
#define LOST_MS 3000
#define START_MOST_MS 15000
#define REST_MS 3000
#define SAMPLES_MOST 512

struct samples {
    double ms[SAMPLES_MOST];
    size_t count;
};

/* Where things are. */
struct places {
    struct rect add, post, cancel, said;
    struct rect letters[26]; // w 0: there is no such key
};

struct visit {
    Display *x;
    struct eyes eyes;
    struct places at;
    pid_t pid;
    uint32_t seed;
    struct samples down, open, up;
    char typed[POSTS][LETTERS + 1];
    int post_count;
};

/* What never came took as long as was waited for it: not to be overlooked. */
static void
add_sample(struct samples *s, double ms)
{
    if (s->count < SAMPLES_MOST)
        s->ms[s->count++] = ms >= 0 ? ms : LOST_MS;
}

static void
print_samples(const char *what, struct samples *s)
{
    if (s->count)
        printf("%s %.2f %.2f %.2f\n", what,
               stopwatch_part(s->ms, s->count, 0.5),
               stopwatch_part(s->ms, s->count, 0.99),
               stopwatch_part(s->ms, s->count, 1));
    s->count = 0;
}

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* --- the program that is looked at --- */

static pid_t
start(char **command)
{
    pid_t pid = fork();
    if (pid == 0) {
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    return pid;
}

static void
end(pid_t pid)
{
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
}

static void
print_memory(pid_t pid, const char *when)
{
    char path[64], line[128];
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int) pid);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, "Pss:", 4) == 0)
            printf("pss %s %.1f\n", when,
                   (double) strtol(line + 4, NULL, 10) / 1024);
    if (f)
        fclose(f);
}

/* --- seeing --- */

/* From `since_ms` until the box looks different; -1: it did not within
   `most_ms`. */
static double
until_different(const struct eyes *e, struct rect box, const uint8_t *before,
                double since_ms, double most_ms)
{
    while (!eyes_differ(e, box, before)) {
        if (stopwatch_ms() - since_ms > most_ms)
            return -1;
        nap_ms(EYES_BLINK_US / 1e3);
    }
    return stopwatch_ms() - since_ms;
}

/* Presses or lets go in the middle of `box`; until `watched` is different. */
static double
press_and_see(struct visit *v, struct rect box, bool is_down,
              struct rect watched)
{
    finger_move(v->x, box);
    nap_ms(5);
    uint8_t *before = eyes_remember(&v->eyes, watched);
    double at_ms = finger_press(v->x, is_down);
    double took_ms = until_different(&v->eyes, watched, before, at_ms, LOST_MS);
    free(before);
    return took_ms;
}

static void
tap(struct visit *v, struct rect box)
{
    finger_move(v->x, box);
    finger_press(v->x, true);
    nap_ms(DOWN_MS);
    finger_press(v->x, false);
}

/* --- where things are --- */

static struct rect
find_target(const struct show *s, enum target_kind kind)
{
    const struct draw_list *list = show_list(s);
    for (int i = 0; i < list->target_count; i++)
        if (list->targets[i].kind == kind)
            return list->targets[i].box;
    return (struct rect){0};
}

static void
find_letters(const struct keyboard *k, struct rect letters[26])
{
    struct rect rects[KEYBOARD_KEYS_MAX];
    const struct key *keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_rects(k, rects, keys);
    for (int i = 0; i < count; i++) {
        const char *label = keys[i]->label;
        if (label && strlen(label) == 1 && isalpha((unsigned char) *label))
            letters[tolower((unsigned char) *label) - 'a'] = rects[i];
    }
}

/* On the first slide, and in the composer it opens. */
static bool
find_places(struct places *at, const char *feed, const char *config)
{
    char *arguments[] = {(char[]){"touch"},
                         (char[]){"--render"},
                         (char[]){"/nowhere"}, // nothing is written
                         (char[]){"--size"},
                         (char[]){"1920x1080"},
                         (char[]){"--feed"},
                         (char *) (uintptr_t) feed,
                         (char[]){"--config"},
                         (char *) (uintptr_t) config,
                         NULL};
    static struct program p; // the show borrows from these two to the end
    static struct still still;
    static struct show show;
    if (!program_init(&p, 9, arguments) || still_init(&still, &p) != 0)
        return false;
    enum show_change change;
    struct rect part;
    struct panel panel = program_panel(&p, W, H, 0);
    struct now now = still.now;
    struct news news = {.board = still.loaded.board};
    show_init(&show, &panel, &still.ruler, &p.config, now);
    show_take(&show, &news, now);
    show_tick(&show, now, &change, &part);
    at->add = find_target(&show, TARGET_ADD_POSTIT);
    struct rect foot = show.theme.footer;
    at->said = (struct rect){foot.x, foot.y, foot.w / 2, foot.h};
    struct touch t = {.phase = TOUCH_DOWN,
                      .finger = 1,
                      .x = at->add.x + at->add.w / 2,
                      .y = at->add.y + at->add.h / 2};
    show_touch(&show, &t, now);
    t.phase = TOUCH_UP;
    show_touch(&show, &t, now);
    show_tick(&show, now, &change, &part);
    at->post = find_target(&show, TARGET_POST);
    at->cancel = find_target(&show, TARGET_CANCEL);
    find_letters(&show.composer.keyboard, at->letters);
    return at->add.w && at->post.w && at->cancel.w && at->letters[0].w;
}

/* --- what is done --- */

static int
random_letter(struct visit *v)
{
    int letter;
    do
        letter = (int) (next_random(&v->seed) % 26);
    while (v->at.letters[letter].w == 0);
    return letter;
}

static void
open_composer(struct visit *v)
{
    finger_move(v->x, v->at.add);
    finger_press(v->x, true);
    nap_ms(DOWN_MS);
    add_sample(&v->open, press_and_see(v, v->at.add, false, v->at.post));
    nap_ms(300);
}

/* One key after another, each looked at until it is drawn. */
static void
type_slowly(struct visit *v)
{
    for (int i = 0; i < SLOW_KEYS; i++) {
        struct rect key = v->at.letters[random_letter(v)];
        add_sample(&v->down, press_and_see(v, key, true, key));
        nap_ms(DOWN_MS);
        finger_press(v->x, false);
        nap_ms(KEY_MS);
    }
}

/* Whatever the screen does meanwhile: the next letter does not wait. Every
   sixth or so is the one before once more. */
static void
type_fast(struct visit *v, int letters, char *typed)
{
    double begun_ms = stopwatch_ms();
    int letter = 0;
    for (int i = 0; i < letters; i++) {
        if (i == 0 || next_random(&v->seed) % 6 != 0)
            letter = random_letter(v);
        nap_ms(begun_ms + i * KEY_MS - stopwatch_ms());
        tap(v, v->at.letters[letter]);
        typed[i] = (char) ('a' + letter);
    }
}

/* From the finger's leaving until the green is there; -1: never. */
static double
post(struct visit *v)
{
    const int enough = v->at.said.h * v->at.said.h / 2;
    finger_move(v->x, v->at.post);
    finger_press(v->x, true);
    nap_ms(DOWN_MS);
    double at_ms = finger_press(v->x, false), now_ms = at_ms;
    while (eyes_count(&v->eyes, v->at.said, LEAF) < enough) {
        nap_ms(EYES_BLINK_US / 1e3);
        now_ms = stopwatch_ms();
        if (now_ms - at_ms > LOST_MS)
            return -1;
    }
    return stopwatch_ms() - at_ms;
}

static void
write_and_post(struct visit *v)
{
    int letters = v->post_count < ROUNDS ? LETTERS : LAST_LETTERS;
    open_composer(v);
    type_fast(v, letters, v->typed[v->post_count++]);
    nap_ms(200);
    double took_ms = post(v);
    if (took_ms < 0)
        fprintf(stderr, "post-it %d was not seen to go up\n", v->post_count);
    add_sample(&v->up, took_ms);
    nap_ms(1000); // it flies to its place
}

/* --- what was kept --- */

/* Letters of `typed` that are in `kept`, in their order. */
static int
letters_kept(const char *typed, const char *kept)
{
    int best[2][LETTERS + 1] = {{0}};
    int typed_len = (int) strlen(typed);
    for (size_t k = 0; kept[k]; k++) {
        const int *above = best[k % 2];
        int *row = best[1 - k % 2];
        for (int i = 1; i <= typed_len; i++) {
            bool is_same = typed[i - 1] == tolower((unsigned char) kept[k]);
            row[i] = is_same                 ? above[i - 1] + 1
                     : row[i - 1] > above[i] ? row[i - 1]
                                             : above[i];
        }
    }
    return best[strlen(kept) % 2][typed_len];
}

/* Read by SQLite alone, once the kiosk has ended. */
static void
print_kept(const struct visit *v, const char *state)
{
    char path[4096];
    sqlite3 *db = NULL;
    sqlite3_stmt *rows = NULL;
    snprintf(path, sizeof path, "%s/postits.db", state);
    if (sqlite3_open(path, &db) == SQLITE_OK)
        sqlite3_prepare_v2(db, "SELECT text FROM postit ORDER BY place", -1,
                           &rows, NULL);
    int kept = 0, typed = 0;
    for (int i = 0; i < v->post_count && i < ROUNDS; i++) {
        typed += (int) strlen(v->typed[i]);
        if (rows && sqlite3_step(rows) == SQLITE_ROW)
            kept += letters_kept(v->typed[i],
                                 (const char *) sqlite3_column_text(rows, 0));
    }
    printf("kept %d %d\n", kept, typed);
    sqlite3_finalize(rows);
    sqlite3_close(db);
}

/* What the disk asks for one small write that has to be there. */
static void
print_syncs(const char *state)
{
    static const char page[4096];
    struct samples s = {.count = 0};
    char path[4096];
    snprintf(path, sizeof path, "%s/floor", state);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (int i = 0; fd >= 0 && i < SYNCS; i++) {
        double from_ms = stopwatch_ms();
        if (write(fd, page, sizeof page) != sizeof page || fsync(fd) != 0)
            break;
        add_sample(&s, stopwatch_ms() - from_ms);
    }
    if (fd >= 0)
        close(fd);
    unlink(path);
    print_samples("fsync", &s);
}

/* --- both --- */

/* Until something is drawn where `box` is, and all has come to rest. */
static bool
wait_for_picture(struct visit *v, struct rect box)
{
    uint8_t *before = eyes_remember(&v->eyes, box);
    double took_ms =
        until_different(&v->eyes, box, before, stopwatch_ms(), START_MOST_MS);
    free(before);
    nap_ms(REST_MS);
    if (took_ms < 0)
        fprintf(stderr, "nothing was shown\n");
    return took_ms >= 0;
}

static int
visit_kiosk(struct visit *v, const char *state, char **command)
{
    v->pid = start(command);
    if (!wait_for_picture(v, v->at.add)) {
        end(v->pid);
        return 1;
    }
    print_memory(v->pid, "slide");
    open_composer(v);
    print_memory(v->pid, "composer");
    type_slowly(v);
    tap(v, v->at.cancel);
    nap_ms(1000);
    while (v->post_count < POSTS)
        write_and_post(v);
    open_composer(v);
    print_memory(v->pid, "later");
    tap(v, v->at.cancel);
    nap_ms(300);
    end(v->pid);
    print_samples("down", &v->down);
    print_samples("open", &v->open);
    print_samples("up", &v->up);
    print_kept(v, state);
    print_syncs(state);
    return 0;
}

static int
visit_floor(struct visit *v, char **command)
{
    struct rect key = {W / 2 - 20, H / 2 - 20, 40, 40};
    v->pid = start(command);
    if (!wait_for_picture(v, key)) {
        end(v->pid);
        return 1;
    }
    for (int i = 0; i < FLOOR_DOWNS; i++) {
        add_sample(&v->down, press_and_see(v, key, true, key));
        nap_ms(DOWN_MS);
        finger_press(v->x, false);
        nap_ms(KEY_MS);
    }
    print_memory(v->pid, "bare");
    end(v->pid);
    print_samples("down", &v->down);
    return 0;
}

int
main(int argc, char **argv)
{
    bool is_kiosk = argc > 6 && strcmp(argv[1], "kiosk") == 0;
    bool is_floor = argc > 3 && strcmp(argv[1], "floor") == 0;
    static struct visit v = {.seed = 11};
    if (!is_kiosk && !is_floor) {
        fprintf(stderr, "touch kiosk SCREEN FEED CONFIG STATE COMMAND…\n"
                        "touch floor SCREEN COMMAND…\n");
        return 2;
    }
    v.x = XOpenDisplay(NULL);
    if (!v.x || !eyes_open(&v.eyes, argv[2]) || v.eyes.w != W ||
        v.eyes.h != H) {
        fprintf(stderr, "%s is not a screen of %d×%d\n", argv[2], W, H);
        return 1;
    }
    finger_move(v.x, (struct rect){0, H - 1, 0, 0}); // in nobody's way
    if (is_floor)
        return visit_floor(&v, argv + 3);
    if (!find_places(&v.at, argv[3], argv[4])) {
        fprintf(stderr, "there is nothing to touch\n");
        return 1;
    }
    return visit_kiosk(&v, argv[5], argv + 6);
}
