/*
 * A file that keeps some disk for the worst moment: when the disk is full it is given up, so that the
 * database can still say so (DESIGN.md decision 17), and taken back once there is room again.
 */
#ifndef ROTONDE_ENGINE_BALLAST_H
#define ROTONDE_ENGINE_BALLAST_H

#include <stdbool.h>

/* Make sure the file is there. False when there is no room for it. */
bool ballast_take(const char *path);

/* Give the space back. False when there was none to give. */
bool ballast_give_up(const char *path);

#endif
