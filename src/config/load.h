/*
 * The road from bytes to a config, for who has the bytes already.
 */
#ifndef ROTONDE_CONFIG_LOAD_H
#define ROTONDE_CONFIG_LOAD_H

#include "config/config.h"
#include "config/source.h"

/* Lives in the arena; NULL with errors. The files it names are read from `home`. */
struct config *config_from_source(struct arena *arena, const struct source *source, enum source_home home,
	enum config_use use, struct config_errors *errors) MUST_CHECK;

#endif
