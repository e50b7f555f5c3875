/*
 * Where files live: mxc:// addresses read strictly and turned into URLs (MATRIX.md 4.1, 4.3). The
 * media id knows letters, digits, - and _ only, so that no path can be built from it (CVE-2024-50336).
 */
#ifndef ROTONDE_MATRIX_MXC_H
#define ROTONDE_MATRIX_MXC_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/compiler.h"

/* "mxc://server/media-id" and nothing else. NULL is no address. */
bool mxc_is_valid(const char *mxc);

/* base ("https://host") with the authenticated download path; both parts percent-encoded. mxc is valid. */
char *mxc_url_format(struct arena *arena, const char *base, const char *mxc) MUST_CHECK;

/* The same on the path of servers from before authenticated media. */
char *mxc_old_url_format(struct arena *arena, const char *base, const char *mxc) MUST_CHECK;

#endif
