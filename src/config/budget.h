/*
 * The two CSV files: who there is (cores and their areas) and what there is to spend (lines).
 */
#ifndef ROTONDE_CONFIG_BUDGET_H
#define ROTONDE_CONFIG_BUDGET_H

#include <stdbool.h>

#include "base/arena.h"
#include "config/config.h"
#include "config/source.h"

#define CORES_HEADER "slug;naam;gebied"
#define LINES_HEADER "eigenaar;potje;bedrag;soort"

/* True when every row is good; else errors, and the good rows only. */
bool cores_read(struct arena *arena, const struct source *source, struct config_budget *budget,
	struct config_errors *errors);

/*
 * Read the lines; the cores stand in *budget already. `cores_complete`: an owner that is missing there is
 * an error. True when every row is good.
 */
bool lines_read(struct arena *arena, const struct source *source, bool cores_complete, struct config_budget *budget,
	struct config_errors *errors);

/* The lines add up to the grant, and handling costs stay under their cap. `grant` is where the grant stands. */
void budget_check(const struct config_budget *budget, const char *lines_file, struct config_mark grant,
	struct arena *arena, struct config_errors *errors);

/* All lines of a kind together. */
struct cents lines_sum(const struct config_budget *budget, enum line_kind kind);

#endif
