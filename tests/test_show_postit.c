// links: src/kiosk/show.c src/kiosk/show_board.c src/kiosk/show_postit.c
// links: src/kiosk/show_compose.c src/kiosk/show_card.c src/kiosk/errands.c
// links: src/kiosk/show_touch.c src/kiosk/requests.c src/kiosk/local_postits.c
// links: src/kiosk/local_meetings.c
// links: src/kiosk/worker_postits.c src/io/kiosk_store.c
// links: src/io/kiosk_store_sql.c src/io/kiosk_store_list.c
// links: src/io/kiosk_store_open.c src/io/db.c src/io/db_aside.c
// links: src/view/*.c src/core/*.c src/base/*.c src/io/file.c
// links: tests/board_file.c
// libs: -lcjson -linih -lunistring -lsqlite3
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "kiosk/errands.h"
#include "kiosk/worker_postits.h"
#include "tests/show_stand.h"

#define QUESTION "q-2026-11-26"

/* A show with a real store behind it, asked there and then. */
struct stand {
    struct show show;
    struct config config;
    struct worker_postits store;
    char folder[64];
};

/* What came to the worker, in whose place this test stands. */
static struct requests asked;

bool
worker_ask(struct worker *w, const struct request *request)
{
    (void) w;
    return requests_push(&asked, request);
}

static void
stand_up(struct stand *t)
{
    *t = (struct stand){.folder = "/tmp/staffroom-show-XXXXXX"};
    assert_non_null(mkdtemp(t->folder));
    begin(&t->show, &t->config);
    worker_postits_init(&t->store, t->folder, "hillcrest");
    tick(&t->show, 0, NULL);
}

static void
stand_down(struct stand *t)
{
    requests_destroy(&asked);
    worker_postits_destroy(&t->store);
    finish(&t->show, &t->config);
    DIR *dir = opendir(t->folder);
    for (struct dirent *d; (d = readdir(dir));)
        if (d->d_name[0] != '.')
            unlinkat(dirfd(dir), d->d_name, 0);
    closedir(dir);
    rmdir(t->folder);
}

/* What the kiosk and its worker do with what the show asks. */
static void
serve(struct stand *t, int64_t ms)
{
    struct request r;
    errands_run(&t->show, NULL, at(ms));
    while (requests_pop(&asked, &r)) {
        struct problem why = {0};
        bool is_done = worker_postits_do(&t->store, &r, at(ms).wall_s, &why);
        struct news news = {.postits =
                                worker_postits_list(&t->store, at(ms).wall_s)};
        news.answers[r.kind].says = is_done ? STORE_SAYS_DONE : STORE_SAYS_NO;
        memcpy(news.answers[r.kind].why, why.text, sizeof why.text);
        show_take(&t->show, &news, at(ms));
        request_destroy(&r);
        errands_run(&t->show, NULL, at(ms));
    }
    tick(&t->show, ms, NULL);
}

/* A store that says no, once, to that kind. */
static void
refuse(struct stand *t, enum request_kind kind, int64_t ms)
{
    struct news news = {0};
    requests_destroy(&t->show.requests);
    news.answers[kind] =
        (struct store_answer){STORE_SAYS_NO, "The card is full"};
    show_take(&t->show, &news, at(ms));
    tick(&t->show, ms, NULL);
}

static void
touch_it(struct stand *t, enum target_kind kind, int value, int64_t ms)
{
    tap(&t->show, kind, value, ms);
    serve(t, ms + 90);
}

/* Writes it and posts it; it hangs 300 ms later. */
static void
post(struct stand *t, enum target_kind from, const char *text, int64_t ms)
{
    tap(&t->show, from, 0, ms);
    serve(t, ms + 90);
    assert_true(t->show.is_composing);
    show_type(&t->show, text, strlen(text), at(ms + 100));
    tick(&t->show, ms + 100, NULL);
    touch_it(t, TARGET_POST, 0, ms + 200);
}

static bool
has_target(const struct show *s, enum target_kind kind)
{
    for (int i = 0; i < show_list(s)->target_count; i++)
        if (show_list(s)->targets[i].kind == kind)
            return true;
    return false;
}

