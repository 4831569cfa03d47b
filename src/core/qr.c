#include "core/qr.h"

#include <qrencode.h>
#include <string.h>

bool
qr_make(struct arena *a, const char *text, struct qr *out)
{
    QRcode *code =
        QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M); // smallest that fits
    if (!code)
        return false;
    size_t count = (size_t) code->width * (size_t) code->width;
    unsigned char *bits = arena_alloc(a, count);
    for (size_t i = 0; i < count; i++)
        bits[i] = code->data[i] & 1; // the other bits are the library's own
    *out = (struct qr){.modules = code->width, .bits = bits};
    QRcode_free(code);
    return true;
}
