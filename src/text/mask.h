/*
 * Contact details in what people write, hidden before a text leaves its own group (DESIGN.md
 * decision 19): phone numbers, IBANs and e-mail addresses become "•••".
 *
 * Phone numbers are Dutch ones with ten digits (06-12345678, 020 123 45 67), Dutch mobile numbers as
 * WhatsApp writes them (31612345678), and anything international with + or 00. IBANs need not have a
 * right checksum: a mistyped one is as private. Amounts, dates and short numbers stay. When in
 * doubt more is hidden, never less.
 */
#ifndef ROTONDE_TEXT_MASK_H
#define ROTONDE_TEXT_MASK_H

#include "base/arena.h"
#include "base/compiler.h"

/* A new text in the arena. */
char *mask_contacts(struct arena *arena, const char *text) MUST_CHECK;

#endif
