/*
 * What opening the transport and the calls around the account share.
 */
#ifndef ROTONDE_MATRIX_ACCOUNT_H
#define ROTONDE_MATRIX_ACCOUNT_H

#include "matrix/matrix.h"

struct http;
struct session;

/* session_load(), its verdict in words of matrix.h. */
enum matrix_verdict matrix_session_load(const char *path, struct session *ret_session) MUST_CHECK;

struct http *matrix_http_open(const struct matrix_options *options) MUST_CHECK;

#endif
