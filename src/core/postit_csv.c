#include "core/postit_csv.h"

#include <string.h>

#include "core/date.h"

#define BOM "\xEF\xBB\xBF"
#define LINE_END "\r\n"

static const char headings[] =
    "id,written,sort,colour,words,name,school,answer to,thank yous,trying it,"
    "expires,face down,shared" LINE_END;

static const char *const shared_words[] = {
    [POSTIT_SHARED_NO] = "no",
    [POSTIT_SHARED_SENT] = "sent",
    [POSTIT_SHARED_YES] = "yes",
};

/* Every cell but the last of its row ends in a comma. */
static void
add_cell(struct text *out, const char *words)
{
    bool is_formula = *words && strchr("=+-@\t\r\n", *words);
    bool needs_quotes = strpbrk(words, "\",\r\n");
    if (needs_quotes)
        text_add_char(out, '"');
    if (is_formula)
        text_add_char(out, '\'');
    for (const char *c = words; *c; c++) {
        if (*c == '"')
            text_add_char(out, '"');
        text_add_char(out, *c);
    }
    text_add_string(out, needs_quotes ? "\"," : ",");
}

static void
add_time(struct text *out, const struct zone *zone, int64_t wall_s)
{
    if (postit_record_is_moment(wall_s)) {
        struct local l = local_time(zone, wall_s);
        text_add_format(out, "%04d-%02d-%02d %02d:%02d", l.year, l.month,
                        l.date, l.minute / 60, l.minute % 60);
    }
    text_add_char(out, ',');
}

static void
add_row(struct text *out, const struct zone *zone,
        const struct postit_record *p)
{
    add_cell(out, p->id);
    add_time(out, zone, p->made_s);
    add_cell(out, postit_record_sorts[p->sort]);
    add_cell(out, postit_record_colours[p->colour]);
    add_cell(out, p->text);
    add_cell(out, p->author);
    add_cell(out, p->school);
    bool has_words = p->answers_words && *p->answers_words;
    add_cell(out, has_words ? p->answers_words : p->answers);
    text_add_format(out, "%d,%d,", p->thanks, p->trying);
    add_time(out, zone, p->expires_s);
    add_cell(out, p->is_face_down ? "yes" : "no");
    text_add_string(out, shared_words[p->shared]);
    text_add_string(out, LINE_END);
}

void
postit_csv_write(struct text *out, const struct zone *zone,
                 const struct postit_record *postits, int count)
{
    text_add_string(out, BOM);
    text_add_string(out, headings);
    for (int i = 0; i < count; i++)
        add_row(out, zone, &postits[i]);
}
