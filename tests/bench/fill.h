/*
 * Books of any size, put straight into the tables: years of a neighbourhood in a minute. The rows are
 * as the program writes them, spread over cores, days and some two thousand persons, with event ids as
 * random as real ones; only the ledger's hashes are not a chain.
 */
#ifndef ROTONDE_TESTS_BENCH_FILL_H
#define ROTONDE_TESTS_BENCH_FILL_H

#include <stdint.h>

/*
 * Bring the database of an engine that is not running to `rows` rows of ledger entries, receipts with a
 * photo each, inbox, outbox, and a hundredth of that in ideas. The last of them is of then_ms.
 */
void fill(const char *path, int64_t rows, int64_t then_ms);

#endif
