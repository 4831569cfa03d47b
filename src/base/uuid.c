#include "base/uuid.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

bool
uuid_new(char out[UUID_BYTES])
{
    unsigned char b[16];
    if (getrandom(b, sizeof b, 0) != (ssize_t) sizeof b)
        return false;
    b[6] = (unsigned char) ((b[6] & 0x0f) | 0x40); // version 4
    b[8] = (unsigned char) ((b[8] & 0x3f) | 0x80); // RFC 9562's variant
    snprintf(out, UUID_BYTES,
             "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
             "%02x%02x%02x%02x%02x%02x",
             b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10],
             b[11], b[12], b[13], b[14], b[15]);
    return true;
}

bool
uuid_is(const char *s, size_t len)
{
    if (len != UUID_BYTES - 1)
        return false;
    for (size_t i = 0; i < len; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (s[i] == '\0' || !strchr(is_dash ? "-" : "0123456789abcdef", s[i]))
            return false;
    }
    return true;
}
