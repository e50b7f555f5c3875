/*
 * The parts of the program that words and decisions lean on, together: what the neighbourhood
 * decided, its words, its clock on the wall. They live as long as the process and never change.
 */
#ifndef ROTONDE_PEOPLE_HOUSE_H
#define ROTONDE_PEOPLE_HOUSE_H

struct catalogue;
struct config;
struct zone;

struct house {
	const struct config *config;
	const struct catalogue *catalogue;
	struct zone *zone; /* owns caches, hence not const */
};

#endif
