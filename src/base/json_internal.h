/*
 * What the reader of JSON tells its canonical writer through the nodes between them.
 */
#ifndef ROTONDE_BASE_JSON_INTERNAL_H
#define ROTONDE_BASE_JSON_INTERNAL_H

/*
 * Bits in a node's type, above those cJSON uses and copied by cJSON_Duplicate(): the node holds something
 * else than was written, so nobody can have signed it in this form.
 */
enum {
	JSON_NODE_MENDED = 1 << 16,    /* in its string or key an escaped NUL or half a surrogate pair became U+FFFD */
	JSON_NODE_NOT_WHOLE = 1 << 17, /* a number with a fraction or an exponent, or a negative zero */
};

#endif
