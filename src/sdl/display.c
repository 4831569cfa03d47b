#include "sdl/display.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <SDL2/SDL.h>

#include "base/text.h"
#include "base/utf8.h"
#include "sdl/display_card.h"

#define MM_AN_INCH 25.4

/* ---- accents on a keyboard with a plug, under X11 ---- */

/*
 * A dead key and a letter, or the Compose key and two signs: libX11 joins them
 * by a table that it reads while the display is opened. The system's has six
 * thousand rows for every script there is and takes 10 ms. (It would keep it
 * read, in XCOMPOSECACHE, but believes what it finds there: one bad write as
 * the plug is pulled, and every later start crashes at the first accent.) Ours
 * has what languages in Latin letters use. A user's own comes first.
 *
 * On KMSDRM SDL has a table from the console, and on Wayland libxkbcommon's:
 * neither is touched.
 */
#define COMPOSE_FILE "XCOMPOSEFILE"

/* Keys have the names of X11's keysyms (Compose(5)). */
struct accent {
    const char *dead;    // the dead key
    const char *sign;    // what stands for it after Compose
    const char *twice;   // the dead key twice: the accent itself; NULL: none
    const char *spaced;  // and a space, in a Compose file's quotes
    const char *letters; // each before the one it becomes
};

static const struct accent accents[] = {
    {"dead_grave", "grave", "`", "`", "AÀaàEÈeèIÌiìNǸnǹOÒoòUÙuùWẀwẁYỲyỳ"},
    {"dead_acute", "apostrophe", "´", "'",
     "AÁaáCĆcćEÉeéGǴgǵIÍiíKḰkḱLĹlĺMḾmḿNŃnńOÓoóPṔpṕRŔrŕSŚsśUÚuúWẂwẃYÝyýZŹzź"},
    {"dead_circumflex", "asciicircum", "^", "^",
     "AÂaâCĈcĉEÊeêGĜgĝHĤhĥIÎiîJĴjĵOÔoôSŜsŝUÛuûWŴwŵYŶyŷZẐzẑ"},
    {"dead_tilde", "asciitilde", "~", "~", "AÃaãEẼeẽIĨiĩNÑnñOÕoõUŨuũVṼvṽYỸyỹ"},
    {"dead_diaeresis", "quotedbl", "¨", "\\\"",
     "AÄaäEËeëHḦhḧIÏiïOÖoötẗUÜuüWẄwẅXẌxẍYŸyÿ"},
    {"dead_abovering", "asterisk", "°", "°", "AÅaåUŮuůwẘyẙ"},
    {"dead_cedilla", "comma", "¸", "¸",
     "CÇcçDḐdḑEȨeȩGĢgģHḨhḩKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţ"},
    {"dead_caron", "less", "ˇ", "ˇ",
     "AǍaǎCČcčDĎdďEĚeěGǦgǧHȞhȟIǏiǐjǰKǨkǩLĽlľNŇnňOǑoǒRŘrřSŠsšTŤtťUǓuǔZŽzž"},
    {"dead_macron", "minus", "¯", "¯", "AĀaāEĒeēGḠgḡIĪiīOŌoōUŪuūYȲyȳ"},
    {"dead_breve", "U", "˘", "˘", "AĂaăEĔeĕGĞgğIĬiĭOŎoŏ"},
    {"dead_abovedot", "period", "˙", "˙",
     "AȦaȧBḂbḃCĊcċDḊdḋEĖeėFḞfḟGĠgġHḢhḣIİMṀmṁNṄnṅOȮoȯPṖpṗRṘrṙSṠsṡTṪtṫZŻzż"},
    {"dead_ogonek", "semicolon", "˛", "˛", "AĄaąEĘeęIĮiįOǪoǫUŲuų"},
    {"dead_doubleacute", "equal", "˝", "˝", "OŐoőUŰuű"},
    {"dead_belowdot", "exclam", NULL, NULL,
     "AẠaạDḌdḍEẸeẹHḤhḥIỊiịOỌoọSṢsṣTṬtṭUỤuụ"},
    {"dead_stroke", "slash", NULL, NULL, "DĐdđHĦhħLŁlłOØoøTŦtŧ"},
};

