/*
 * The sections of the YAML, each read into its part of the config. What can be seen from one value
 * alone is checked here; what takes several is check.h.
 */
#ifndef ROTONDE_CONFIG_SECTIONS_H
#define ROTONDE_CONFIG_SECTIONS_H

#include "config/walk.h"

/* Fill walk->config from the root, beginning with the defaults; errors are in walk->errors. */
void sections_read(struct walk *walk, const struct node *root);

#endif
