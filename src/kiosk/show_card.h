#ifndef KIOSK_SHOW_CARD_H
#define KIOSK_SHOW_CARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/net_report.h"
#include "core/pin.h"
#include "core/qr.h"
#include "view/touch.h"

/*
 * The network card over the show: a press of three seconds in the top left
 * corner or F1 opens it, after the PIN where the settings name one. It works
 * where nothing else may be touched, keeps asking for the facts while it is
 * open, and shuts two minutes after the last touch. Part of struct show; UI
 * thread.
 */

/* Zero is valid: shut. */
struct show_card {
    enum {
        SHOW_CARD_SHUT,
        SHOW_CARD_PIN,
        SHOW_CARD_FACTS,
    } state;
    bool is_pressed; // a finger rests in the corner
    int64_t finger, press_ms;
    struct touch_tracker touch; // while it is open
    int64_t used_ms;

    struct pin pin;
    bool was_wrong; // the last try

    struct net_facts *facts; // owned; NULL: on their way
    bool wants_facts;
    int64_t asked_ms;
    struct arena arena; // of these two
    struct net_report report;
    struct qr qr;
    int page, page_count;
};

#endif