static const struct pair {
    const char *first, *second; // after Compose, in this order
    const char *made;
} pairs[] = {
    {"a", "e", "æ"},
    {"A", "E", "Æ"},
    {"o", "e", "œ"},
    {"O", "E", "Œ"},
    {"a", "a", "å"},
    {"A", "A", "Å"},
    {"o", "a", "å"},
    {"O", "A", "Å"},
    {"s", "s", "ß"},
    {"S", "S", "ẞ"},
    {"t", "h", "þ"},
    {"T", "H", "Þ"},
    {"d", "h", "ð"},
    {"D", "H", "Ð"},
    {"e", "equal", "€"},
    {"equal", "E", "€"},
    {"equal", "C", "€"},
    {"C", "equal", "€"},
    {"L", "minus", "£"},
    {"minus", "L", "£"},
    {"question", "question", "¿"},
    {"exclam", "exclam", "¡"},
    {"less", "less", "«"},
    {"greater", "greater", "»"},
    {"less", "quotedbl", "“"},
    {"greater", "quotedbl", "”"},
    {"quotedbl", "less", "“"},
    {"quotedbl", "greater", "”"},
    {"less", "apostrophe", "‘"},
    {"greater", "apostrophe", "’"},
    {"apostrophe", "less", "‘"},
    {"apostrophe", "greater", "’"},
    {"period", "period", "…"},
    {"o", "o", "°"},
    {"plus", "minus", "±"},
    {"x", "x", "×"},
    {"minus", "colon", "÷"},
    {"colon", "minus", "÷"},
    {"1", "2", "½"},
    {"1", "4", "¼"},
    {"3", "4", "¾"},
    {"o", "c", "©"},
};

static void
add_accent(struct text *out, const struct accent *a)
{
    size_t len = strlen(a->letters);
    for (size_t at = 0; at < len;) {
        char letter = a->letters[at];
        size_t made = at + 1, end = utf8_grapheme_end(a->letters, len, made);
        int made_len = (int) (end - made);
        text_add_format(out, "<%s> <%c> : \"%.*s\"\n", a->dead, letter,
                        made_len, a->letters + made);
        text_add_format(out, "<Multi_key> <%s> <%c> : \"%.*s\"\n", a->sign,
                        letter, made_len, a->letters + made);
        text_add_format(out, "<Multi_key> <%c> <%s> : \"%.*s\"\n", letter,
                        a->sign, made_len, a->letters + made);
        at = end;
    }
    if (!a->twice)
        return;
    text_add_format(out, "<%s> <%s> : \"%s\"\n", a->dead, a->dead, a->twice);
    text_add_format(out, "<%s> <space> : \"%s\"\n", a->dead, a->spaced);
}

static void
add_table(struct text *out)
{
    for (size_t i = 0; i < sizeof accents / sizeof accents[0]; i++)
        add_accent(out, &accents[i]);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        text_add_format(out, "<Multi_key> <%s> <%s> : \"%s\"\n", pairs[i].first,
                        pairs[i].second, pairs[i].made);
    // Two hyphens are a beginning, so these are three keys.
    text_add_string(out, "<Multi_key> <minus> <minus> <period> : \"–\"\n"
                         "<Multi_key> <minus> <minus> <minus> : \"—\"\n");
}

static bool
has_own_table(void)
{
    char path[PATH_MAX];
    const char *home = getenv("HOME");
    snprintf(path, sizeof path, "%s/.XCompose", home ? home : "");
    return getenv(COMPOSE_FILE) || access(path, R_OK) == 0;
}

static bool
write_all(int file, const struct text *text)
{
    for (size_t at = 0; at < text->len;) {
        ssize_t written = write(file, text->bytes + at, text->len - at);
        if (written <= 0)
            return false;
        at += (size_t) written;
    }
    return true;
}

/* Before the display is opened. Returns what to give to take_table_back; -1
   when nothing was lent. */
static int
lend_table(void)
{
    if (has_own_table())
        return -1;
    int lent = memfd_create("dead-keys", MFD_CLOEXEC);
    if (lent < 0)
        return -1; // then it reads the system's
    struct text table = {0};
    char path[32];
    add_table(&table);
    snprintf(path, sizeof path, "/proc/self/fd/%d", lent);
    bool is_there = write_all(lent, &table) && access(path, R_OK) == 0;
    text_destroy(&table);
    if (!is_there) {
        close(lent);
        return -1;
    }
    setenv(COMPOSE_FILE, path, 1);
    return lent;
}

static void
take_table_back(int lent)
{
    if (lent < 0)
        return;
    unsetenv(COMPOSE_FILE);
    close(lent);
}

/* ---- the display ---- */

static bool
is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

/* libdbus looks there when the environment names no bus. */
static bool
has_session_bus(void)
{
    char path[512];
    const char *folder = getenv("XDG_RUNTIME_DIR");
    snprintf(path, sizeof path, "%s/bus", folder ? folder : "");
    return is_set("DBUS_SESSION_BUS_ADDRESS") || access(path, F_OK) == 0;
}

/*
 * SDL asks the session bus for an input method, and libdbus, told of no bus,
 * starts one: 5 ms and a process for a screen that has no such thing. What the
 * environment says itself stays as it is.
 */
static void
spare_the_start(void)
{
    if (!has_session_bus())
        setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/dev/null", 0);
    setenv("XMODIFIERS", "@im=none", 0);
}

