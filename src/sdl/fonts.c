#include "sdl/fonts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/utf8.h"

// Open sizes. Each keeps its own copy of the file's shaping tables (SDL_ttf
// reads through a stream), so more of them is memory and not speed: finished
// lines are kept by the canvas.
#define SIZES_MAX 10
#define SEEN_COUNT 1024
#define WIDTH_COUNT 2048
#define PATH_SIZE 512

struct source {
    const char *path;   // bundled: inside the fonts folder
    const char *script; // ISO 15924 it is asked for; NULL: any
    long index;         // inside a .ttc
};

static const struct source bundled[] = {
    [FONT_TEXT] = {"AtkinsonHyperlegibleNext_400Regular.ttf", NULL, 0},
    [FONT_STRONG] = {"AtkinsonHyperlegibleNext_600SemiBold.ttf", NULL, 0},
    [FONT_HEAVY] = {"AtkinsonHyperlegibleNext_800ExtraBold.ttf", NULL, 0},
    [FONT_SENTENCE] = {"Fraunces_600SemiBold.ttf", NULL, 0},
    [FONT_HAND] = {"PatrickHand_400Regular.ttf", NULL, 0},
    [FONT_COUNT] = {"NotoEmoji_400Regular.ttf", NULL, 0},
};

#define NOTO "/usr/share/fonts/truetype/noto/"
#define NOTO_CJK "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

// Colour fonts are not here: their glyphs come in one fixed size.
static const struct source system_fonts[] = {
    {NOTO "NotoSansArabic-Regular.ttf", "Arab", 0},
    {NOTO "NotoNaskhArabic-Regular.ttf", "Arab", 0},
    {NOTO "NotoSansHebrew-Regular.ttf", "Hebr", 0},
    {NOTO "NotoSansDevanagari-Regular.ttf", "Deva", 0},
    {NOTO "NotoSansBengali-Regular.ttf", "Beng", 0},
    {NOTO "NotoSansGurmukhi-Regular.ttf", "Guru", 0},
    {NOTO "NotoSansGujarati-Regular.ttf", "Gujr", 0},
    {NOTO "NotoSansTamil-Regular.ttf", "Taml", 0},
    {NOTO "NotoSansTelugu-Regular.ttf", "Telu", 0},
    {NOTO "NotoSansKannada-Regular.ttf", "Knda", 0},
    {NOTO "NotoSansMalayalam-Regular.ttf", "Mlym", 0},
    {NOTO "NotoSansSinhala-Regular.ttf", "Sinh", 0},
    {NOTO "NotoSansThai-Regular.ttf", "Thai", 0},
    {NOTO "NotoSansLao-Regular.ttf", "Laoo", 0},
    {NOTO "NotoSansKhmer-Regular.ttf", "Khmr", 0},
    {NOTO "NotoSansMyanmar-Regular.ttf", "Mymr", 0},
    {NOTO "NotoSansEthiopic-Regular.ttf", "Ethi", 0},
    {NOTO "NotoSansArmenian-Regular.ttf", "Armn", 0},
    {NOTO "NotoSansGeorgian-Regular.ttf", "Geor", 0},
    {NOTO_CJK, "Hira", 0},
    {NOTO_CJK, "Kana", 0},
    {NOTO_CJK, "Hang", 1},
    {NOTO_CJK, "Hani", 2},
    {"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", "Hani", 0},
    {NOTO "NotoSans-Regular.ttf", NULL, 0},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", NULL, 0},
    {"/usr/share/fonts/truetype/freefont/FreeSans.ttf", NULL, 0},
    {NOTO "NotoSansSymbols-Regular.ttf", NULL, 0},
    {NOTO "NotoSansSymbols2-Regular.ttf", NULL, 0},
};

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))
#define BUNDLED_COUNT COUNT(bundled)
#define SYSTEM_COUNT COUNT(system_fonts)
#define FILE_COUNT (BUNDLED_COUNT + SYSTEM_COUNT)
#define FACE_COUNT (2 + SYSTEM_COUNT) // own, emoji, system

struct font_file {
    void *bytes; // mapped; NULL: not open
    size_t size;
    bool was_tried;
    TTF_Font *reference; // at FONTS_REFERENCE_PX, open as long as the file
    float cap;           // height of H in ems; 0: it has none
};

