#include "sdl/photo_header.h"

#include <stdint.h>
#include <string.h>

// Chunks and segments of a file are walked, never more than these.
#define PIECES_MAX 4096

static uint32_t
big16(const unsigned char *b)
{
    return (uint32_t) b[0] << 8 | b[1];
}

static uint32_t
big32(const unsigned char *b)
{
    return big16(b) << 16 | big16(b + 2);
}

static uint32_t
little16(const unsigned char *b)
{
    return (uint32_t) b[1] << 8 | b[0];
}

static uint32_t
little24(const unsigned char *b)
{
    return (uint32_t) b[2] << 16 | little16(b);
}

static uint32_t
little32(const unsigned char *b)
{
    return little16(b + 2) << 16 | little16(b);
}

/* The orientation in a TIFF block (TIFF 6.0 §2, EXIF 2.3 §4.6.4); 1 when it
   has none that makes sense. */
static int
tiff_orientation(const unsigned char *b, size_t len)
{
    if (len < 14 || (memcmp(b, "II*\0", 4) != 0 && memcmp(b, "MM\0*", 4) != 0))
        return 1;
    bool is_big = b[0] == 'M';
    size_t at = is_big ? big32(b + 4) : little32(b + 4);
    if (at > len - 2)
        return 1;
    uint32_t entries = is_big ? big16(b + at) : little16(b + at);
    at += 2;
    for (; entries > 0 && len - at >= 12; entries--, at += 12) {
        uint32_t tag = is_big ? big16(b + at) : little16(b + at);
        uint32_t value = is_big ? big16(b + at + 8) : little16(b + at + 8);
        if (tag == 0x0112)
            return value >= 1 && value <= 8 ? (int) value : 1;
    }
    return 1;
}

static bool
is_frame_header(unsigned char marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 &&
           marker != 0xC8 && marker != 0xCC;
}

/* One JPEG segment, `len` bytes behind its length field. */
static void
read_segment(unsigned char marker, const unsigned char *b, size_t len,
             struct photo_info *info)
{
    if (is_frame_header(marker) && len >= 5 && info->w == 0) {
        info->h = (int) big16(b + 1);
        info->w = (int) big16(b + 3);
    }
    if (marker == 0xE1 && len > 6 && memcmp(b, "Exif\0\0", 6) == 0)
        info->orientation = tiff_orientation(b + 6, len - 6);
}

/* ITU T.81 annex B: markers up to the first scan, then data that contains no
   marker of its own but the end. */
static void
read_jpeg(const unsigned char *b, size_t len, struct photo_info *info)
{
    size_t at = 2;
    for (int i = 0; i < PIECES_MAX && len - at >= 4; i++) {
        if (b[at] != 0xFF)
            return;
        unsigned char marker = b[at + 1];
        if (marker == 0xFF) { // padding
            at++;
            continue;
        }
        size_t size = big16(b + at + 2);
        if (size < 2 || size > len - at - 2)
            return;
        read_segment(marker, b + at + 4, size - 2, info);
        at += 2 + size;
        if (marker == 0xDA) {
            info->is_whole = memmem(b + at, len - at, "\xFF\xD9", 2) != NULL;
            return;
        }
    }
}

/* PNG 3rd edition §5: IHDR comes first. */
static void
read_png(const unsigned char *b, size_t len, struct photo_info *info)
{
    if (len < 33 || big32(b + 8) != 13 || memcmp(b + 12, "IHDR", 4) != 0 ||
        big32(b + 16) > INT32_MAX || big32(b + 20) > INT32_MAX)
        return;
    info->w = (int) big32(b + 16);
    info->h = (int) big32(b + 20);
    size_t at = 33;
    for (int i = 0; i < PIECES_MAX && len - at >= 12; i++) {
        size_t size = big32(b + at);
        if (size > len - at - 12)
            return;
        if (memcmp(b + at + 4, "eXIf", 4) == 0)
            info->orientation = tiff_orientation(b + at + 8, size);
        if (memcmp(b + at + 4, "IEND", 4) == 0)
            info->is_whole = true;
        at += 12 + size;
    }
}

/* The three kinds of first chunk: RFC 6386 §9.1 (VP8), RFC 9649 §3 (VP8L),
   §2.7 (VP8X). */
static void
read_webp_size(const unsigned char *chunk, size_t len, struct photo_info *info)
{
    const unsigned char *b = chunk + 8;
    if (memcmp(chunk, "VP8 ", 4) == 0 && len >= 10 &&
        memcmp(b + 3, "\x9D\x01\x2A", 3) == 0) {
        info->w = (int) (little16(b + 6) & 0x3FFF);
        info->h = (int) (little16(b + 8) & 0x3FFF);
    } else if (memcmp(chunk, "VP8L", 4) == 0 && len >= 5 && b[0] == 0x2F) {
        uint32_t bits = little32(b + 1);
        info->w = (int) (bits & 0x3FFF) + 1;
        info->h = (int) (bits >> 14 & 0x3FFF) + 1;
    } else if (memcmp(chunk, "VP8X", 4) == 0 && len >= 10) {
        info->w = (int) little24(b + 4) + 1;
        info->h = (int) little24(b + 7) + 1;
    }
}

static void
read_webp(const unsigned char *b, size_t len, struct photo_info *info)
{
    if (len < 20)
        return;
    info->is_whole = (uint64_t) little32(b + 4) + 8 <= len;
    size_t at = 12;
    for (int i = 0; i < PIECES_MAX && len - at >= 8; i++) {
        size_t size = little32(b + at + 4);
        if (size > len - at - 8)
            size = len - at - 8;
        if (i == 0)
            read_webp_size(b + at, size, info);
        const unsigned char *data = b + at + 8;
        size_t skip = size > 6 && memcmp(data, "Exif\0\0", 6) == 0 ? 6 : 0;
        if (memcmp(b + at, "EXIF", 4) == 0)
            info->orientation = tiff_orientation(data + skip, size - skip);
        at += 8 + size;
        if (size % 2 && at < len)
            at++;
    }
}

bool
photo_info_read(const unsigned char *bytes, size_t len, struct photo_info *info)
{
    *info = (struct photo_info){.orientation = 1};
    if (len >= 4 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0) {
        info->kind = PHOTO_JPEG;
        read_jpeg(bytes, len, info);
    } else if (len >= 8 && memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) == 0) {
        info->kind = PHOTO_PNG;
        read_png(bytes, len, info);
    } else if (len >= 12 && memcmp(bytes, "RIFF", 4) == 0 &&
               memcmp(bytes + 8, "WEBP", 4) == 0) {
        info->kind = PHOTO_WEBP;
        read_webp(bytes, len, info);
    }
    return info->w > 0 && info->h > 0;
}