/*
 * Accents of a keyboard with a plug are joined by the language's rules, and a
 * service has no language: in none, and in one this machine does not have, no
 * accent can be typed.
 */
static void
write_in_utf8(void)
{
    locale_t spoken = newlocale(LC_CTYPE_MASK, "", (locale_t) 0);
    bool is_utf8 =
        spoken && strcmp(nl_langinfo_l(CODESET, spoken), "UTF-8") == 0;
    if (spoken)
        freelocale(spoken);
    if (!is_utf8)
        setenv("LC_ALL", "C.UTF-8", 1);
}

/* The environment has the last word on each of them: SDL sees to that. */
static void
set_hints(void)
{
    static const char *const hints[][2] = {
        {SDL_HINT_APP_NAME, "Staffroom"},
        {SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0"},
        {SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0"},
        // Otherwise X11's window memory is an OpenGL texture in disguise.
        {SDL_HINT_FRAMEBUFFER_ACCELERATION, "0"},
        {SDL_HINT_RENDER_SCALE_QUALITY, "nearest"},
        // Desktop OpenGL is an emulation on a Pi.
        {SDL_HINT_RENDER_DRIVER, "opengles2"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        SDL_SetHint(hints[i][0], hints[i][1]);
}

static bool
start(const char *driver, struct problem *why)
{
    if (driver)
        SDL_SetHint(SDL_HINT_VIDEODRIVER, driver);
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) == 0) {
        SDL_StopTextInput();
        return true;
    }
    problem_set(why, 0, 0, "The screen cannot be opened (%s): %s",
                driver ? driver : getenv("SDL_VIDEODRIVER"), SDL_GetError());
    return false;
}

static bool
start_on_card(struct problem *why)
{
    int card = display_card_find(why);
    if (card < 0)
        return false;
    char index[12];
    SDL_snprintf(index, sizeof index, "%d", card);
    SDL_SetHint(SDL_HINT_KMSDRM_DEVICE_INDEX, index);
    return start("kmsdrm", why);
}

static bool
start_where_it_can_be(struct problem *why)
{
    if (is_set("SDL_VIDEODRIVER"))
        return start(NULL, why);
    bool has_wayland = is_set("WAYLAND_DISPLAY"), has_x11 = is_set("DISPLAY");
    if (has_wayland && start("wayland", why))
        return true;
    if (has_x11 && start("x11", why))
        return true;
    // With a desktop running, its screen is not ours to take.
    return !has_wayland && !has_x11 && start_on_card(why);
}

bool
display_open(struct problem *why)
{
    spare_the_start();
    write_in_utf8();
    set_hints();
    int lent = is_set("DISPLAY") ? lend_table() : -1;
    bool is_open = start_where_it_can_be(why);
    take_table_back(lent);
    return is_open;
}

void
display_close(void)
{
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

bool
display_is_on_console(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver && SDL_strcasecmp(driver, "KMSDRM") == 0;
}

int
display_card(void)
{
    const char *index = SDL_GetHint(SDL_HINT_KMSDRM_DEVICE_INDEX);
    return display_is_on_console() && index ? SDL_atoi(index) : -1;
}

bool
display_is_awaited(void)
{
    return !is_set("SDL_VIDEODRIVER") && !is_set("WAYLAND_DISPLAY") &&
           !is_set("DISPLAY") && display_card_is_awaited();
}

uint64_t
display_mark(void)
{
    return display_card_mark();
}

bool
display_knows_screen(void)
{
    SDL_DisplayMode mode;
    int w, h, count = SDL_GetNumDisplayModes(0);
    bool is_known = false;
    if (!display_card_prefers(&w, &h))
        return false;
    for (int i = 0; i < count && !is_known; i++)
        is_known =
            SDL_GetDisplayMode(0, i, &mode) == 0 && mode.w == w && mode.h == h;
    return is_known;
}

bool
display_has_cable(void)
{
    return display_is_on_console() && display_card_has_cable();
}

bool
display_has_window_memory(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver && SDL_strcasecmp(driver, "KMSDRM") != 0 &&
           SDL_strcasecmp(driver, "wayland") != 0 &&
           !is_set(SDL_HINT_RENDER_DRIVER);
}

double
display_diagonal_in(void)
{
    double inches = 0;
    float dots = 0;
    SDL_DisplayMode mode;
    if (display_is_on_console())
        inches = display_card_diagonal_mm() / MM_AN_INCH;
    else if (SDL_GetDisplayDPI(0, &dots, NULL, NULL) == 0 && dots > 0 &&
             SDL_GetDesktopDisplayMode(0, &mode) == 0)
        inches = sqrt((double) mode.w * mode.w + (double) mode.h * mode.h) /
                 (double) dots;
    // Projectors, and screens that answer with their proportions.
    return inches >= 3 && inches <= 150 ? inches : 0;
}
