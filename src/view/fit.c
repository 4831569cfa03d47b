#include "view/fit.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

#define ELLIPSIS "…"

/* What stands between two places where a line may break. */
struct piece {
    size_t at, len; // without white space at its end
    float width_em;
    float blank_em;   // of the white space behind it
    bool starts_line; // after a newline
};

struct fit_pieces {
    struct piece *list;
    int count;
    float widest_em;
};

static float
width_em(const struct ruler *r, enum font font, const char *text, size_t len)
{
    return len ? r->width_em(r->data, font, text, len) : 0;
}

static size_t
without_blank_end(const char *text, size_t len)
{
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\n' ||
                       text[len - 1] == '\t'))
        len--;
    return len;
}

static size_t
word_start(const char *text, size_t end)
{
    while (end > 0 && text[end - 1] != ' ' && text[end - 1] != '\n')
        end--;
    return end;
}

static bool
is_latin(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char) text[i] >= 0xCC)
            return false;
    return true;
}

/* The space behind a word of another script is that of the word's own face,
   which only a measurement between two words tells. */
static float
foreign_space_em(const struct ruler *r, struct arena *a, enum font font,
                 const char *word, size_t len, float em)
{
    const char *twice =
        arena_format(a, "%.*s %.*s", (int) len, word, (int) len, word);
    float space_em = width_em(r, font, twice, strlen(twice)) - 2 * em;
    return space_em > 0 ? space_em : 0;
}

static void
add_piece(struct fit_pieces *p, const struct ruler *r, struct arena *a,
          enum font font, const char *text, size_t from, size_t to,
          bool starts_line, float space_em)
{
    size_t len = without_blank_end(text + from, to - from);
    float em = width_em(r, font, text + from, len);
    if (to - from > len && !is_latin(text + from, len))
        space_em = foreign_space_em(r, a, font, text + from, len, em);
    p->list[p->count++] = (struct piece){
        .at = from,
        .len = len,
        .width_em = em,
        .blank_em = to - from > len ? space_em : 0,
        .starts_line = starts_line,
    };
    if (em > p->widest_em)
        p->widest_em = em;
}

static struct fit_pieces
measure(const struct ruler *r, struct arena *a, enum font font,
        const char *text, size_t len)
{
    struct fit_pieces p = {0};
    bool *may = arena_array(a, len + 1, sizeof *may);
    bool *must = arena_array(a, len + 1, sizeof *must);
    utf8_line_breaks(text, len, may, must);
    int most = 1;
    for (size_t i = 1; i < len; i++)
        most += may[i] || must[i];
    p.list = arena_array(a, (size_t) most, sizeof *p.list);

    float space_em = width_em(r, font, " ", 1);
    size_t from = 0;
    for (size_t i = 1; i <= len; i++)
        if (i == len || may[i] || must[i]) {
            add_piece(&p, r, a, font, text, from, i, must[from], space_em);
            from = i;
        }
    return p;
}

/* Letters of one too wide piece that fit `most_em`, at least one. */
static size_t
letters_that_fit(const struct ruler *r, enum font font, const char *text,
                 size_t len, float most_em)
{
    size_t end = utf8_grapheme_end(text, len, 0);
    while (end < len) {
        size_t next = utf8_grapheme_end(text, len, end);
        if (width_em(r, font, text, next) > most_em)
            break;
        end = next;
    }
    return end;
}

/* Cuts every piece that is wider than a line into ones that are not. */
static void
cut_wide_pieces(struct fit_pieces *p, const struct ruler *r, struct arena *a,
                enum font font, const char *text, float most_em)
{
    if (p->widest_em <= most_em)
        return;
    size_t room = 0;
    for (int i = 0; i < p->count; i++)
        room += p->list[i].width_em > most_em ? p->list[i].len + 1 : 1;
    struct fit_pieces cut = {.list = arena_array(a, room, sizeof *cut.list)};
    for (int i = 0; i < p->count; i++) {
        struct piece left = p->list[i];
        while (left.width_em > most_em && left.len > 1) {
            size_t len =
                letters_that_fit(r, font, text + left.at, left.len, most_em);
            if (len >= left.len)
                break;
            struct piece head = left;
            head.len = len;
            head.width_em = width_em(r, font, text + left.at, len);
            head.blank_em = 0;
            cut.list[cut.count++] = head;
            left.at += len;
            left.len -= len;
            left.width_em = width_em(r, font, text + left.at, left.len);
            left.starts_line = false;
        }
        cut.list[cut.count++] = left;
    }
    cut.widest_em = most_em;
    *p = cut;
}

