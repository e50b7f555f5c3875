/*
 * Reader for `year:`, what comes back every year. Its checks are here too: they take no other section.
 */
#ifndef ROTONDE_CONFIG_YEAR_H
#define ROTONDE_CONFIG_YEAR_H

#include "config/walk.h"

field_reader read_year;

#endif
