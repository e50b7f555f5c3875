/*
 * Recurrence rules (RFC 5545 section 3.3.10) as this house takes them: what neighbours mean when they
 * say "elke laatste vrijdag", and no more. Checked here, so that libical only ever sees rules that are
 * well formed and cheap to expand: nothing more often than once a day, no parts that make it search
 * centuries, no lists longer than their range.
 *
 * Taken: FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, COUNT or UNTIL, WKST; BYDAY from weekly on,
 * with positions from monthly on; BYMONTHDAY and BYSETPOS from monthly on; BYMONTH for yearly.
 */
#ifndef ROTONDE_AGENDA_RULE_H
#define ROTONDE_AGENDA_RULE_H

#include <stdbool.h>

#include "base/compiler.h"

/* text is a rule we take, without the "RRULE:" in front. */
bool rule_is_fine(const char *text) MUST_CHECK;

#endif