struct font_size {
    TTF_Font *font; // NULL: free
    int file;
    int px;
    uint64_t used; // tick of the latest use
};

struct seen_letter {
    uint32_t key; // code point and role; 0: free
    int face;
};

struct fonts {
    char folder[PATH_SIZE];
    struct font_file files[FILE_COUNT];
    struct font_size sizes[SIZES_MAX];
    struct seen_letter seen[SEEN_COUNT];
    struct fonts_width widths[WIDTH_COUNT];
    uint64_t tick;
};

static const struct source *
source_of(int file)
{
    return file < BUNDLED_COUNT ? &bundled[file]
                                : &system_fonts[file - BUNDLED_COUNT];
}

static int
file_of(enum font role, int face)
{
    if (face <= FONTS_FACE_OWN || face >= FACE_COUNT)
        return (int) role;
    return FONT_COUNT + face - FONTS_FACE_EMOJI;
}

static bool
map_file(struct font_file *file, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    struct stat info;
    bool is_fit = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
                  info.st_size > 0 && info.st_size < INT32_MAX;
    void *bytes = MAP_FAILED;
    if (is_fit)
        bytes =
            mmap(NULL, (size_t) info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    else
        errno = EINVAL;
    close(fd);
    if (bytes == MAP_FAILED)
        return false;
    file->bytes = bytes;
    file->size = (size_t) info.st_size;
    return true;
}

static void
unmap_file(struct font_file *file)
{
    if (file->reference)
        TTF_CloseFont(file->reference);
    if (file->bytes)
        munmap(file->bytes, file->size);
    *file = (struct font_file){.was_tried = true};
}

static TTF_Font *
open_size(const struct font_file *file, long index, int px)
{
    SDL_RWops *bytes = SDL_RWFromConstMem(file->bytes, (int) file->size);
    TTF_Font *font = TTF_OpenFontIndexRW(bytes, 1, px, index);
    // Light hinting moves nothing sideways, so that a width measured at one
    // size is right, in proportion, at every other.
    if (font)
        TTF_SetFontHinting(font, TTF_HINTING_LIGHT_SUBPIXEL);
    return font;
}

static float
cap_height(TTF_Font *reference)
{
    int top;
    if (!TTF_GlyphIsProvided32(reference, 'H') ||
        TTF_GlyphMetrics32(reference, 'H', NULL, NULL, NULL, &top, NULL) != 0)
        return 0;
    return (float) top / FONTS_REFERENCE_PX;
}

static bool
open_file(struct fonts *f, int number)
{
    struct font_file *file = &f->files[number];
    if (file->was_tried)
        return file->bytes != NULL;
    file->was_tried = true;
    const struct source *source = source_of(number);
    char path[2 * PATH_SIZE];
    snprintf(path, sizeof path, "%s%s%s",
             number < BUNDLED_COUNT ? f->folder : "",
             number < BUNDLED_COUNT ? "/" : "", source->path);
    if (!map_file(file, path))
        return false;
    file->reference = open_size(file, source->index, FONTS_REFERENCE_PX);
    if (!file->reference) {
        log_warning("the font %s cannot be used: %s", path, TTF_GetError());
        unmap_file(file);
        return false;
    }
    file->cap = cap_height(file->reference);
    return true;
}

struct fonts *
fonts_open(const char *folder, struct problem *why)
{
    if (TTF_Init() != 0) {
        problem_set(why, 0, 0,
                    "Letters cannot be drawn on this machine: %s. Install "
                    "SDL2_ttf again",
                    TTF_GetError());
        return NULL;
    }
    struct fonts *f = memory_take_zeroed(sizeof *f);
    snprintf(f->folder, sizeof f->folder, "%s", folder);
    for (int i = 0; i < BUNDLED_COUNT; i++) {
        if (open_file(f, i))
            continue;
        problem_set(why, 0, 0,
                    "The font %s in %s is missing or broken. Install "
                    "Staffroom again",
                    bundled[i].path, f->folder);
        fonts_close(f);
        return NULL;
    }
    return f;
}

void
fonts_close(struct fonts *f)
{
    if (!f)
        return;
    for (int i = 0; i < SIZES_MAX; i++)
        if (f->sizes[i].font)
            TTF_CloseFont(f->sizes[i].font);
    for (int i = 0; i < FILE_COUNT; i++)
        unmap_file(&f->files[i]);
    TTF_Quit();
    free(f);
}

static bool
face_may_have(struct fonts *f, enum font role, int face, const char *script)
{
    int file = file_of(role, face);
    const char *only = source_of(file)->script;
    if (only && strcmp(only, script) != 0)
        return false;
    return open_file(f, file);
}

static bool
face_has_all(const struct fonts *f, int file, const char *grapheme, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t letter = utf8_next(grapheme, len, &at);
        if (!utf8_is_ignorable(letter) &&
            !TTF_GlyphIsProvided32(f->files[file].reference, letter))
            return false;
    }
    return true;
}

