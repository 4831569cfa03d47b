#include "core/qr.h"

#include <qrencode.h>
#include <stdio.h>
#include <string.h>

#define ECI_UTF8 26 // AIM ITS/04-023

static bool
is_plain(const char *text)
{
    size_t len = strnlen(text, QR_TEXT_MOST + 1);
    for (size_t i = 0; i < len; i++)
        if (text[i] <= ' ' || text[i] > '~')
            return false;
    return len > 0 && len <= QR_TEXT_MOST;
}

/* Takes `made` over; NULL is none. */
static bool
take(struct qr *q, struct arena *a, QRcode *made)
{
    if (!made)
        return false;
    size_t count = (size_t) made->width * (size_t) made->width;
    unsigned char *dark = arena_alloc(a, count);
    for (size_t i = 0; i < count; i++)
        dark[i] = made->data[i] & 1; // the other bits say what it is for
    *q = (struct qr){.side = made->width, .dark = dark};
    QRcode_free(made);
    return true;
}

bool
qr_make(struct qr *q, struct arena *a, const char *text)
{
    *q = (struct qr){0};
    return is_plain(text) &&
           take(q, a, QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1));
}

/* Readers guess what bytes mean, and guess wrong; unless it is said. */
static QRcode *
encode_words(const char *text, size_t len)
{
    QRinput *input = QRinput_new2(0, QR_ECLEVEL_L);
    QRcode *made = NULL;
    if (input && QRinput_appendECIheader(input, ECI_UTF8) == 0 &&
        QRinput_append(input, QR_MODE_8, (int) len,
                       (const unsigned char *) text) == 0)
        made = QRcode_encodeInput(input);
    QRinput_free(input);
    return made;
}

bool
qr_make_words(struct qr *q, struct arena *a, const char *text)
{
    size_t len = strnlen(text, QR_WORDS_MOST + 1);
    *q = (struct qr){0};
    return len > 0 && len <= QR_WORDS_MOST &&
           take(q, a, encode_words(text, len));
}

bool
qr_is_dark(const struct qr *q, int x, int y)
{
    return x >= 0 && y >= 0 && x < q->side && y < q->side &&
           q->dark[y * q->side + x];
}

const struct qr *
qr_memo_of(struct qr_memo *m, const char *text)
{
    if (strcmp(m->text, text) != 0) {
        arena_reset(&m->arena);
        m->text[0] = '\0';
        if (qr_make(&m->qr, &m->arena, text))
            snprintf(m->text, sizeof m->text, "%s", text);
    }
    return *m->text ? &m->qr : NULL;
}

void
qr_memo_destroy(struct qr_memo *m)
{
    arena_destroy(&m->arena);
    *m = (struct qr_memo){0};
}
