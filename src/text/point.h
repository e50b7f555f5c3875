/*
 * One code point at a time, in and out of UTF-8. (ICU's macros for this do not compile without
 * conversion warnings.)
 */
#ifndef ROTONDE_TEXT_POINT_H
#define ROTONDE_TEXT_POINT_H

#include <stddef.h>
#include <stdint.h>

enum { POINT_BYTES_MAX = 4, POINT_REPLACEMENT = 0xfffd };

/* The code point at *at, which moves behind it; 0 at the end of the text. A broken byte is U+FFFD. */
int32_t point_next(const char *text, size_t *at);

/* The code point that ends before at; 0 at the start. */
int32_t point_before(const char *text, size_t at);

/* Write c, which must be a Unicode scalar value, without a NUL; returns the bytes written. */
size_t point_put(char *out, int32_t c);

#endif