static void
turn_to(struct stand *t, enum slide_kind kind, int64_t ms)
{
    for (int i = 0; i < t->show.order.count * 8; i++) {
        if (t->show.order.slides[t->show.rotation.slide].kind == kind &&
            t->show.rotation.page == 0)
            return;
        show_turn(&t->show, +1, at(ms));
        tick(&t->show, ms, NULL);
    }
    fail_msg("there is no such slide");
}

static void
a_postit_goes_up_only_when_it_is_kept(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    tap(s, TARGET_ANSWER, 0, 1000);
    assert_int_equal(s->requests.count, 1); // is there room?
    show_type(s, "Ask a puppet", 12, at(2000));
    tick(s, 2000, NULL);
    assert_true(says(s, "Ask a puppet"));
    assert_true(says(s, "128 left"));
    assert_int_equal(s->composer.compose.sort, SORT_ANSWER);
    assert_string_equal(s->composer.compose.answers, QUESTION);
    tap(s, TARGET_COLOUR, COLOUR_MINT, 3000);
    tap(s, TARGET_POST, 0, 4000);
    assert_true(s->posting == POSTING_COMPOSER && s->is_composing);
    assert_false(says(s, "Up on this board"));

    struct news full = {.answers = {[REQUEST_POST] = {STORE_SAYS_NO, "No."}}};
    show_take(s, &full, at(4200));
    tick(s, 4200, NULL);
    assert_true(s->is_composing); // and nothing of it is lost
    assert_true(says(s, "Ask a puppet"));
    requests_destroy(&s->requests);

    tap(s, TARGET_POST, 0, 5000);
    serve(&t, 5200);
    assert_false(s->is_composing);
    assert_true(says(s, "Up on this board"));
    assert_true(says(s, "Ask a puppet"));
    tick(s, 12000, NULL);
    assert_false(says(s, "Up on this board"));
    stand_down(&t);
}

static void
blanks_are_refused_kindly(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    tap(&t.show, TARGET_ANSWER, 0, 1000);
    requests_destroy(&t.show.requests);
    show_type(&t.show, "   ", 3, at(2000));
    tap(&t.show, TARGET_POST, 0, 3000);
    assert_int_equal(t.show.requests.count, 0);
    assert_non_null(t.show.composer.refusal);
    stand_down(&t);
}

static void
a_draft_is_put_aside_and_offered_again(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    tap(s, TARGET_ANSWER, 0, 1000);
    show_type(s, "Ask a puppet", 12, at(2000));
    tick(s, 46000, NULL);
    assert_true(s->is_composing);
    tick(s, 47001, NULL); // 45 s after the last letter
    assert_false(s->is_composing);
    tap(s, TARGET_ANSWER, 0, 48000);
    assert_true(says(s, "Ask a puppet"));
    tap(s, TARGET_CANCEL, 0, 50000);
    assert_false(s->is_composing);
    tap(s, TARGET_ANSWER, 0, 52000); // thrown away is thrown away
    assert_false(says(s, "Ask a puppet"));

    show_type(s, "Once more", 9, at(53000)); // but not for ever
    tap(s, TARGET_NAME, 0, 53100);
    show_type(s, "Jo", 2, at(53200));
    tick(s, 53200, NULL);
    assert_true(says(s, "\"Jo\""));
    tick(s, 99000, NULL);
    turn_to(&t, SLIDE_BOARD, 100000);
    tap(s, TARGET_ADD_POSTIT, 0, 100500); // meant for something else
    assert_false(says(s, "Once more"));
    tap(s, TARGET_CANCEL, 0, 101000);
    turn_to(&t, SLIDE_QUESTION, 102000);
    tap(s, TARGET_ANSWER, 0, 102500);
    assert_true(says(s, "Once more"));
    assert_false(says(s, "\"Jo\"")); // nobody needs to learn whose it was
    tick(s, 160000, NULL);
    assert_false(s->is_composing);
    turn_to(&t, SLIDE_QUESTION, 161000 + 600 * 1000);
    tap(s, TARGET_ANSWER, 0, 162000 + 600 * 1000);
    assert_false(says(s, "Once more"));
    stand_down(&t);
}

