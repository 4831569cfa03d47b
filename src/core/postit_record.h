#ifndef CORE_POSTIT_RECORD_H
#define CORE_POSTIT_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/board.h"

/*
 * A post-it as it leaves a kiosk in a file: what was written, and what became
 * of it. Plain data; strings are borrowed, valid UTF-8 and never NULL.
 */

enum postit_shared {
    POSTIT_SHARED_NO,   // nobody but this screen has it
    POSTIT_SHARED_SENT, // it has left this screen
    POSTIT_SHARED_YES,  // the other schools see it
};

struct postit_record {
    const char *id;
    const char *text;
    const char *author;  // "" for none
    const char *school;  // id; ""
    const char *answers; // id of a question or meeting; ""
    const char *answers_words; // what that says; NULL, "": not known here
    enum postit_sort sort;
    enum postit_colour colour;
    enum postit_shared shared;
    bool is_face_down;
    int thanks, trying;
    int64_t made_s;    // TIME_NONE: nobody knows, its clock was wrong
    int64_t expires_s; // exclusive; TIME_NONE likewise
};

/* As feeds write them: "idea" …, "yellow" … */
extern const char *const postit_record_sorts[SORT_DELIGHT + 1];
extern const char *const postit_record_colours[COLOUR_BLUE + 1];

/* Whether there is a moment that a date of four digits can name: the years
   1900 to 9999. */
bool postit_record_is_moment(int64_t wall_s);

#endif
