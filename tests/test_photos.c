// links: src/sdl/photos.c src/sdl/photo_header.c src/sdl/photo_scale.c src/base/memory.c src/base/problem.c
// libs: -lSDL2_image -lSDL2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL2/SDL_image.h>

#include "sdl/photo_header.h"
#include "sdl/photos.h"

#define RED 0xFFFF0000
#define BLUE 0xFF0000FF
#define FILE_SIZE (256 * 1024)

struct file {
    unsigned char bytes[FILE_SIZE];
    size_t len;
};

// 6 × 4, left half red, right half blue.
static const unsigned char webp_lossless[] = {
    0x52, 0x49, 0x46, 0x46, 0x1e, 0x00, 0x00, 0x00, 0x57, 0x45,
    0x42, 0x50, 0x56, 0x50, 0x38, 0x4c, 0x12, 0x00, 0x00, 0x00,
    0x2f, 0x05, 0xc0, 0x00, 0x00, 0x0f, 0x10, 0xf3, 0xbf, 0xff,
    0xf3, 0x1f, 0x0e, 0x7a, 0x10, 0xd1, 0xff, 0x00,
};
static const unsigned char webp_lossy[] = {
    0x52, 0x49, 0x46, 0x46, 0x58, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42, 0x50,
    0x56, 0x50, 0x38, 0x20, 0x4c, 0x00, 0x00, 0x00, 0xf0, 0x02, 0x00, 0x9d,
    0x01, 0x2a, 0x06, 0x00, 0x04, 0x00, 0x01, 0x40, 0x26, 0x25, 0xa8, 0x02,
    0x74, 0xba, 0x01, 0x40, 0x03, 0xf0, 0x02, 0xb4, 0x03, 0xf8, 0x00, 0x1e,
    0x87, 0x31, 0xa0, 0x00, 0x00, 0xfe, 0xfa, 0x0e, 0x50, 0xb6, 0x33, 0x21,
    0x37, 0xfe, 0x7f, 0xf5, 0xce, 0x72, 0xea, 0x9f, 0xc1, 0xbf, 0xff, 0x4b,
    0x83, 0xff, 0x39, 0xce, 0x5d, 0x53, 0xf8, 0x37, 0xff, 0xd2, 0xe0, 0xff,
    0xe2, 0x5a, 0x05, 0x59, 0x35, 0x9d, 0xe1, 0x30, 0xa1, 0x01, 0xc0, 0x00,
};

/* Red, with its top left quarter blue. */
static SDL_Surface *
marked(int w, int h, Uint32 format)
{
    SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, format);
    SDL_Rect quarter = {0, 0, w / 2, h / 2};
    SDL_FillRect(s, NULL, SDL_MapRGB(s->format, 255, 0, 0));
    SDL_FillRect(s, &quarter, SDL_MapRGB(s->format, 0, 0, 255));
    return s;
}

static struct file *
save(SDL_Surface *s, enum photo_kind kind)
{
    struct file *file = calloc(1, sizeof *file);
    SDL_RWops *out = SDL_RWFromMem(file->bytes, FILE_SIZE);
    int failed = kind == PHOTO_PNG ? IMG_SavePNG_RW(s, out, 0)
                                   : IMG_SaveJPG_RW(s, out, 0, 95);
    assert_int_equal(failed, 0);
    file->len = (size_t) SDL_RWtell(out);
    SDL_RWclose(out);
    SDL_FreeSurface(s);
    return file;
}

/* The JPEG with an EXIF block that says how it is turned. */
static void
add_orientation(struct file *file, int orientation)
{
    unsigned char block[] = {
        0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
        'M',  'M',  0, 42, 0,   0,   0,   8,   0, 1,
        0x01, 0x12, 0, 3,  0,   0,   0,   1,   0, (unsigned char) orientation,
        0,    0,    0, 0,  0,   0,
    };
    memmove(file->bytes + 2 + sizeof block, file->bytes + 2, file->len - 2);
    memcpy(file->bytes + 2, block, sizeof block);
    file->len += sizeof block;
}

static bool
is_near(uint32_t a, uint32_t b)
{
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int) (a >> shift & 0xFF) - (int) (b >> shift & 0xFF)) > 24)
            return false;
    return true;
}

static uint32_t
at(const struct photo *p, int x, int y)
{
    return p->pixels[y * p->w + x];
}