/* Fills lines to most_em; counts them, and writes them where asked to. */
static int
fill_lines(const struct fit_pieces *p, float most_em, struct fit_line *lines,
           float size_px, int most_lines)
{
    int count = 0;
    for (int i = 0; i < p->count;) {
        float em = p->list[i].width_em;
        int last = i;
        while (last + 1 < p->count && !p->list[last + 1].starts_line) {
            float more =
                em + p->list[last].blank_em + p->list[last + 1].width_em;
            if (more > most_em + 0.001f)
                break;
            em = more;
            last++;
        }
        if (lines) {
            if (count == most_lines)
                return count;
            size_t end = p->list[last].at + p->list[last].len;
            lines[count] = (struct fit_line){p->list[i].at, end - p->list[i].at,
                                             (int) ceilf(em * size_px)};
        }
        count++;
        i = last + 1;
    }
    return count;
}

/* The narrowest measure that needs no more lines than most_em does. */
static float
balanced_em(const struct fit_pieces *p, float most_em)
{
    int count = fill_lines(p, most_em, NULL, 0, 0);
    float low = p->widest_em, high = most_em;
    for (int i = 0; i < 12 && high - low > 0.05f; i++) {
        float middle = (low + high) / 2;
        if (fill_lines(p, middle, NULL, 0, 0) > count)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static bool
fits(const struct fit_pieces *p, const struct fit_box *box, int size_px)
{
    float most_em = (float) box->w / (float) size_px;
    if (p->widest_em > most_em)
        return false;
    int lines = fill_lines(p, most_em, NULL, 0, 0);
    return (float) lines * box->line_height * (float) size_px <=
           (float) box->h + 0.5f;
}

static int
largest_px(const struct fit_pieces *p, const struct fit_box *box)
{
    int low = box->min_px, high = box->max_px;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (fits(p, box, middle))
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

const struct fit_pieces *
fit_measure(const struct ruler *ruler, struct arena *arena, enum font font,
            const char *text, size_t len)
{
    struct fit_pieces *p = arena_alloc(arena, sizeof *p);
    *p = measure(ruler, arena, font, text, len);
    return p;
}

bool
fit_would_hold(const struct fit_pieces *p, const struct fit_box *box)
{
    float most_em = (float) box->w / (float) box->min_px;
    int lines = fill_lines(p, most_em, NULL, 0, 0);
    // What is wider than a line goes on over the next ones, not quite filling
    // the first.
    for (int i = 0; i < p->count && p->widest_em > most_em; i++)
        if (p->list[i].width_em > most_em)
            lines += 1 + (int) (p->list[i].width_em / (most_em * 0.9f));
    return (float) lines * box->line_height * (float) box->min_px <=
           (float) box->h + 0.5f;
}

int
fit_height(const struct fit *f)
{
    return f->line_count * f->line_px;
}

/* Words of another script have other spaces between them than the face the
   line was filled with. */
static void
measure_again(const struct ruler *r, const char *text, const struct fit *f,
              struct fit_line *line)
{
    if (!is_latin(text + line->at, line->len))
        line->width_px =
            (int) ceilf(width_em(r, f->font, text + line->at, line->len) *
                        (float) f->size_px);
}

struct fit
fit_text(const struct ruler *ruler, struct arena *arena, const char *text,
         size_t len, const struct fit_box *box)
{
    struct fit_pieces p = measure(ruler, arena, box->font, text, len);
    int size_px = largest_px(&p, box);
    float most_em = (float) (box->w > 1 ? box->w : 1) / (float) size_px;
    cut_wide_pieces(&p, ruler, arena, box->font, text, most_em);

    struct fit f = {.font = box->font, .size_px = size_px};
    f.line_px = (int) lroundf(box->line_height * (float) size_px);
    int all = fill_lines(&p, most_em, NULL, 0, 0);
    int room =
        (int) (((float) box->h + 0.5f) / (box->line_height * (float) size_px));
    f.is_whole = all <= room;
    if (room < 1) // too little for one line: better one too many than none
        room = 1;
    if (f.is_whole) // what is cut off anyway uses all the width it has
        most_em = balanced_em(&p, most_em);
    f.line_count = all < room ? all : room;
    f.lines = arena_array(arena, (size_t) f.line_count, sizeof *f.lines);
    fill_lines(&p, most_em, f.lines, (float) size_px, f.line_count);
    for (int i = 0; i < f.line_count; i++) {
        measure_again(ruler, text, &f, &f.lines[i]);
        if (f.lines[i].width_px > f.width_px)
            f.width_px = f.lines[i].width_px;
    }
    return f;
}

struct fit
fit_one_line(const struct ruler *ruler, struct arena *arena, const char *text,
             int size_px, enum font font, int most_w, const char **shown)
{
    size_t len = strlen(text);
    float most_em = (float) most_w / (float) size_px;
    float em = width_em(ruler, font, text, len);
    if (em > most_em) {
        float room_em =
            most_em - width_em(ruler, font, ELLIPSIS, sizeof ELLIPSIS - 1);
        size_t end =
            len ? letters_that_fit(ruler, font, text, len, room_em) : 0;
        // At a word's end, where that does not cost much.
        size_t word =
            end < len && text[end] != ' ' ? word_start(text, end) : end;
        if (word > end * 2 / 3)
            end = word;
        end = without_blank_end(text, end);
        text = arena_format(arena, "%.*s" ELLIPSIS, (int) end, text);
        len = strlen(text);
        em = width_em(ruler, font, text, len);
    }
    *shown = text;
    struct fit f = {.font = font, .size_px = size_px, .line_count = len > 0};
    f.line_px = (int) lroundf(1.2f * (float) size_px);
    f.width_px = (int) ceilf(em * (float) size_px);
    f.lines = arena_array(arena, 1, sizeof *f.lines);
    f.lines[0] = (struct fit_line){0, len, f.width_px};
    f.is_whole = true;
    return f;
}

const char *
fit_shortened(const struct ruler *ruler, struct arena *arena, const char *text,
              const struct fit_box *box, bool *is_cut)
{
    struct fit f = fit_text(ruler, arena, text, strlen(text), box);
    if (f.is_whole || f.line_count == 0)
        return text;
    *is_cut = true;
    const struct fit_line *last = &f.lines[f.line_count - 1];
    size_t end = last->at + last->len;
    // The dots want room as well: words go until all of it fits.
    while (end > 0) {
        size_t kept = without_blank_end(text, end);
        const char *shown =
            arena_format(arena, "%.*s" ELLIPSIS, (int) kept, text);
        if (fit_text(ruler, arena, shown, strlen(shown), box).is_whole)
            return shown;
        end = word_start(text, kept);
        if (end == 0) // one word fills the box: it loses letters instead
            end = utf8_cut(text, kept, utf8_count(text, kept) - 1);
    }
    return "";
}

int
fit_width_px(const struct ruler *ruler, enum font font, const char *text,
             int px, int most_w)
{
    float em = width_em(ruler, font, text, strlen(text));
    return em * (float) px > (float) most_w ? (int) ((float) most_w / em) : px;
}

/* --- pages --- */

/* Behind this byte a sentence has ended: . ? ! … and what closes it. */
static size_t
sentence_end(const char *text, size_t len, size_t from)
{
    bool has_stop = false;
    for (size_t at = from; at < len;) {
        uint32_t c = utf8_next(text, len, &at);
        bool is_stop = c == '.' || c == '?' || c == '!' || c == 0x2026 ||
                       c == 0x3002 || c == 0x061F;
        bool closes = c == '"' || c == '\'' || c == ')' || c == 0x201D ||
                      c == 0x2019 || c == 0xBB;
        if (c == '\n' || (has_stop && c == ' '))
            return at;
        has_stop = is_stop || (has_stop && closes);
    }
    return len;
}

/* How far a page that starts here can go at min_px. */
static size_t
page_end(const struct ruler *ruler, struct arena *arena, const char *text,
         size_t len, size_t from, const struct fit_box *smallest)
{
    size_t good = from;
    while (good < len) {
        size_t end = sentence_end(text, len, good);
        struct fit f =
            fit_text(ruler, arena, text + from, end - from, smallest);
        if (f.is_whole) {
            good = end;
            continue;
        }
        if (good > from || f.line_count == 0)
            break;
        // One sentence that is longer than a page: between lines, then.
        struct fit_line *last = &f.lines[f.line_count - 1];
        return from + last->at + last->len;
    }
    return good > from ? good : len;
}

int
fit_pages(const struct ruler *ruler, struct arena *arena, const char *text,
          size_t len, const struct fit_box *box,
          struct fit_page pages[FIT_PAGES_MAX], bool *all_fit)
{
    struct fit_box smallest = *box;
    smallest.max_px = smallest.min_px;
    int count = 0;
    size_t at = 0;
    do {
        size_t end = page_end(ruler, arena, text, len, at, &smallest);
        pages[count++] =
            (struct fit_page){at, without_blank_end(text + at, end - at)};
        at = end;
        while (at < len && (text[at] == ' ' || text[at] == '\n'))
            at++;
    } while (at < len && count < FIT_PAGES_MAX);
    *all_fit = at >= len;
    return count;
}

int
fit_common_px(const struct ruler *ruler, struct arena *arena, const char *text,
              const struct fit_page *pages, int count,
              const struct fit_box *box)
{
    int common = box->max_px > box->min_px ? box->max_px : box->min_px;
    for (int i = 0; i < count; i++) {
        struct fit_pieces p =
            measure(ruler, arena, box->font, text + pages[i].at, pages[i].len);
        int px = largest_px(&p, box);
        if (px < common)
            common = px;
    }
    return common;
}
