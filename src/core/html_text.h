#ifndef CORE_HTML_TEXT_H
#define CORE_HTML_TEXT_H

#include <stddef.h>

#include "base/text.h"

/*
 * What a person would read in a piece of HTML, for a feed's content_html.
 *
 * Not a parser: a reader that forgives. Scripts, styles, heads and frames are
 * dropped; blocks begin a new line; list items get a bullet; pictures give
 * their alternative text; character references are decoded; comments go, and
 * CDATA marks go while what they enclose stays. What is never closed ends at
 * the end. Time is linear in `len` whatever the input.
 */

/*
 * Adds the text of valid UTF-8 `html` to `out`: no blank runs, one newline
 * between blocks, none at the ends. Stops soon after `most_bytes` were added.
 */
void html_text(struct text *out, const char *html, size_t len,
               size_t most_bytes);

#endif