static void
the_three_kinds_are_read(void **state)
{
    struct file *png =
        save(marked(60, 40, SDL_PIXELFORMAT_XRGB8888), PHOTO_PNG);
    struct file *jpeg =
        save(marked(60, 40, SDL_PIXELFORMAT_RGB888), PHOTO_JPEG);
    const struct {
        const unsigned char *bytes;
        size_t len;
        int w, h;
        uint32_t top_left;
    } rows[] = {
        {png->bytes, png->len, 60, 40, BLUE},
        {jpeg->bytes, jpeg->len, 60, 40, BLUE},
        {webp_lossless, sizeof webp_lossless, 6, 4, RED},
        {webp_lossy, sizeof webp_lossy, 6, 4, RED},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct photo photo;
        struct problem why = {0};
        int w, h;
        assert_true(photo_header(rows[i].bytes, rows[i].len, &w, &h));
        assert_int_equal(w, rows[i].w);
        assert_int_equal(h, rows[i].h);
        if (!photo_decode(rows[i].bytes, rows[i].len, 1000, 1000, 2048, &photo,
                          &why))
            fail_msg("row %zu: %s", i, why.text);
        assert_int_equal(photo.w, rows[i].w); // never made larger
        assert_int_equal(photo.h, rows[i].h);
        assert_true(is_near(at(&photo, 0, 0), rows[i].top_left));
        photo_free(&photo);
    }
    free(png);
    free(jpeg);
}

static void
sizes_just_cover(void **state)
{
    static const struct {
        int w, h, max_side, out_w, out_h;
    } rows[] = {
        {300, 200, 2048, 300, 200}, {150, 10, 2048, 150, 100},
        {10, 50, 2048, 75, 50},     {100, 100, 2048, 150, 100},
        {600, 600, 2048, 300, 200}, {300, 200, 90, 90, 60},
        {1, 1, 2048, 2, 1},         {0, 0, 2048, 1, 1},
        {7, 3, 2048, 7, 5},
    };
    struct file *png =
        save(marked(300, 200, SDL_PIXELFORMAT_XRGB8888), PHOTO_PNG);
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct photo photo;
        struct problem why;
        assert_true(photo_decode(png->bytes, png->len, rows[i].w, rows[i].h,
                                 rows[i].max_side, &photo, &why));
        assert_int_equal(photo.w, rows[i].out_w);
        assert_int_equal(photo.h, rows[i].out_h);
        photo_free(&photo);
    }
    free(png);
}

static void
smaller_pixels_are_averages(void **state)
{
    // 3 × 3 to 2 × 2: a new pixel is 1.5 old ones wide.
    SDL_Surface *s =
        SDL_CreateRGBSurfaceWithFormat(0, 3, 3, 32, SDL_PIXELFORMAT_XRGB8888);
    static const uint32_t grey[9] = {0, 90, 180, 90, 0, 0, 180, 0, 90};
    struct photo photo;
    struct problem why;
    (void) state;
    for (int i = 0; i < 9; i++)
        ((uint32_t *) s->pixels)[i / 3 * s->pitch / 4 + i % 3] =
            grey[i] * 0x10101;
    struct file *png = save(s, PHOTO_PNG);
    assert_true(photo_decode(png->bytes, png->len, 2, 2, 2048, &photo, &why));
    // (0 + 90 ÷ 2 + 90 ÷ 2 + 0 ÷ 4) ÷ 2.25 = 40, and so on.
    assert_int_equal(at(&photo, 0, 0), 0xFF282828);
    assert_int_equal(at(&photo, 1, 0), 0xFF646464);
    assert_int_equal(at(&photo, 0, 1), 0xFF646464);
    assert_int_equal(at(&photo, 1, 1), 0xFF282828);
    photo_free(&photo);
    free(png);
}

static void
photos_stand_upright(void **state)
{
    // Where the blue quarter is once the photo is turned as it says.
    static const struct {
        int orientation;
        bool is_turned, is_right, is_bottom;
    } rows[] = {
        {1, false, false, false}, {2, false, true, false},
        {3, false, true, true},   {4, false, false, true},
        {5, true, false, false},  {6, true, true, false},
        {7, true, true, true},    {8, true, false, true},
        {0, false, false, false}, {9, false, false, false},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct file *jpeg =
            save(marked(64, 32, SDL_PIXELFORMAT_RGB888), PHOTO_JPEG);
        struct photo p;
        struct problem why;
        add_orientation(jpeg, rows[i].orientation);
        assert_true(
            photo_decode(jpeg->bytes, jpeg->len, 16, 16, 2048, &p, &why));
        assert_int_equal(p.w, rows[i].is_turned ? 16 : 32);
        assert_int_equal(p.h, rows[i].is_turned ? 32 : 16);
        for (int corner = 0; corner < 4; corner++) {
            bool is_right = corner & 1, is_bottom = corner & 2;
            bool is_blue =
                is_right == rows[i].is_right && is_bottom == rows[i].is_bottom;
            uint32_t pixel =
                at(&p, is_right ? p.w - 3 : 2, is_bottom ? p.h - 3 : 2);
            assert_true(is_near(pixel, is_blue ? BLUE : RED));
        }
        photo_free(&p);
        free(jpeg);
    }
}

