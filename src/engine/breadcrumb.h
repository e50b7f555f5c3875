/*
 * Which event is being handled, in a small memory-mapped file: no extra commit, and it survives a
 * crash of the process. An event that was under way in three crashes is stepped over (STYLE 11.2).
 */
#ifndef ROTONDE_ENGINE_BREADCRUMB_H
#define ROTONDE_ENGINE_BREADCRUMB_H

#include <stdbool.h>

struct breadcrumb;

/* Open or create the file; counts the crash that the last process left behind. NULL with errno when it cannot be had. */
struct breadcrumb *breadcrumb_open(const char *path);

/* NULL is fine. */
void breadcrumb_close(struct breadcrumb *crumb);

/* This event took the process down three times. */
bool breadcrumb_is_poison(const struct breadcrumb *crumb, const char *event);

/* From here to breadcrumb_leave() the event is under way. */
void breadcrumb_enter(struct breadcrumb *crumb, const char *event);
void breadcrumb_leave(struct breadcrumb *crumb);

#endif
