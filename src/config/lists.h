/*
 * Readers for the lists of the YAML: places, groups, persons, trust. Item i of the file becomes entry i
 * of the config, also when parts of it are wrong: check.h needs the two side by side.
 */
#ifndef ROTONDE_CONFIG_LISTS_H
#define ROTONDE_CONFIG_LISTS_H

#include "config/walk.h"

field_reader read_places;
field_reader read_groups;
field_reader read_persons;
field_reader read_trusts;

#endif