static int
find_face(struct fonts *f, enum font role, const char *grapheme, size_t len)
{
    if (face_has_all(f, (int) role, grapheme, len))
        return FONTS_FACE_OWN;
    char script[5];
    size_t at = 0;
    utf8_script(utf8_next(grapheme, len, &at), script);
    for (int face = FONTS_FACE_EMOJI; face < FACE_COUNT; face++)
        if (face_may_have(f, role, face, script) &&
            face_has_all(f, file_of(role, face), grapheme, len))
            return face;
    // Patrick Hand leaves a blank for what it lacks; a box is honest.
    return role == FONT_HAND ? FONTS_FACE_EMOJI : FONTS_FACE_OWN;
}

bool
fonts_have(struct fonts *f, enum font role, const char *grapheme, size_t len)
{
    int face = find_face(f, role, grapheme, len);
    return face_has_all(f, file_of(role, face), grapheme, len);
}

int
fonts_face_for(struct fonts *f, enum font role, const char *grapheme,
               size_t len)
{
    if (!len)
        return FONTS_FACE_OWN;
    size_t at = 0;
    uint32_t letter = utf8_next(grapheme, len, &at);
    if (at < len) // several code points are rare enough to look up each time
        return find_face(f, role, grapheme, len);
    uint32_t key = letter | (uint32_t) (role + 1) << 24;
    struct seen_letter *seen = &f->seen[(letter ^ role << 7) % SEEN_COUNT];
    if (seen->key != key)
        *seen = (struct seen_letter){key, find_face(f, role, grapheme, len)};
    return seen->face;
}

static float
face_scale(const struct fonts *f, enum font role, int file)
{
    float own = f->files[role].cap, other = f->files[file].cap;
    if (file == (int) role || file == FONT_COUNT || own <= 0 || other <= 0)
        return 1;
    float scale = own / other;
    return scale < 0.8F ? 0.8F : scale > 1.1F ? 1.1F : scale;
}

TTF_Font *
fonts_reference(struct fonts *f, enum font role, int face, float *scale)
{
    int file = file_of(role, face);
    if (!open_file(f, file))
        file = (int) role;
    *scale = face_scale(f, role, file);
    return f->files[file].reference;
}

static struct font_size *
size_slot(struct fonts *f, int file, int px)
{
    struct font_size *oldest = &f->sizes[0];
    for (int i = 0; i < SIZES_MAX; i++) {
        struct font_size *size = &f->sizes[i];
        if (size->font && size->file == file && size->px == px)
            return size;
        if (size->used < oldest->used)
            oldest = size;
    }
    if (oldest->font)
        TTF_CloseFont(oldest->font);
    *oldest = (struct font_size){.file = file, .px = px};
    oldest->font = open_size(&f->files[file], source_of(file)->index, px);
    return oldest;
}

TTF_Font *
fonts_at(struct fonts *f, enum font role, int face, int size_px)
{
    int file = file_of(role, face);
    if (!open_file(f, file))
        file = (int) role;
    // Rounded down: drawn a little narrower than measured, never wider.
    int px = (int) ((float) size_px * face_scale(f, role, file));
    struct font_size *size = size_slot(f, file, px > 0 ? px : 1);
    size->used = ++f->tick;
    // The file was good at start-up; a size it cannot have is drawn at one
    // that is open for as long as the file is.
    return size->font ? size->font : f->files[role].reference;
}

struct fonts_width *
fonts_width(struct fonts *f, uint64_t key)
{
    return &f->widths[key % WIDTH_COUNT];
}
