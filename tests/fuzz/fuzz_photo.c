// links: src/sdl/photo_header.c
/* The header of a picture from anywhere, before any decoder may see it. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "sdl/photo_header.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct photo_info info = {0};
    if (photo_info_read(data, size, &info) &&
        (info.w < 1 || info.h < 1 || info.orientation < 1 ||
         info.orientation > 8))
        abort();
    return 0;
}