static void
no_room_is_said_before_anybody_types(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    tap(s, TARGET_ANSWER, 0, 1000);
    refuse(&t, REQUEST_ROOM, 1100);
    assert_true(says(s, "The card is full"));
    show_type(s, "Ask", 3, at(2000));
    tick(s, 2000, NULL);
    assert_true(says(s, "The card is full")); // and goes on being said
    struct news room = {.answers = {[REQUEST_ROOM] = {STORE_SAYS_DONE, ""}}};
    show_take(s, &room, at(3000));
    tick(s, 3000, NULL);
    assert_false(says(s, "The card is full"));
    assert_true(says(s, "No pupils"));
    stand_down(&t);
}

static void
without_a_clock_it_is_up_all_the_same(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    struct now doubtful = at(500);
    doubtful.is_trusted = false;
    enum show_change change;
    struct rect part;
    post(&t, TARGET_ANSWER, "Ask a puppet", 1000);
    show_tick(s, doubtful, &change, &part); // made without dates
    show_turn(s, +1, doubtful);
    bool is_up = false;
    for (int i = 0; i < 20 && !is_up; i++) {
        show_tick(s, doubtful, &change, &part);
        is_up = says(s, "Ask a puppet");
        show_turn(s, +1, doubtful);
    }
    assert_true(is_up);
    stand_down(&t);
}

static void
a_store_that_does_not_answer_keeps_nobody(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    tap(s, TARGET_ANSWER, 0, 1000);
    show_type(s, "Ask a puppet", 12, at(2000));
    tap(s, TARGET_POST, 0, 4000);
    tick(s, 15000, NULL); // the card hangs
    assert_true(says(s, "It is not up yet"));
    tick(s, 60000, NULL);
    assert_false(s->is_composing); // the slides go on
    assert_true(s->has_draft);
    serve(&t, 65000); // and hours later it is kept after all
    assert_false(s->has_draft);
    assert_true(says(s, "Up on this board"));
    assert_int_equal(s->posting, POSTING_NONE);
    stand_down(&t);
}

static void
who_will_not_wait_can_write_the_next(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    tap(s, TARGET_ANSWER, 0, 1000);
    show_type(s, "First", 5, at(2000));
    tap(s, TARGET_POST, 0, 4000);
    struct request first; // on its way, and it takes its time
    assert_true(requests_pop(&s->requests, &first)); // room
    request_destroy(&first);
    tap(s, TARGET_CANCEL, 0, 5000);
    assert_false(s->is_composing);
    tap(s, TARGET_ANSWER, 0, 6000);
    show_type(s, "Second", 6, at(7000));
    tick(s, 7000, NULL);
    assert_true(says(s, "Second"));
    tap(s, TARGET_POST, 0, 8000);
    assert_true(strstr(s->composer.refusal, "before this one") != NULL);
    requests_destroy(&s->requests);
    struct news kept = {.answers = {[REQUEST_POST] = {STORE_SAYS_DONE, ""}}};
    show_take(s, &kept, at(9000));
    tick(s, 9000, NULL);
    assert_true(s->is_composing); // the second goes on
    assert_true(says(s, "Second"));
    assert_int_equal(s->requests.count, 1); // nobody wanted the first any more
    assert_int_equal(s->requests.list[0].kind, REQUEST_TAKE_BACK);
    requests_destroy(&s->requests);
    tap(s, TARGET_POST, 0, 10000);
    serve(&t, 10100);
    assert_true(says(s, "Up on this board"));
    stand_down(&t);
}

static void
a_board_that_was_frozen_meanwhile_takes_none(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    tap(s, TARGET_ANSWER, 0, 1000);
    show_type(s, "Too late", 8, at(2000));
    requests_destroy(&s->requests);
    s->board->is_frozen = true;
    tap(s, TARGET_POST, 0, 4000);
    assert_int_equal(s->requests.count, 0);
    assert_true(strstr(s->composer.refusal, "paused") != NULL);
    stand_down(&t);
}

static void
a_new_postit_flies_to_its_place(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    turn_to(&t, SLIDE_BOARD, 500);
    post(&t, TARGET_ADD_POSTIT, "Tea at three", 1000);
    int64_t ms = 1300;
    int steps = 0;
    // At every tick it is somewhere else, and it asks to go on at once.
    for (int64_t next; steps < 40; steps++, ms = next) {
        enum show_change change = tick(s, ms, &next);
        if (s->flight_ms + 250 <= at(ms).mono_ms)
            break;
        assert_true(next - ms <= 17);
        assert_int_equal(change, SHOW_CHANGED);
    }
    assert_in_range(steps, 10, 20);
    tick(s, ms + 20, NULL);
    assert_int_equal(tick(s, ms + 40, NULL), SHOW_SAME); // it hangs
    stand_down(&t);
}

