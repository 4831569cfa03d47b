#ifndef VIEW_PALETTE_H
#define VIEW_PALETTE_H

#include <stdint.h>

/*
 * Every colour on the screen. 0xAARRGGBB. Text is only ever drawn in one of
 * palette_pairs, and a test holds each of them to a contrast of 7:1
 * (WCAG 2.2, 1.4.6).
 */

#define INK 0xFF17252Eu
#define INK_SOFT 0xFF44525Cu
#define PAPER 0xFFFBF6ECu
#define CARD 0xFFFFFFFFu
#define CARD_TODAY 0xFFFFF1D3u
#define RULE 0xFFE4DAC7u
#define QUIET 0xFFC9C7C0u // marks that are no text: footer dots

#define TEAL 0xFF0E4A54u
#define TEAL_DEEP 0xFF0A3A43u
#define TEAL_RULE 0x33FFFFFFu
#define TEAL_QUIET 0x40FFFFFFu
#define ON_TEAL 0xFFFFFBF2u
#define ON_TEAL_SOFT 0xFFCFE9E6u
#define ON_TEAL_SUN 0xFFFFD67Du // sun, light enough to read on teal

#define SUN 0xFFFFC857u
#define AMBER 0xFF7A4600u
#define SKY 0xFF1F5A85u
#define LEAF 0xFF2A6239u
#define RUST 0xFF97311Bu // a shade deeper than the caret's, to carry white

#define POSTIT_YELLOW 0xFFFFE27Au
#define POSTIT_PINK 0xFFFFC4D0u
#define POSTIT_MINT 0xFFBFEBCFu
#define POSTIT_BLUE 0xFFBFDDF7u
#define ON_POSTIT_SOFT 0xFF333F47u // the name at the bottom

#define KEYBOARD_GROUND 0xFFEFE6D3u
#define KEY_DIGIT 0xFFF8F2E4u
#define KEY_ACTS 0xFFE4D8BFu // Shift, backspace, the other page
#define KEY_EDGE 0xFFD0C3A8u

#define SHADOW_NEAR 0x24402000u
#define SHADOW_FAR 0x1E402000u

struct palette_pair {
    const char *use;
    uint32_t text, ground;
};
extern const struct palette_pair palette_pairs[];
extern const int palette_pair_count;

/* Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, "contrast"). */
double palette_contrast(uint32_t a, uint32_t b);

#endif
