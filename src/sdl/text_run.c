#include "sdl/text_run.h"

#include <string.h>

#include <fribidi/fribidi.h>

#include "base/utf8.h"

#define COMMON "Zyyy"
#define INHERITED "Zinh"

struct line_letter { // a grapheme
    size_t at, len;
    int face;
    int level; // UAX #9 embedding level; odd is right to left
    char script[5];
};

struct level_run {
    struct text_run run;
    int level;
};

/* Hebrew to Arabic Extended, their presentation forms, and the blocks of
   right-to-left scripts in the supplementary plane. */
static bool
is_right_to_left_block(uint32_t letter)
{
    return (letter >= 0x0590 && letter <= 0x08FF) ||
           (letter >= 0xFB1D && letter <= 0xFDFF) ||
           (letter >= 0xFE70 && letter <= 0xFEFE) ||
           (letter >= 0x10800 && letter <= 0x10FFF) ||
           (letter >= 0x1E800 && letter <= 0x1EFFF);
}

bool
text_is_bidi(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        if ((unsigned char) text[at] < 0x80) {
            at++;
            continue;
        }
        if (is_right_to_left_block(utf8_next(text, len, &at)))
            return true;
    }
    return false;
}

static bool
is_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char) text[i] >= 0x80)
            return false;
    return true;
}

static size_t
capped(const char *text, size_t len)
{
    if (len <= TEXT_LINE_MAX)
        return len;
    len = TEXT_LINE_MAX;
    while (len > 0 && ((unsigned char) text[len] & 0xC0) == 0x80)
        len--;
    return len;
}

/* `levels` has one element a byte; only those at a letter's first byte are
   set. Without memory for FriBidi everything stays left to right. */
static void
find_levels(const char *text, size_t len, FriBidiLevel *levels)
{
    FriBidiChar letters[TEXT_LINE_MAX];
    FriBidiCharType types[TEXT_LINE_MAX];
    FriBidiBracketType brackets[TEXT_LINE_MAX];
    FriBidiLevel found[TEXT_LINE_MAX];
    int count = 0;
    for (size_t at = 0; at < len;)
        letters[count++] = utf8_next(text, len, &at);
    fribidi_get_bidi_types(letters, count, types);
    fribidi_get_bracket_types(letters, count, types, brackets);
    FriBidiParType base = FRIBIDI_PAR_ON;
    if (!fribidi_get_par_embedding_levels_ex(types, brackets, count, &base,
                                             found))
        return;
    int i = 0;
    for (size_t at = 0; at < len; i++) {
        levels[at] = found[i];
        utf8_next(text, len, &at);
    }
}

static bool
is_common(const char script[5])
{
    return memcmp(script, COMMON, 4) == 0 || memcmp(script, INHERITED, 4) == 0;
}

/* The script of the first letter in the grapheme that has one of its own. */
static void
grapheme_script(const char *text, size_t len, char script[5])
{
    memcpy(script, COMMON, 5);
    for (size_t at = 0; at < len && is_common(script);)
        utf8_script(utf8_next(text, len, &at), script);
}

static struct line_letter
read_letter(struct fonts *f, enum font role, const char *text, size_t len,
            size_t at)
{
    struct line_letter letter = {.at = at, .script = COMMON};
    letter.len = utf8_grapheme_end(text, len, at) - at;
    unsigned char first = (unsigned char) text[at];
    if (letter.len == 1 && first < 0x80) {
        if ((first | 0x20) >= 'a' && (first | 0x20) <= 'z')
            memcpy(letter.script, "Latn", 5);
        return letter; // every role has all of ASCII
    }
    letter.face = fonts_face_for(f, role, text + at, letter.len);
    grapheme_script(text + at, letter.len, letter.script);
    return letter;
}

/* A space inside words of another face is that face's, so that a sentence is
   not a run a word. */
static bool
is_space_within(const char *text, const struct line_letter *letter,
                const struct level_run *last)
{
    return text[letter->at] == ' ' && last->run.face > FONTS_FACE_EMOJI;
}

static bool
joins(const char *text, const struct line_letter *letter,
      const struct level_run *last)
{
    if (last->level != letter->level)
        return false;
    if (last->run.face != letter->face && !is_space_within(text, letter, last))
        return false;
    return is_common(letter->script) || is_common(last->run.script) ||
           memcmp(letter->script, last->run.script, 4) == 0;
}

/* Runs in the order of the text. */
static int
logical_runs(struct fonts *f, enum font role, const char *text, size_t len,
             const FriBidiLevel *levels, struct level_run runs[TEXT_RUNS_MAX])
{
    int count = 0;
    for (size_t at = 0; at < len;) {
        struct line_letter letter = read_letter(f, role, text, len, at);
        letter.level = levels ? levels[at] : 0;
        at += letter.len;
        struct level_run *last = count ? &runs[count - 1] : NULL;
        if (last && (count == TEXT_RUNS_MAX || joins(text, &letter, last))) {
            last->run.len += letter.len;
            if (is_common(last->run.script))
                memcpy(last->run.script, letter.script, 5);
            continue;
        }
        struct level_run *run = &runs[count++];
        *run = (struct level_run){
            .level = letter.level,
            .run = {letter.at, letter.len, letter.face, "",
                    letter.level % 2 != 0},
        };
        memcpy(run->run.script, letter.script, 5);
    }
    return count;
}

static void
turn_around(struct level_run *runs, int count)
{
    for (int i = 0; i < count / 2; i++) {
        struct level_run kept = runs[i];
        runs[i] = runs[count - 1 - i];
        runs[count - 1 - i] = kept;
    }
}

/* UAX #9, rule L2, on whole runs: a run has one level, and its inside is
   turned by the one who draws it. */
static void
to_visual_order(struct level_run *runs, int count)
{
    int highest = 0;
    for (int i = 0; i < count; i++)
        if (runs[i].level > highest)
            highest = runs[i].level;
    for (int level = highest; level > 0; level--) {
        for (int i = 0; i < count;) {
            int end = i;
            while (end < count && runs[end].level >= level)
                end++;
            turn_around(runs + i, end - i);
            i = end > i ? end : i + 1;
        }
    }
}

int
text_runs(struct fonts *f, enum font role, const char *text, size_t len,
          struct text_run runs[TEXT_RUNS_MAX])
{
    len = capped(text, len);
    if (len == 0)
        return 0;
    if (is_ascii(text, len)) {
        runs[0] = (struct text_run){0, len, FONTS_FACE_OWN, "Latn", false};
        return 1;
    }
    FriBidiLevel levels[TEXT_LINE_MAX] = {0};
    bool is_bidi = text_is_bidi(text, len);
    if (is_bidi)
        find_levels(text, len, levels);
    struct level_run found[TEXT_RUNS_MAX];
    int count =
        logical_runs(f, role, text, len, is_bidi ? levels : NULL, found);
    to_visual_order(found, count);
    for (int i = 0; i < count; i++) {
        runs[i] = found[i].run;
        // Digits and stops alone are set as the letters around them are.
        if (is_common(runs[i].script) && runs[i].face != FONTS_FACE_EMOJI)
            memcpy(runs[i].script, "Latn", 5);
    }
    return count;
}

void
text_run_set(TTF_Font *font, const struct text_run *run)
{
    TTF_SetFontDirection(font, run->is_right_to_left ? TTF_DIRECTION_RTL
                                                     : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, run->script);
}
