#include "hub/book_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/board.h"
#include "core/date.h"
#include "hub/accounts.h"
#include "hub/content_time.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"

#define SHORT_LETTERS 450
#define MEDIUM_LETTERS 1100
#define LINE_LETTERS 60 // a paragraph that is one word long takes a line too
#define TITLE_COUNTS 3  // its letters are larger

/* ---- terms -------------------------------------------------------------- */

enum season { SPRING, SUMMER, AUTUMN };

struct chapter {
    int year;
    enum season season;
};

static const char *const season_names[] = {
    [SPRING] = "Spring", [SUMMER] = "Summer", [AUTUMN] = "Autumn"};

/* Of a day within a term it is the month in which that began that counts: some
   spring terms last into April, and some autumn terms begin in August. */
static struct chapter
chapter_of(const struct board *b, int32_t day)
{
    struct local l = local_time(NULL, (int64_t) day * DAY_S);
    int first_of_autumn = 9;
    for (int i = 0; i < b->term_count; i++) {
        if (day < b->terms[i].from || day > b->terms[i].until)
            continue;
        l = local_time(NULL, (int64_t) b->terms[i].from * DAY_S);
        first_of_autumn = 8;
        break;
    }
    enum season season = l.month >= first_of_autumn ? AUTUMN
                         : l.month >= 4             ? SUMMER
                                                    : SPRING;
    return (struct chapter){l.year, season};
}

static int
compare_chapters(struct chapter one, struct chapter other)
{
    if (one.year != other.year)
        return one.year < other.year ? -1 : 1;
    return (int) one.season - (int) other.season;
}

/* ---- what is in it ------------------------------------------------------ */

struct entry {
    const struct item *item;
    int32_t day;
    struct chapter chapter;
};

struct book {
    struct hub *hub;
    const struct http_request *r;
    struct http_answer *a;
    const struct board *board;
    int32_t from, until; // DAY_NONE: as far as it goes
    const char *wrong;   // with them; NULL: nothing
    struct entry *entries;
    int count;
};

static int
newest_term_first(const void *one, const void *other)
{
    const struct entry *a = one, *b = other;
    int order = -compare_chapters(a->chapter, b->chapter);
    if (order)
        return order;
    if (a->item->published_s != b->item->published_s)
        return a->item->published_s < b->item->published_s ? -1 : 1;
    return a->item->order - b->item->order;
}

static bool
is_in_book(const struct book *book, const struct item *item, int32_t day)
{
    bool is_kind = item->kind == KIND_SCRAPBOOK || item->kind == KIND_IMPACT;
    return is_kind && (book->from == DAY_NONE || day >= book->from) &&
           (book->until == DAY_NONE || day <= book->until);
}

/* One of unknown date, which only other programs write, is of today. */
static int32_t
day_of(const struct book *book, const struct item *item)
{
    int64_t when_s = item->published_s == TIME_NONE ? book->hub->now.wall_s
                                                    : item->published_s;
    return local_time(book->board->zone, when_s).day;
}

static void
gather(struct book *book)
{
    const struct board *b = book->board;
    book->entries = arena_array(book->r->arena, (size_t) b->item_count + 1,
                                sizeof *book->entries);
    for (int i = 0; i < b->item_count; i++) {
        int32_t day = day_of(book, &b->items[i]);
        if (is_in_book(book, &b->items[i], day))
            book->entries[book->count++] =
                (struct entry){&b->items[i], day, chapter_of(b, day)};
    }
    if (book->count)
        qsort(book->entries, (size_t) book->count, sizeof *book->entries,
              newest_term_first);
}

/* ---- which days --------------------------------------------------------- */

static int32_t
take_day(struct book *book, const struct form *f, const char *name)
{
    const char *typed = form_value(f, name);
    int32_t day = day_parse(typed);
    if (*typed && day == DAY_NONE)
        book->wrong = "One of the dates is none. Write them as 2026-11-26.";
    return day;
}

static void
take_days(struct book *book)
{
    struct form f;
    struct problem why;
    const char *query = book->r->query;
    book->from = book->until = DAY_NONE;
    if (!form_read(&f, book->r->arena, query, strlen(query), &why))
        return; // an address that somebody mistyped
    book->from = take_day(book, &f, "from");
    book->until = take_day(book, &f, "until");
    if (book->from != DAY_NONE && book->until != DAY_NONE &&
        book->from > book->until)
        book->wrong = "The first day is after the last one.";
}

