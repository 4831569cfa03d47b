// links: src/core/html_text.c src/core/character_reference.c src/base/text.c src/base/memory.c src/base/utf8.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "core/html_text.h"

struct row {
    const char *html, *text;
};

static void
check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct text out = {0};
        html_text(&out, rows[i].html, strlen(rows[i].html), 10000);
        if (strcmp(text_string(&out), rows[i].text) != 0)
            fail_msg("%s\n  gives \"%s\"\n  not   \"%s\"", rows[i].html,
                     text_string(&out), rows[i].text);
        text_destroy(&out);
    }
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof *(rows))

static void
blocks_break_and_inline_does_not(void **state)
{
    static const struct row rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"<p>One</p><p>Two</p>", "One\nTwo"},
        {"<p>One<p>Two", "One\nTwo"},
        {"<p> One \n two\t three </p>\n\n<p></p><div><div>Four</div></div>\n",
         "One two three\nFour"},
        {"a<br>b<br/>c<BR />d", "a\nb\nc\nd"},
        {"some <b>bold</b> and <i>it</i>alic", "some bold and italic"},
        {"<h2>Head</h2>Body", "Head\nBody"},
        {"<table><tr><td>Mon</td><td>12:20</td></tr><tr><td>Tue</td></tr>"
         "</table>",
         "Mon 12:20\nTue"},
        {"<blockquote>Quote</blockquote>after", "Quote\nafter"},
        {"<pre>one\n  two\nthree</pre>four\nfive",
         "one\ntwo\nthree\nfour five"},
        {"<x-unknown>kept</x-unknown>", "kept"},
        {"<header>Head</header>er", "Head\ner"},
    };
    (void) state;
    CHECK_ROWS(rows);
}

static void
lists_have_bullets(void **state)
{
    static const struct row rows[] = {
        {"Bring:<ul><li>pens</li><li>paper</li></ul>Thanks",
         "Bring:\n• pens\n• paper\nThanks"},
        {"<ul><li>pens<li>paper</ul>", "• pens\n• paper"},
        {"<ul>\n <li><p>pens</p></li>\n <li></li>\n</ul>", "• pens"},
        {"<ol><li>one<ul><li>inner</li></ul></li></ol>", "• one\n• inner"},
    };
    (void) state;
    CHECK_ROWS(rows);
}

static void
what_is_not_for_reading_is_dropped(void **state)
{
    static const struct row rows[] = {
        {"a<script>if (a < b) alert('<p>')</script>b", "ab"},
        {"a<SCRIPT src='x>y'>x</sCript >b", "ab"},
        {"a<script>never closed <p>b</p>", "a"},
        {"a<style>p{}</style>b<style", "ab"},
        {"<head><title>T</title><meta x></head><body>Body</body>", "Body"},
        {"<head><title>T</title><body>Body", "Body"}, // head never closed
        {"a<iframe src=x><p>frame</p></iframe>b", "ab"},
        {"a<svg><text>drawn</text></svg>b", "ab"},
        {"a<noscript><img alt=again></noscript>b", "ab"},
        {"a<video>no video</video>b", "ab"},
        {"a</script>b", "ab"},
        {"<scripture>kept</scripture>", "kept"},
        {"a<script>x</scripts>y</script>b", "ab"},
    };
    (void) state;
    CHECK_ROWS(rows);
}

static void
pictures_say_what_they_are(void **state)
{
    static const struct row rows[] = {
        {"See <img src=\"a.jpg\" alt=\"a &quot;fox&quot; > here\"/> now",
         "See a \"fox\" > here now"},
        {"<img ALT='one' src=x>", "one"},
        {"<img alt=word/>", "word/"}, // HTML: the slash is the value's
        {"<img alt>", ""},
        {"<img alt=>x", "x"},
        {"<img alt=\"\" title=\"no\">x", "x"},
        {"<img data-alt=\"no\" alt=\"yes\">", "yes"},
        {"<img src=\"a alt=b\" alt = \"c\">", "c"},
        {"<img", ""},
        {"<img alt='never closed>text", "never closedtext"},
    };
    (void) state;
    CHECK_ROWS(rows);
}