static void
transparency_is_white(void **state)
{
    SDL_Surface *s =
        SDL_CreateRGBSurfaceWithFormat(0, 8, 8, 32, SDL_PIXELFORMAT_ARGB8888);
    struct photo photo;
    struct problem why;
    (void) state;
    SDL_FillRect(s, NULL, 0x800000FF);
    SDL_FillRect(s, &(SDL_Rect){0, 0, 4, 8}, 0x00FF0000);
    struct file *png = save(s, PHOTO_PNG);
    assert_true(photo_decode(png->bytes, png->len, 8, 8, 2048, &photo, &why));
    assert_int_equal(at(&photo, 0, 0), 0xFFFFFFFF);
    assert_true(is_near(at(&photo, 7, 7), 0xFF7F7FFF));
    photo_free(&photo);
    free(png);
}

static void
assert_refused(const unsigned char *bytes, size_t len, const char *because)
{
    struct photo photo;
    struct problem why = {0};
    // In memory of exactly that size: a byte too far is seen.
    unsigned char *copy = malloc(len ? len : 1);
    memcpy(copy, bytes, len);
    bool is_good = photo_decode(copy, len, 100, 100, 2048, &photo, &why);
    free(copy);
    if (is_good)
        fail_msg("should have been refused: %s", because);
    assert_null(photo.pixels);
    if (!strstr(why.text, because))
        fail_msg("\"%s\" does not say \"%s\"", why.text, because);
}

static void
put_size(unsigned char *b, uint32_t n)
{
    b[0] = (unsigned char) (n >> 24);
    b[1] = (unsigned char) (n >> 16);
    b[2] = (unsigned char) (n >> 8);
    b[3] = (unsigned char) n;
}

static void
bombs_are_refused_by_their_header(void **state)
{
    struct file *png =
        save(marked(64, 64, SDL_PIXELFORMAT_XRGB8888), PHOTO_PNG);
    struct file *jpeg =
        save(marked(64, 64, SDL_PIXELFORMAT_RGB888), PHOTO_JPEG);
    (void) state;
    put_size(png->bytes + 16, 50000);
    put_size(png->bytes + 20, 50000);
    assert_refused(png->bytes, png->len, "too large: 50000 by 50000");
    put_size(png->bytes + 16, 40000); // few pixels, but in one long row
    put_size(png->bytes + 20, 10);
    assert_refused(png->bytes, png->len, "too large");
    put_size(png->bytes + 16, 0xFFFFFFFF);
    assert_refused(png->bytes, png->len, "not a JPEG");
    for (size_t i = 0; i + 8 < jpeg->len; i++)
        if (jpeg->bytes[i] == 0xFF && jpeg->bytes[i + 1] == 0xC0)
            memset(jpeg->bytes + i + 5, 0xEA, 4);
    assert_refused(jpeg->bytes, jpeg->len, "too large: 60138 by 60138");
    free(png);
    free(jpeg);
}

static void
damage_is_refused(void **state)
{
    struct file *png =
        save(marked(64, 64, SDL_PIXELFORMAT_XRGB8888), PHOTO_PNG);
    struct file *jpeg =
        save(marked(64, 64, SDL_PIXELFORMAT_RGB888), PHOTO_JPEG);
    unsigned char webp[sizeof webp_lossy];
    static unsigned char huge[PHOTO_MAX_BYTES + 1];
    (void) state;
    assert_refused(png->bytes, png->len - 20, "breaks off");
    assert_refused(jpeg->bytes, jpeg->len - 20, "breaks off");
    assert_refused(webp_lossy, sizeof webp_lossy - 20, "breaks off");
    memset(png->bytes + 60, 0x55, png->len - 100);
    assert_refused(png->bytes, png->len, "damaged");
    memcpy(webp, webp_lossy, sizeof webp);
    webp[26] = 7; // the header says 7 wide, and the data is for 6
    webp[20] = 0xFF;
    assert_refused(webp, sizeof webp, "damaged");
    memcpy(huge, jpeg->bytes, jpeg->len);
    assert_refused(huge, sizeof huge, "more than 8 MB");
    free(png);
    free(jpeg);
}

