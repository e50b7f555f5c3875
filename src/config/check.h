/*
 * What takes several values, once all sections are read: defaults that lean on another section, and
 * everything that must be unique, known or present.
 */
#ifndef ROTONDE_CONFIG_CHECK_H
#define ROTONDE_CONFIG_CHECK_H

#include "config/walk.h"

void config_check(struct walk *walk, const struct node *root);

#endif
