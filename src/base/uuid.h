#ifndef BASE_UUID_H
#define BASE_UUID_H

#include <stdbool.h>
#include <stddef.h>

/* UUIDs as this project writes them: 36 characters, small letters. */

#define UUID_BYTES 37 // with the NUL

/* A new one, version 4 (RFC 9562), from the kernel's random numbers. False when
   there are none to be had. */
bool uuid_new(char out[UUID_BYTES]);

/* Of any version; `s` need not end in a NUL. */
bool uuid_is(const char *s, size_t len);

#endif