static void
nothing_else_is_tried(void **state)
{
    static const unsigned char gif[] =
        "GIF89a\1\0\1\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\1\0\1\0\0\2\2D\1\0;";
    static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    (void) state;
    assert_refused(gif, sizeof gif, "not a JPEG, PNG or WebP");
    assert_refused((const unsigned char *) svg, sizeof svg, "not a JPEG");
    assert_refused((const unsigned char *) "BM", 2, "not a JPEG");
    assert_refused((const unsigned char *) "", 0, "not a JPEG");
    assert_refused((const unsigned char *) "\xFF\xD8\xFF\xC0", 4, "not a JPEG");
}

static void
every_beginning_is_survived(void **state)
{
    struct file *files[] = {
        save(marked(20, 20, SDL_PIXELFORMAT_XRGB8888), PHOTO_PNG),
        save(marked(20, 20, SDL_PIXELFORMAT_RGB888), PHOTO_JPEG),
    };
    (void) state;
    add_orientation(files[1], 6);
    for (int f = 0; f < 2; f++) {
        for (size_t len = 0; len < files[f]->len && len < 700; len++) {
            unsigned char *copy = malloc(len ? len : 1);
            struct photo_info info;
            memcpy(copy, files[f]->bytes, len);
            photo_info_read(copy, len, &info);
            assert_false(info.is_whole);
            assert_in_range(info.orientation, 1, 8);
            free(copy);
        }
        free(files[f]);
    }
    for (size_t len = 0; len < sizeof webp_lossy; len++) {
        unsigned char *copy = malloc(len ? len : 1);
        struct photo_info info;
        memcpy(copy, webp_lossy, len);
        photo_info_read(copy, len, &info);
        assert_false(info.is_whole);
        free(copy);
    }
}

static struct photo
sample(int w, int h)
{
    return (struct photo){w, h, calloc((size_t) w * (size_t) h, 4)};
}

static void
the_photo_unused_longest_goes(void **state)
{
    struct photos *photos = photos_new(3 * 100 * 4);
    (void) state;
    for (uint64_t key = 1; key <= 3; key++) {
        struct photo photo = sample(10, 10);
        photos_give(photos, key, &photo);
        assert_null(photo.pixels); // taken over
    }
    assert_non_null(photos_find(photos, 1));
    struct photo fourth = sample(10, 10);
    photos_give(photos, 4, &fourth);
    assert_null(photos_find(photos, 2));
    assert_non_null(photos_find(photos, 1));
    assert_non_null(photos_find(photos, 3));
    assert_non_null(photos_find(photos, 4));
    struct photo large = sample(30, 30); // beyond the budget all by itself
    photos_give(photos, 5, &large);
    assert_null(photos_find(photos, 1));
    assert_non_null(photos_find(photos, 5));
    photos_free(photos);
}

static void
photos_are_replaced_and_dropped(void **state)
{
    struct photos *photos = photos_new(1 << 20);
    (void) state;
    for (uint64_t key = 1; key <= 20; key++) {
        struct photo photo = sample(4, 4);
        photos_give(photos, key, &photo);
    }
    struct photo wide = sample(8, 4);
    photos_give(photos, 7, &wide);
    assert_int_equal(photos_find(photos, 7)->w, 8);
    const uint64_t keep[] = {7, 20, 99};
    photos_keep(photos, keep, 3);
    assert_non_null(photos_find(photos, 7));
    assert_non_null(photos_find(photos, 20));
    assert_null(photos_find(photos, 1));
    assert_null(photos_find(photos, 99));
    photos_keep(photos, NULL, 0);
    assert_null(photos_find(photos, 7));
    photos_free(photos);
    photos_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_kinds_are_read),
        cmocka_unit_test(sizes_just_cover),
        cmocka_unit_test(smaller_pixels_are_averages),
        cmocka_unit_test(photos_stand_upright),
        cmocka_unit_test(transparency_is_white),
        cmocka_unit_test(bombs_are_refused_by_their_header),
        cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(nothing_else_is_tried),
        cmocka_unit_test(every_beginning_is_survived),
        cmocka_unit_test(the_photo_unused_longest_goes),
        cmocka_unit_test(photos_are_replaced_and_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
