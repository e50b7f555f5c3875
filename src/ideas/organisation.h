/*
 * The grant is for residents. When a church, a club or a community centre has an idea, its words often say so: then
 * it gets a friendly label, and a coordinator looks for another purse. Never a reason to refuse it.
 */
#ifndef ROTONDE_IDEAS_ORGANISATION_H
#define ROTONDE_IDEAS_ORGANISATION_H

#include <stdbool.h>

#include "base/compiler.h"

/* "Onze kerk wil ...", "namens de stichting", "our mosque"; not "bankje bij de kerk". folded as by unicode_fold(). */
bool organisation_speaks(const char *folded) MUST_CHECK;

#endif
