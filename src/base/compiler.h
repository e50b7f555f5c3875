/*
 * The few compiler attributes the house uses, by the names STYLE gives them.
 */
#ifndef ROTONDE_BASE_COMPILER_H
#define ROTONDE_BASE_COMPILER_H

#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))
#define MUST_CHECK                 __attribute__((warn_unused_result))
#define CLEANUP(function)          __attribute__((cleanup(function)))

#define ARRAY_LEN(array) (sizeof(array) / sizeof *(array))

/* Hand an AUTO_ variable over to a new owner: yields its value and leaves NULL behind. */
#define TAKE(variable)                          \
	__extension__({                         \
		__typeof__(variable) taken_ = (variable); \
		(variable) = NULL;              \
		taken_;                         \
	})

#endif
