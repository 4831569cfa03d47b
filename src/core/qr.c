#include "core/qr.h"

#include <qrencode.h>
#include <stdio.h>
#include <string.h>

static bool
is_plain(const char *text)
{
    size_t len = strnlen(text, QR_TEXT_MOST + 1);
    for (size_t i = 0; i < len; i++)
        if (text[i] <= ' ' || text[i] > '~')
            return false;
    return len > 0 && len <= QR_TEXT_MOST;
}

bool
qr_make(struct qr *q, struct arena *a, const char *text)
{
    *q = (struct qr){0};
    QRcode *made = is_plain(text) ? QRcode_encodeString(text, 0, QR_ECLEVEL_M,
                                                        QR_MODE_8, 1)
                                  : NULL;
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