static void
held_for_a_moment_it_comes_down_again(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    turn_to(&t, SLIDE_BOARD, 500);
    post(&t, TARGET_ADD_POSTIT, "Said in anger", 1000);
    tick(s, 3000, NULL);
    assert_true(says(s, "Said in anger"));
    const struct draw_list *list = show_list(s);
    int x = 0, y = 0;
    for (int i = 0; i < list->target_count; i++)
        if (list->targets[i].kind == TARGET_POSTIT &&
            strcmp(s->order.slides[s->rotation.slide]
                       .items[list->targets[i].value]
                       ->text,
                   "Said in anger") == 0) {
            x = list->targets[i].box.x + 20;
            y = list->targets[i].box.y + 20;
        }
    assert_true(x > 0);
    struct touch down = {TOUCH_DOWN, 1, x, y, 4000};
    show_touch(s, &down, at(4000));
    serve(&t, 4400);
    assert_true(says(s, "Said in anger"));
    serve(&t, 4800); // long enough
    serve(&t, 4810);
    assert_false(says(s, "Said in anger"));
    assert_true(says(s, "Taken back"));
    struct touch up = {TOUCH_UP, 1, x, y, 5000};
    show_touch(s, &up, at(5000)); // which is no tap on what hangs there now
    serve(&t, 5000);
    assert_int_equal(s->reading, 0);
    stand_down(&t);
}

static void
after_a_minute_it_stays(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    turn_to(&t, SLIDE_BOARD, 500);
    post(&t, TARGET_ADD_POSTIT, "Said in anger", 1000);
    serve(&t, 59000);
    s->reading = hash_string(s->posted_id);
    s->rotation.held_until_ms = at(90000).mono_ms;
    serve(&t, 60000);
    assert_true(has_target(s, TARGET_TAKE_BACK));
    assert_false(has_target(s, TARGET_TURN_OVER));
    serve(&t, 62000);
    assert_false(has_target(s, TARGET_TAKE_BACK));
    assert_true(has_target(s, TARGET_TURN_OVER));
    stand_down(&t);
}

static void
a_tap_reads_it_large_and_thanks(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    turn_to(&t, SLIDE_BOARD, 500);
    touch_it(&t, TARGET_POSTIT, 1, 1000);
    assert_true(s->reading != 0);
    assert_true(has_target(s, TARGET_CLOSE));
    assert_false(has_target(s, TARGET_ADD_POSTIT));
    const struct item *item =
        s->order.slides[s->rotation.slide].items[1]; // as before
    int before = item->thanks;
    touch_it(&t, TARGET_THANKS, 0, 2000);
    item = s->order.slides[s->rotation.slide].items[1];
    assert_int_equal(item->thanks, before + 1);
    touch_it(&t, TARGET_THANKS, 0, 3000); // undone by touching again
    item = s->order.slides[s->rotation.slide].items[1];
    assert_int_equal(item->thanks, before);
    touch_it(&t, TARGET_TRYING, 0, 4000);
    touch_it(&t, TARGET_CLOSE, 0, 5000);
    assert_int_equal(s->reading, 0);
    assert_true(has_target(s, TARGET_ADD_POSTIT));
    stand_down(&t);
}

static void
one_touch_counts_once_a_minute(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    turn_to(&t, SLIDE_IDEA, 500);
    int before = s->order.slides[s->rotation.slide].items[0]->thanks;
    for (int64_t ms = 1000; ms < 58000; ms += 1000) // a child with a finger
        touch_it(&t, TARGET_THANKS, 0, ms);
    int after = s->order.slides[s->rotation.slide].items[0]->thanks;
    assert_in_range(after, before, before + 1);
    if (after > before)
        touch_it(&t, TARGET_THANKS, 0, 58500);
    touch_it(&t, TARGET_THANKS, 0, 59000);
    touch_it(&t, TARGET_THANKS, 0, 119500); // somebody else, later
    assert_int_equal(s->order.slides[s->rotation.slide].items[0]->thanks,
                     before + 2);
    stand_down(&t);
}

