#include "hub/qr_svg.h"

#include "core/qr.h"

/* One path of all dark runs, so that no seams show between modules. */
static void
add_row(struct text *t, const struct qr *qr, int y)
{
    for (int x = 0; x < qr->side;) {
        int from = x;
        while (qr_is_dark(qr, x, y))
            x++;
        if (x > from)
            text_add_format(t, "M%d %dh%dv1h-%dz", from + QR_QUIET,
                            y + QR_QUIET, x - from, x - from);
        else
            x++;
    }
}

bool
qr_svg_add(struct text *t, const char *text)
{
    struct arena arena = {0};
    struct qr qr;
    bool is_made = qr_make(&qr, &arena, text);
    if (is_made) {
        int side = qr.side + 2 * QR_QUIET;
        text_add_format(t,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                        "viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
                        "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
                        "<path fill=\"#000\" d=\"",
                        side, side, side, side);
        for (int y = 0; y < qr.side; y++)
            add_row(t, &qr, y);
        text_add_string(t, "\"/></svg>\n");
    }
    arena_destroy(&arena);
    return is_made;
}
