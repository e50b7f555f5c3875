/*
 * Which network addresses lie outside the public internet.
 */
#ifndef ROTONDE_MATRIX_ADDRESS_H
#define ROTONDE_MATRIX_ADDRESS_H

#include <stdbool.h>

struct sockaddr;

/*
 * The address is of this machine, a home or company network, a link, multicast or otherwise not public
 * (IANA special-purpose registries), also where it is wrapped in IPv6. What is neither IPv4 nor IPv6 counts as private.
 */
bool address_is_private(const struct sockaddr *address);

#endif