static void
add_day_field(struct book *book, const char *name, const char *label,
              int32_t day)
{
    pages_add_field(
        &book->a->body,
        &(struct pages_field){.name = name,
                              .label = label,
                              .value = content_day_value(book->r->arena, day),
                              .type = "date"});
}

/* On the screen only. */
static void
add_how(struct book *book)
{
    struct text *t = &book->a->body;
    html_add(t, "<section class=\"card how\">\n<h2>Print it</h2>\n"
                "<p>Choose \xE2\x80\x9CPrint\xE2\x80\x9D in your browser, on "
                "A4, and leave out its headers and footers: the pages have "
                "their own. To make a PDF, print to a file.</p>\n");
    if (!accounts_sees_names(book->hub))
        html_add(t, "<p>Names are left out until you have switched on codes, "
                    "under Your account.</p>\n");
    if (book->wrong)
        html_format(t, "<p class=\"said bad\" role=\"alert\">%s</p>\n",
                    book->wrong);
    html_add(t, "<form class=\"filter\" action=\"/scrapbook/book\">\n");
    add_day_field(book, "from", "From", book->from);
    add_day_field(book, "until", "Until", book->until);
    html_add(t, "<p class=\"buttons\"><button>Take these days</button>\n"
                "<a class=\"button\" href=\"/scrapbook\">Back to the scrapbook"
                "</a></p>\n</form>\n</section>\n");
}

/* ---- sheets ------------------------------------------------------------- */

static const char *
title_of(const struct book *book)
{
    return *book->board->title ? book->board->title : "Our partnership";
}

/* "September to November 2026" */
static const char *
months(const struct book *book)
{
    int32_t first = book->entries[0].day, last = first;
    for (int i = 1; i < book->count; i++) {
        int32_t day = book->entries[i].day;
        first = day < first ? day : first;
        last = day > last ? day : last;
    }
    struct local a = local_time(NULL, (int64_t) first * DAY_S);
    struct local b = local_time(NULL, (int64_t) last * DAY_S);
    const char *to =
        arena_format(book->r->arena, "%s %d", month_names[b.month - 1], b.year);
    if (a.year == b.year && a.month == b.month)
        return to;
    if (a.year == b.year)
        return arena_format(book->r->arena, "%s to %s",
                            month_names[a.month - 1], to);
    return arena_format(book->r->arena, "%s %d to %s", month_names[a.month - 1],
                        a.year, to);
}

/* As large as there is room for. */
static const char *
schools_size(int count)
{
    return count > 24 ? "crowd" : count > 10 ? "many" : "few";
}

static void
add_cover(const struct book *book)
{
    struct text *t = &book->a->body;
    const struct board *b = book->board;
    const char *title = title_of(book);
    bool is_wordy = utf8_count(title, strlen(title)) > 45;
    html_format(t,
                "<section class=\"sheet cover\">\n<div class=\"band\">\n"
                "<p class=\"kicker\">Scrapbook</p>\n"
                "<h2 class=\"%s\" dir=\"auto\">%s</h2>\n</div>\n"
                "<ul class=\"%s\">\n",
                is_wordy ? "wordy" : "brief", title,
                schools_size(b->school_count));
    for (int i = 0; i < b->school_count; i++)
        html_format(t, "<li dir=\"auto\">%s</li>\n", b->schools[i].name);
    html_format(t, "</ul>\n<p class=\"dates\">%s</p>\n</section>\n",
                months(book));
}

static const char *
term_name(const struct book *book, struct chapter chapter)
{
    return arena_format(book->r->arena, "%s term %d",
                        season_names[chapter.season], chapter.year);
}

