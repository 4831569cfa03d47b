// links: src/view/*.c src/core/*.c src/base/*.c src/io/file.c
// links: src/sdl/canvas.c src/sdl/canvas_box.c src/sdl/canvas_frame.c
// links: src/sdl/canvas_ink.c src/sdl/canvas_ring.c src/sdl/canvas_shadow.c
// links: src/sdl/canvas_text.c src/sdl/text_lines.c src/sdl/text_run.c
// links: src/sdl/text_ruler.c src/sdl/fonts.c src/sdl/photos.c
// links: src/sdl/photo_header.c src/sdl/photo_scale.c src/sdl/picture.c
// links: tests/board_file.c
// libs: -lSDL2_image -lSDL2_ttf -lSDL2 -lfribidi
// libs: -lcjson -linih -lunistring
/*
 * The codes for phones as they stand on real panels, read by a real reader
 * (zbarimg) out of the picture. The pictures stay in build/qr_card/ for a look.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sdl/canvas.h"
#include "sdl/picture.h"
#include "sdl/text_run.h"
#include "tests/board_file.h"
#include "view/qr_card.h"
#include "view/screen.h"

#define FOLDER "build/qr_card"
#define SAMPLE "assets/sample/feed.json"
#define HUB "https://hub.northside-partnership.example"
#define POST HUB "/post/AAAAAYf0Qx-9yZ1m3b_Xk2dV7wE"
#define ADD HUB "/screens/add?code=BCDFGHJK"
#define THURSDAY INT64_C(1795689720) // 2026-11-26 10:42 in London

/* A panel, and whether its board has room for a code that can be read. */
static const struct row {
    const char *name;
    int w, h;
    double diagonal_in;
    bool has_touch, has_room;
} rows[] = {
    {"wall", 1920, 1080, 0, true, true},
    {"wall-untouched", 1920, 1080, 43, false, true},
    {"large", 3840, 2160, 65, true, true},
    {"laptop", 1280, 720, 0, true, true},
    {"upright", 1080, 1920, 32, true, true},
    {"touch-2", 720, 1280, 7, true, true},
    {"small", 800, 480, 7, true, false},
    {"watch", 320, 240, 3, true, false},
};
#define ROWS (sizeof rows / sizeof *rows)

struct easel {
    struct fonts *fonts;
    struct ruler ruler;
    struct photos *photos;
    struct canvas *canvas;
    struct board *board;
    struct arena arena, frame;
    struct running_order order;
    struct draw_list list;
    struct qr post, add;
};

static int
set_up(void **state)
{
    const char *assets = getenv("STAFFROOM_ASSETS");
    char folder[512];
    struct problem why;
    struct easel *e = calloc(1, sizeof *e);
    snprintf(folder, sizeof folder, "%s/fonts", assets ? assets : "assets");
    e->fonts = fonts_open(folder, &why);
    if (!e->fonts) {
        fprintf(stderr, "%s\n", why.text);
        return -1;
    }
    e->ruler = text_ruler(e->fonts);
    e->photos = photos_new(1 << 20);
    e->canvas = canvas_new(e->fonts, e->photos);
    e->board = board_from_file(SAMPLE);
    struct now now = {.wall_s = THURSDAY, .is_trusted = true};
    running_order_make(&e->order, &e->arena, e->board, "", now);
    mkdir("build", 0777);
    mkdir(FOLDER, 0777);
    *state = e;
    return qr_make(&e->post, &e->arena, POST) &&
                   qr_make(&e->add, &e->arena, ADD)
               ? 0
               : -1;
}

static int
tear_down(void **state)
{
    struct easel *e = *state;
    draw_destroy(&e->list);
    arena_destroy(&e->frame);
    arena_destroy(&e->arena);
    board_free(e->board);
    canvas_free(e->canvas);
    photos_free(e->photos);
    fonts_close(e->fonts);
    free(e);
    return 0;
}

static struct scene
scene_of(const struct easel *e)
{
    return (struct scene){
        .board = e->board,
        .order = &e->order,
        .now = {.wall_s = THURSDAY, .is_trusted = true},
        .zone = e->board->zone,
        .said = "",
        .why = "",
        .detail = "",
        .hub = {.address = HUB, .code = "", .why = "", .detail = ""}};
}

static struct screen_facts
draw(struct easel *e, const struct row *row, const struct scene *scene)
{
    struct theme theme;
    struct panel panel = {.w = row->w,
                          .h = row->h,
                          .diagonal_in = row->diagonal_in,
                          .has_touch = row->has_touch,
                          .has_handwriting = true};
    theme_make(&theme, &panel, &e->ruler);
    arena_reset(&e->frame);
    return screen_draw(&e->list, &theme, &e->frame, scene);
}

/* What a phone reads out of the picture of what was drawn; "" for nothing. */
static const char *
scan(struct easel *e, const char *what, const struct row *row)
{
    static char read[512];
    char path[128], command[256];
    struct problem why = {0};
    SDL_Surface *picture = picture_new(row->w, row->h);
    canvas_paint(e->canvas, picture, &e->list,
                 (struct rect){0, 0, row->w, row->h}, 0);
    snprintf(path, sizeof path, FOLDER "/%s-%s.png", what, row->name);
    if (!picture_save(picture, path, &why))
        fail_msg("%s", why.text);
    picture_free(picture);
    snprintf(command, sizeof command,
             "LD_PRELOAD= zbarimg -q --raw -Sdisable -Sqrcode.enable '%s' "
             "2>/dev/null",
             path);
    FILE *from = popen(command, "r");
    read[0] = '\0';
    if (!from || !fgets(read, sizeof read, from))
        read[0] = '\0';
    if (from)
        pclose(from);
    read[strcspn(read, "\n")] = '\0';
    return read;
}