static void
references_are_decoded_once(void **state)
{
    static const struct row rows[] = {
        {"Fish &amp; chips", "Fish & chips"},
        {"&amp;lt;b&amp;gt;", "&lt;b&gt;"},
        {"&lt;b&gt;not a tag&lt;/b&gt;", "<b>not a tag</b>"},
        {"&#8217;&#x2019;&#X2019;", "’’’"},
        {"&rsquo;&hellip;&eacute;&euro;&nbsp;&thetasym;", "’…é€\u00A0ϑ"},
        {"&#146;", "’"}, // Windows-1252, as browsers read it
        {"&#0;&#xD800;&#x110000;&#9999999999;", "����"},
        {"AT&T R&D; &; &# &#; &#x; &unknown; & &amp", "AT&T R&D; &; &# &#; "
                                                      "&#x; &unknown; & &amp"},
        {"&#99999999999999999999;", "&#99999999999999999999;"},
    };
    (void) state;
    CHECK_ROWS(rows);
}

static void
broken_markup_is_forgiven(void **state)
{
    static const struct row rows[] = {
        {"3 < 4 <= 5 <> <3", "3 < 4 <= 5 <> <3"},
        {"a<!-- comment -- > <p> -->b", "ab"},
        {"a<!---->b<!-->c", "abc"},
        {"a<!-- never closed", "a"},
        {"<!DOCTYPE html>a<?php x ?>b", "ab"},
        {"a<![CDATA[<b>bold</b> 1 ] ]] ]]>b", "abold 1 ] ]] b"},
        {"a<![CDATA[never closed", "anever closed"},
        {"a]]>b", "a]]>b"},
        {"a<b", "a"},
        {"a<b title=\"x>y\">c", "ac"},
        {"a<b title='it's'>c", "ac"},
        {"a<a href=\"x>never closed</a> b", "anever closed b"},
        {"a</>b</ >c", "a</>b</ >c"},
        {"<", "<"},
        {"</", "</"},
        {"<!", ""},
        {"é<p>ŵ</p>", "é\nŵ"},
    };
    (void) state;
    CHECK_ROWS(rows);
}

static void
a_nul_byte_ends_no_name(void **state)
{
    static const char html[] = "<p\0\0\0\0\0\0>a</script\0>b";
    (void) state;
    struct text out = {0};
    html_text(&out, html, sizeof html - 1, 100);
    assert_string_equal(text_string(&out), "ab");
    text_destroy(&out);
}

static void
it_stops_when_it_has_enough(void **state)
{
    (void) state;
    struct text html = {0}, out = {0};
    for (int i = 0; i < 10000; i++)
        text_add_string(&html, "<p>Words</p>");
    text_add_string(&out, "before: ");
    html_text(&out, html.bytes, html.len, 100);
    assert_true(out.len > 100 && out.len < 120);
    assert_memory_equal(out.bytes, "before: Words\nWords", 19);
    text_destroy(&html);
    text_destroy(&out);
}

/* Pieces that would make a careless reader look to the end each time. */
static void
time_is_linear(void **state)
{
    static const char *const pieces[] = {
        "<",       "<a",        "<a ",      "<a b=\"",  "<a b='",
        "<!--",    "<!",        "<svg>",    "<head>",   "<script",
        "<svg></", "<![CDATA[", "&#",       "&amp",     "<b>",
        "]]>",     "<a b='<!-", "</script", "<img alt", "<noscript><",
    };
    (void) state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct text html = {0}, out = {0};
        while (html.len < 1000000)
            text_add_string(&html, pieces[i]);
        clock_t start = clock();
        html_text(&out, html.bytes, html.len, SIZE_MAX);
        double seconds = (double) (clock() - start) / CLOCKS_PER_SEC;
        // Milliseconds here; minutes where the time grows with the square.
        if (seconds > 3)
            fail_msg("%s took %.1f s", pieces[i], seconds);
        text_destroy(&html);
        text_destroy(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_break_and_inline_does_not),
        cmocka_unit_test(lists_have_bullets),
        cmocka_unit_test(what_is_not_for_reading_is_dropped),
        cmocka_unit_test(pictures_say_what_they_are),
        cmocka_unit_test(references_are_decoded_once),
        cmocka_unit_test(broken_markup_is_forgiven),
        cmocka_unit_test(a_nul_byte_ends_no_name),
        cmocka_unit_test(it_stops_when_it_has_enough),
        cmocka_unit_test(time_is_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
