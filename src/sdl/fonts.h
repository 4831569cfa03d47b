#ifndef SDL_FONTS_H
#define SDL_FONTS_H

#include <stdbool.h>
#include <stdint.h>

#include <SDL2/SDL_ttf.h>

#include "base/problem.h"
#include "view/draw.h"

/*
 * The font files and their sizes. UI thread only: SDL_ttf shares one
 * FreeType library without a lock.
 *
 * Every role has a chain of files: its own, then Noto Emoji, then DejaVu and
 * Noto from the system, each opened when a letter first needs it. Files are
 * mapped once; an open size is one TTF_Font over that mapping, and the least
 * recently used of them are closed beyond a fixed number, for months of
 * running.
 */

struct fonts;

/* `folder` holds the bundled files (assets/fonts). NULL with `why` when one of
   them is missing or broken. TTF is initialised here. */
struct fonts *fonts_open(const char *folder, struct problem *why);
void fonts_close(struct fonts *f);

/*
 * The first face in the role's chain that has the whole grapheme, as an index
 * for fonts_at; 0 (the role's own file) when none has.
 */
#define FONTS_FACE_OWN 0
#define FONTS_FACE_EMOJI 1
int fonts_face_for(struct fonts *f, enum font role, const char *grapheme,
                   size_t len);

/* Whether any face in the role's chain has the whole grapheme. */
bool fonts_have(struct fonts *f, enum font role, const char *grapheme,
                size_t len);

/* That face at that size; never NULL (the role's own face if need be).
   Borrowed until the next call. */
TTF_Font *fonts_at(struct fonts *f, enum font role, int face, int size_px);

/*
 * The face at FONTS_REFERENCE_PX, for measuring. `*scale` is what a width
 * measured there has to be multiplied with: a face from elsewhere is drawn
 * smaller or larger until its capitals are as high as the role's own.
 */
#define FONTS_REFERENCE_PX 1000
TTF_Font *
fonts_reference(struct fonts *f, enum font role, int face, float *scale);

/*
 * A place to remember a measured width under a key that is not 0. It may hold
 * another key's width, which the caller then replaces.
 */
struct fonts_width {
    uint64_t key; // 0: never used
    float em;
};
struct fonts_width *fonts_width(struct fonts *f, uint64_t key);

#endif