static bool
has_reader(void)
{
    return system("command -v zbarimg >/dev/null 2>&1") == 0;
}

static int
board_slide(const struct easel *e)
{
    for (int i = 0; i < e->order.count; i++)
        if (e->order.slides[i].kind == SLIDE_BOARD)
            return i;
    fail_msg("the sample has no board");
    return -1;
}

static int
count_fills(const struct draw_list *d)
{
    int fills = 0;
    for (size_t i = 0; i < d->count; i++)
        fills += d->commands[i].kind == DRAW_FILL;
    return fills;
}

static void
the_board_can_be_scanned(void **state)
{
    struct easel *e = *state;
    if (!has_reader())
        skip();
    for (size_t i = 0; i < ROWS; i++) {
        struct scene scene = scene_of(e);
        scene.slide = board_slide(e);
        scene.hub.qr = &e->post;
        int pages = 1;
        for (scene.page = 0; scene.page < pages; scene.page++) {
            char what[32];
            pages = draw(e, &rows[i], &scene).page_count;
            snprintf(what, sizeof what, "board-%d", scene.page + 1);
            const char *read = scan(e, what, &rows[i]);
            if (strcmp(read, rows[i].has_room ? POST : "") != 0)
                fail_msg("%s, page %d: read \"%s\"", rows[i].name,
                         scene.page + 1, read);
        }
    }
}

static void
so_can_the_letters_of_a_new_screen(void **state)
{
    struct easel *e = *state;
    if (!has_reader())
        skip();
    for (size_t i = 0; i < ROWS; i++) {
        struct scene scene = scene_of(e);
        scene.board = NULL;
        scene.hub.is_pairing = true;
        scene.hub.code = "BCDFGHJK";
        scene.hub.qr = &e->add;
        draw(e, &rows[i], &scene);
        const char *read = scan(e, "letters", &rows[i]);
        bool has_room = rows[i].w >= 480; // for letters there is
        if (strcmp(read, has_room ? ADD : "") != 0)
            fail_msg("%s: read \"%s\"", rows[i].name, read);
    }
}

static void
nobody_is_invited_where_nobody_is_to_write(void **state)
{
    struct easel *e = *state;
    struct scene scene = scene_of(e);
    scene.slide = board_slide(e);
    draw(e, &rows[0], &scene);
    int without = count_fills(&e->list);
    scene.hub.qr = &e->post;
    draw(e, &rows[0], &scene);
    // Cheap enough to be compared at every picture.
    assert_in_range(count_fills(&e->list) - without, 200, 600);
    scene.is_for_visitors = true;
    draw(e, &rows[0], &scene);
    assert_int_equal(count_fills(&e->list), without);
    scene.is_for_visitors = false;
    scene.hub.is_pairing = true; // it leads to where the screen is added
    draw(e, &rows[0], &scene);
    assert_int_equal(count_fills(&e->list), without);
    scene.hub.is_pairing = false;
    struct board frozen = *e->board;
    frozen.is_frozen = true;
    scene.board = &frozen;
    draw(e, &rows[0], &scene);
    assert_int_equal(count_fills(&e->list), without);
}

/* No dark square lies where a post-it can be touched. */
static void
check_apart(const struct draw_list *d)
{
    for (size_t i = 1; i < d->count; i++)
        for (int k = 0; k < d->target_count; k++)
            if (d->commands[i].kind == DRAW_FILL &&
                d->targets[k].kind == TARGET_POSTIT &&
                !rect_is_empty(
                    rect_cross(d->commands[i].box, d->targets[k].box)))
                fail_msg("the code lies on post-it %d", d->targets[k].value);
}

/* A board of few, one of which may be long: the code takes the place of a
   post-it, never of one that is there. */
static void
every_post_it_keeps_its_place(void **state)
{
    struct easel *e = *state;
    char text[800] = "";
    for (size_t i = 0; i + 8 < sizeof text; i += 7)
        memcpy(text + i, "Coffee ", 8);
    struct item items[20];
    const struct item *list[20];
    for (int i = 0; i < 20; i++) {
        items[i] = *e->order.slides[board_slide(e)].items[0];
        items[i].text = i % 7 == 3 ? text : "Tea!";
        list[i] = &items[i];
    }
    for (size_t r = 0; r < ROWS; r++)
        for (int count = 1; count <= 20; count++) {
            struct running_order order = {.count = 1};
            order.slides[0] = (struct slide){.kind = SLIDE_BOARD,
                                             .name = "board",
                                             .items = list,
                                             .item_count = count};
            struct scene scene = scene_of(e);
            scene.order = &order;
            scene.hub.qr = &e->post;
            int pages = 1, shown = 0;
            for (scene.page = 0; scene.page < pages; scene.page++) {
                pages = draw(e, &rows[r], &scene).page_count;
                for (int i = 0; i < e->list.target_count; i++)
                    shown += e->list.targets[i].kind == TARGET_POSTIT;
                check_apart(&e->list);
            }
            assert_int_equal(shown, count);
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_board_can_be_scanned),
        cmocka_unit_test(so_can_the_letters_of_a_new_screen),
        cmocka_unit_test(nobody_is_invited_where_nobody_is_to_write),
        cmocka_unit_test(every_post_it_keeps_its_place),
    };
    return cmocka_run_group_tests_name("qr_card", tests, set_up, tear_down);
}