static void
a_face_down_answer_is_nowhere_to_be_read(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    turn_to(&t, SLIDE_QUESTION, 500);
    assert_true(says(s, "Whiteboards"));
    touch_it(&t, TARGET_ANSWER_ONE, 0, 1000);
    assert_true(says(s, "Whiteboards"));
    touch_it(&t, TARGET_TURN_OVER, 0, 2000);
    touch_it(&t, TARGET_CLOSE, 0, 3000);
    assert_false(says(s, "Whiteboards"));
    touch_it(&t, TARGET_ANSWERS, 0, 4000);
    assert_false(says(s, "Whiteboards"));
    stand_down(&t);
}

static void
a_refused_touch_was_none(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    turn_to(&t, SLIDE_IDEA, 500);
    int before = s->order.slides[s->rotation.slide].items[0]->thanks;
    tap(s, TARGET_THANKS, 0, 1000);
    refuse(&t, REQUEST_THANK, 1100);
    assert_true(says(s, "The card is full"));
    touch_it(&t, TARGET_THANKS, 0, 2000);
    assert_int_equal(s->order.slides[s->rotation.slide].items[0]->thanks,
                     before + 1);
    tap(s, TARGET_THANKS, 0, 3000); // to undo it, in vain
    refuse(&t, REQUEST_THANK, 3100);
    touch_it(&t, TARGET_THANKS, 0, 4000);
    assert_int_equal(s->order.slides[s->rotation.slide].items[0]->thanks,
                     before);
    stand_down(&t);
}

static void
anyone_may_turn_one_face_down(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    turn_to(&t, SLIDE_BOARD, 500);
    const char *words = s->order.slides[s->rotation.slide].items[0]->text;
    char first[16];
    snprintf(first, sizeof first, "%.*s", (int) strcspn(words, " "), words);
    assert_true(*first && says(s, first));
    touch_it(&t, TARGET_POSTIT, 0, 1000);
    assert_true(says(s, first));
    tap(s, TARGET_TURN_OVER, 0, 2000);
    tap(s, TARGET_TURN_OVER, 0, 2300); // twice, before the card is done
    assert_false(says(s, "Face-down now"));
    serve(&t, 2400);
    assert_true(says(s, "Face-down now"));
    assert_true(says(s, "Turned face-down"));
    assert_false(says(s, first));
    assert_true(has_target(s, TARGET_TURN_OVER)); // a slip can be undone
    touch_it(&t, TARGET_TURN_OVER, 0, 3000);
    assert_false(says(s, "Turned face-down"));
    touch_it(&t, TARGET_TURN_OVER, 0, 4000);
    serve(&t, 65000); // then it is the coordinator's
    turn_to(&t, SLIDE_BOARD, 65500);
    assert_true(says(s, "Face-down until"));
    assert_false(says(s, first));
    touch_it(&t, TARGET_POSTIT, 0, 66000);
    assert_true(says(s, "Turned face-down"));
    assert_false(has_target(s, TARGET_TURN_OVER));
    stand_down(&t);
}

static void
a_thread_gathers_what_was_written_for_it(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    turn_to(&t, SLIDE_QUESTION, 500);
    int answers = s->order.slides[s->rotation.slide].answer_count;
    touch_it(&t, TARGET_ANSWERS, 0, 1000);
    assert_true(s->thread != 0);
    post(&t, TARGET_ANSWER, "Ask a puppet", 2000);
    assert_true(s->thread != 0); // and back where it was opened
    tick(s, 3000, NULL);
    assert_true(says(s, "Ask a puppet"));
    touch_it(&t, TARGET_POSTIT, 0, 4000); // the newest hangs first
    assert_true(s->reading == hash_string(s->posted_id));
    touch_it(&t, TARGET_CLOSE, 0, 5000);
    assert_int_equal(s->reading, 0);
    assert_true(s->thread != 0);
    touch_it(&t, TARGET_CLOSE, 0, 6000);
    assert_int_equal(s->thread, 0);
    turn_to(&t, SLIDE_QUESTION, 6500);
    assert_int_equal(s->order.slides[s->rotation.slide].answer_count,
                     answers + 1);

    turn_to(&t, SLIDE_MEETINGS, 7000);
    touch_it(&t, TARGET_MEETING, 0, 8000);
    assert_true(says(s, "Nobody has brought anything yet"));
    post(&t, TARGET_ANSWER, "A plate of scones", 9000);
    tick(s, 10000, NULL);
    assert_true(says(s, "A plate of scones"));
    stand_down(&t);
}

