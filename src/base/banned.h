/*
 * Calls that have cost other programs a night's sleep. Included by the Makefile before every
 * file of ours (-include), so that using one does not compile.
 *
 * What to use instead: arena_printf(), buf_add(), snprintf() for strings; text/zone.h for wall
 * clocks; parse_int64() of base/str.h for numbers; base/random.h for chance.
 */
#ifndef ROTONDE_BASE_BANNED_H
#define ROTONDE_BASE_BANNED_H

/* Their own headers first: these are function-like macros and must not touch the declarations. */
#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(name) sorry_##name##_is_banned_see_base_banned_h

#undef strcpy
#define strcpy(to, from) BANNED(strcpy)
#undef strcat
#define strcat(to, from) BANNED(strcat)
#undef strncpy
#define strncpy(to, from, n) BANNED(strncpy)
#undef strncat
#define strncat(to, from, n) BANNED(strncat)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)
#undef strtok
#define strtok(text, set) BANNED(strtok)
#undef asctime
#define asctime(t) BANNED(asctime)
#undef ctime
#define ctime(t) BANNED(ctime)
#undef localtime
#define localtime(t) BANNED(localtime)
#undef localtime_r
#define localtime_r(t, tm) BANNED(localtime_r)
#undef gmtime
#define gmtime(t) BANNED(gmtime)
#undef mktime
#define mktime(tm) BANNED(mktime)
#undef atoi
#define atoi(text) BANNED(atoi)
#undef atol
#define atol(text) BANNED(atol)
#undef atof
#define atof(text) BANNED(atof)
#undef rand
#define rand() BANNED(rand)
#undef srand
#define srand(seed) BANNED(srand)
#undef random
#define random() BANNED(random)
#undef tmpnam
#define tmpnam(s) BANNED(tmpnam)
#undef mktemp
#define mktemp(s) BANNED(mktemp)
#undef system
#define system(command) BANNED(system)
#undef popen
#define popen(command, mode) BANNED(popen)
#undef alloca
#define alloca(size) BANNED(alloca)

#endif
