#ifndef HUB_HTML_H
#define HUB_HTML_H

#include "base/text.h"

/*
 * Writes HTML so that what people typed can never become part of the page's
 * own words. Markup must be a string literal: the compiler refuses anything
 * else; and everything that is not a literal is escaped. Pure.
 *
 *     html_add(t, "<ul>");
 *     html_format(t, "<li id=\"p%d\">%s</li>", n, postit->text);
 *
 * Escaped text may stand between tags and in attributes with quotes: html_
 * format stops the program at an attribute without them (class=%s). Scripts,
 * styles and addresses need more than escaping: there are none in pages, and
 * html_link is for addresses.
 */

#define html_add(t, markup) text_add_string((t), "" markup "")

/* Knows %s (escaped; NULL is ""), %d, %ld, %lld and %%. */
#define html_format(t, ...) html_format_(t, "" __VA_ARGS__)

/* & < > " ' escaped. */
void html_add_text(struct text *t, const char *anything);

/* ` name="anything"`, with the space before it. */
#define html_attribute(t, name, anything)                                      \
    html_attribute_((t), "" name "", (anything))

/* ` href="address"` for https, http and paths of ours; nothing for all other
   addresses (javascript:, //elsewhere). */
void html_link(struct text *t, const char *address);

void html_format_(struct text *t, const char *markup, ...)
    __attribute__((format(printf, 2, 3)));
void html_attribute_(struct text *t, const char *name, const char *anything);

#endif