static void
closing_goes_back_to_the_same_page(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    turn_to(&t, SLIDE_BOARD, 500);
    show_turn(s, +1, at(600));
    tick(s, 600, NULL);
    assert_int_equal(s->rotation.page, 1);
    int value = -1;
    for (int i = 0; i < show_list(s)->target_count; i++)
        if (show_list(s)->targets[i].kind == TARGET_POSTIT)
            value = show_list(s)->targets[i].value;
    touch_it(&t, TARGET_POSTIT, value, 1000);
    assert_true(s->reading != 0);
    serve(&t, 1500);
    assert_true(show_key(s, SHOW_KEY_LEAVE, at(2000)));
    serve(&t, 2000);
    assert_int_equal(s->reading, 0);
    assert_int_equal(s->rotation.page, 1);
    stand_down(&t);
}

static void
what_is_open_closes_when_nobody_is_there(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    turn_to(&t, SLIDE_BOARD, 500);
    touch_it(&t, TARGET_POSTIT, 0, 1000);
    serve(&t, 60000);
    assert_true(s->reading != 0);
    serve(&t, 61200);
    assert_int_equal(s->reading, 0);
    stand_down(&t);
}

static void
of_a_long_wall_only_the_newest_pages_take_their_turn(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    enum { COUNT = 200 };
    struct local_postits *many = local_postits_new();
    struct item *items = arena_array(&many->arena, COUNT, sizeof *items);
    for (int i = 0; i < COUNT; i++) {
        items[i] = s->order.slides[0].answers[0][0]; // any post-it will do
        items[i].id = arena_format(&many->arena, "many-%d", i);
        items[i].answers = "";
    }
    many->added = (struct board_addition){items, COUNT, NULL, 0};
    struct news news = {.postits = many};
    show_take(s, &news, at(100));
    tick(s, 100, NULL);
    int most = 0;
    int64_t next_ms = 0;
    for (int64_t ms = 200; ms < 3600 * 1000; ms = next_ms) {
        tick(s, ms, &next_ms);
        if (s->order.slides[s->rotation.slide].kind == SLIDE_BOARD)
            most = s->rotation.page > most ? s->rotation.page : most;
    }
    assert_int_equal(most, 7);
    turn_to(&t, SLIDE_BOARD, 3600 * 1000);
    for (int i = 0; i < 12; i++) { // by hand one gets to all of them
        show_turn(s, +1, at(3600 * 1000 + i));
        tick(s, 3600 * 1000 + i, NULL);
    }
    assert_int_equal(s->rotation.page, 12);
    tick(s, 3700 * 1000, NULL); // and from there to the next slide
    assert_true(s->order.slides[s->rotation.slide].kind != SLIDE_BOARD);
    stand_down(&t);
}

static void
press_clock(struct stand *t, int64_t ms)
{
    struct touch touch = {TOUCH_DOWN, 1, 1800, 60, ms};
    show_touch(&t->show, &touch, at(ms));
    serve(t, ms + 100);
    serve(t, ms + 800);
    touch = (struct touch){TOUCH_UP, 1, 1800, 60, ms + 900};
    show_touch(&t->show, &touch, at(ms + 900));
    serve(t, ms + 900);
}

static void
visitors_see_no_board(void **state)
{
    struct stand t;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    int all = s->order.count;
    turn_to(&t, SLIDE_QUESTION, 100);
    touch_it(&t, TARGET_ANSWERS, 0, 200);
    press_clock(&t, 1000);
    assert_true(s->is_for_visitors);
    assert_int_equal(s->thread, 0);
    assert_true(s->order.count < all);
    for (int i = 0; i < s->order.count; i++) {
        enum slide_kind kind = s->order.slides[i].kind;
        assert_true(kind == SLIDE_PURPOSE ||
                    s->order.slides[i].items[0]->is_public);
    }
    for (int64_t ms = 2000; ms < 300000; ms += 5000) {
        serve(&t, ms);
        assert_false(has_target(s, TARGET_ADD_POSTIT));
        assert_false(has_target(s, TARGET_THANKS));
    }
    press_clock(&t, 310000);
    assert_false(s->is_for_visitors);
    assert_int_equal(s->order.count, all);
    press_clock(&t, 320000);
    assert_true(s->is_for_visitors); // forgotten: the next day it is over
    serve(&t, 320000 + 24 * 3600 * 1000);
    assert_false(s->is_for_visitors);
    stand_down(&t);
}

