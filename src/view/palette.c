#include "view/palette.h"

#include <math.h>

const struct palette_pair palette_pairs[] = {
    {"text on paper", INK, PAPER},
    {"secondary text on paper", INK_SOFT, PAPER},
    {"kicker on paper", AMBER, PAPER},
    {"text on a card", INK, CARD},
    {"secondary text on a card", INK_SOFT, CARD},
    {"text on today's card", INK, CARD_TODAY},
    {"secondary text on today's card", INK_SOFT, CARD_TODAY},
    {"date on amber", CARD, AMBER},
    {"date on sky", CARD, SKY},
    {"date on leaf", CARD, LEAF},
    {"initials", CARD, RUST},
    {"the Thursday label", INK, SUN},
    {"button on paper", CARD, INK},
    {"button on teal", INK, SUN},
    {"sentence on teal", ON_TEAL, TEAL},
    {"secondary text on teal", ON_TEAL_SOFT, TEAL},
    {"kicker on teal", ON_TEAL_SUN, TEAL},
    {"yellow post-it", INK, POSTIT_YELLOW},
    {"pink post-it", INK, POSTIT_PINK},
    {"mint post-it", INK, POSTIT_MINT},
    {"blue post-it", INK, POSTIT_BLUE},
    {"name on yellow", ON_POSTIT_SOFT, POSTIT_YELLOW},
    {"name on pink", ON_POSTIT_SOFT, POSTIT_PINK},
    {"name on mint", ON_POSTIT_SOFT, POSTIT_MINT},
    {"name on blue", ON_POSTIT_SOFT, POSTIT_BLUE},
    {"digit key", INK, KEY_DIGIT},
    {"key that acts", INK, KEY_ACTS},
    {"pressed key", INK, SUN},
};
const int palette_pair_count = sizeof palette_pairs / sizeof palette_pairs[0];

static double
linear(uint32_t colour, int shift)
{
    double v = (colour >> shift & 0xFF) / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double
luminance(uint32_t colour)
{
    return 0.2126 * linear(colour, 16) + 0.7152 * linear(colour, 8) +
           0.0722 * linear(colour, 0);
}

double
palette_contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}