static void
add_contents(const struct book *book)
{
    struct text *t = &book->a->body;
    html_add(t, "<section class=\"sheet contents\">\n"
                "<h2>What is in it</h2>\n");
    for (int i = 0; i < book->count; i++) {
        const struct entry *e = &book->entries[i];
        bool begins =
            i == 0 || compare_chapters(e->chapter, e[-1].chapter) != 0;
        if (begins)
            html_format(t, "<h3>%s</h3>\n<ol>\n", term_name(book, e->chapter));
        html_format(t,
                    "<li><a href=\"#page-%d\"><span dir=\"auto\">%s</span>"
                    "<span class=\"number\">%d</span></a></li>\n",
                    i + 1, e->item->title, i + 1);
        bool ends = i + 1 == book->count ||
                    compare_chapters(e->chapter, e[1].chapter) != 0;
        if (ends)
            html_add(t, "</ol>\n");
    }
    html_add(t, "</section>\n");
}

static const char *
size_of(const struct item *item)
{
    size_t letters =
        utf8_count(item->text, strlen(item->text)) +
        utf8_count(item->title, strlen(item->title)) * TITLE_COUNTS;
    for (const char *c = item->text; *c; c++)
        letters += *c == '\n' ? LINE_LETTERS / 2 : 0;
    return letters <= SHORT_LETTERS    ? "short"
           : letters <= MEDIUM_LETTERS ? "medium"
                                       : "long";
}

static void
add_words(const struct book *book, const char *words)
{
    while (*words) {
        size_t len = strcspn(words, "\n");
        if (len)
            html_format(&book->a->body, "<p dir=\"auto\">%s</p>\n",
                        arena_copy(book->r->arena, words, len));
        words += len + (words[len] == '\n');
    }
}

/* Danielle, Hillcrest Primary, 26 November 2026 */
static void
add_credit(const struct book *book, const struct entry *e)
{
    struct text *t = &book->a->body;
    const char *author = accounts_sees_names(book->hub) ? e->item->author : "";
    const char *school = board_school_name(book->board, e->item->school);
    struct local l = local_time(NULL, (int64_t) e->day * DAY_S);
    html_add(t, "<p class=\"by\">");
    if (*author)
        html_format(t, "<strong><bdi>%s</bdi></strong>, ", author);
    if (*school)
        html_format(t, "<bdi>%s</bdi>, ", school);
    html_format(t, "%d %s %d</p>\n", l.date, month_names[l.month - 1], l.year);
}

static void
add_entry(const struct book *book, int number)
{
    struct text *t = &book->a->body;
    const struct entry *e = &book->entries[number - 1];
    html_format(t, "<article class=\"sheet %s\" id=\"page-%d\">\n<div>\n",
                size_of(e->item), number);
    html_format(t, "<p class=\"kicker\">%s%s</p>\n",
                term_name(book, e->chapter),
                e->item->kind == KIND_IMPACT ? ": what changed" : "");
    html_format(t, "<h2 dir=\"auto\">%s</h2>\n<div class=\"words\">\n",
                e->item->title);
    add_words(book, e->item->text);
    html_add(t, "</div>\n");
    add_credit(book, e);
    html_format(t,
                "</div>\n<p class=\"foot\"><bdi>%s</bdi>"
                "<span class=\"number\">%d</span></p>\n</article>\n",
                title_of(book), number);
}

static void
add_book(const struct book *book)
{
    html_add(&book->a->body, "<div class=\"book\">\n");
    add_cover(book);
    add_contents(book);
    for (int i = 1; i <= book->count; i++)
        add_entry(book, i);
    html_add(&book->a->body, "</div>\n");
}

void
book_page_show(struct hub *hub, const struct http_request *r,
               const struct route_match *m, struct http_answer *a)
{
    struct pages_board published;
    struct problem why;
    struct book book = {.hub = hub, .r = r, .a = a};
    (void) m;
    if (!pages_board_open(hub, r->arena, &published, &why)) {
        routes_refuse(r, a, 503, "The board cannot be read",
                      arena_format(r->arena, "%s.", why.text));
        return;
    }
    book.board = published.board;
    take_days(&book);
    if (!book.wrong)
        gather(&book);
    page_begin(hub, r, a,
               &(struct page){.title = "The scrapbook as a book",
                              .here = "/scrapbook",
                              .style = "/web/book.css",
                              .status = book.wrong ? 422 : 0,
                              .has_error = book.wrong != NULL});
    add_how(&book);
    if (book.count)
        add_book(&book);
    else if (!book.wrong)
        html_add(&a->body, "<p>There is nothing in the scrapbook for these "
                           "days.</p>\n");
    page_end(hub, a);
    pages_board_close(&published);
}