static void
visitors_read_no_draft(void **state)
{
    struct stand t;
    size_t where;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    assert_true(hours_read(&t.config.visitors, "thu 10:43-11:00", &where));
    tap(s, TARGET_ANSWER, 0, 10000);
    show_type(s, "About a child", 13, at(20000));
    tick(s, 20000, NULL);
    assert_true(says(s, "About a child"));
    tick(s, 61000, NULL);
    assert_true(s->is_for_visitors);
    assert_false(says(s, "About a child"));
    struct now lost = at(62000); // hours, and no clock to tell them by
    lost.is_trusted = false;
    enum show_change change;
    struct rect part;
    t.config.visitors = (struct hours){0};
    hours_read(&t.config.visitors, "fri 10:00-11:00", &where);
    show_tick(s, lost, &change, &part);
    assert_true(s->is_for_visitors);
    stand_down(&t);
}

static void
visitors_come_and_go_by_the_hours(void **state)
{
    struct stand t;
    size_t where;
    (void) state;
    stand_up(&t);
    struct show *s = &t.show;
    assert_true(hours_read(&t.config.visitors, "thu 10:45-11:00", &where));
    serve(&t, 60000);
    assert_false(s->is_for_visitors);
    serve(&t, 4 * 60000);
    assert_true(s->is_for_visitors);
    serve(&t, 19 * 60000);
    assert_false(s->is_for_visitors);

    assert_true(
        hours_read(&t.config.visitors, "thu 11:10-11:20, 11:30-11:40", &where));
    serve(&t, 30 * 60000); // 11:12
    assert_true(s->is_for_visitors);
    press_clock(&t, 31 * 60000); // by hand counts more
    assert_false(s->is_for_visitors);
    serve(&t, 35 * 60000);
    assert_false(s->is_for_visitors);
    serve(&t, 40 * 60000);
    assert_false(s->is_for_visitors);
    serve(&t, 50 * 60000); // 11:32: until the hours say something new
    assert_true(s->is_for_visitors);
    stand_down(&t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_postit_goes_up_only_when_it_is_kept),
        cmocka_unit_test(blanks_are_refused_kindly),
        cmocka_unit_test(a_draft_is_put_aside_and_offered_again),
        cmocka_unit_test(no_room_is_said_before_anybody_types),
        cmocka_unit_test(without_a_clock_it_is_up_all_the_same),
        cmocka_unit_test(a_store_that_does_not_answer_keeps_nobody),
        cmocka_unit_test(who_will_not_wait_can_write_the_next),
        cmocka_unit_test(a_board_that_was_frozen_meanwhile_takes_none),
        cmocka_unit_test(a_new_postit_flies_to_its_place),
        cmocka_unit_test(held_for_a_moment_it_comes_down_again),
        cmocka_unit_test(after_a_minute_it_stays),
        cmocka_unit_test(a_tap_reads_it_large_and_thanks),
        cmocka_unit_test(one_touch_counts_once_a_minute),
        cmocka_unit_test(a_face_down_answer_is_nowhere_to_be_read),
        cmocka_unit_test(a_refused_touch_was_none),
        cmocka_unit_test(anyone_may_turn_one_face_down),
        cmocka_unit_test(a_thread_gathers_what_was_written_for_it),
        cmocka_unit_test(closing_goes_back_to_the_same_page),
        cmocka_unit_test(what_is_open_closes_when_nobody_is_there),
        cmocka_unit_test(of_a_long_wall_only_the_newest_pages_take_their_turn),
        cmocka_unit_test(visitors_see_no_board),
        cmocka_unit_test(visitors_read_no_draft),
        cmocka_unit_test(visitors_come_and_go_by_the_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
