#include "matrix/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "unit/cmocka_all.h"

static bool private_v4(const char *text)
{
	struct sockaddr_in address = { .sin_family = AF_INET };

	assert_int_equal(inet_pton(AF_INET, text, &address.sin_addr), 1);
	return address_is_private((const struct sockaddr *)&address);
}

static bool private_v6(const char *text)
{
	struct sockaddr_in6 address = { .sin6_family = AF_INET6 };

	assert_int_equal(inet_pton(AF_INET6, text, &address.sin6_addr), 1);
	return address_is_private((const struct sockaddr *)&address);
}

static void address_is_private__knows__ipv4(void **state)
{
	static const char *const closed[] = {
		"0.0.0.0", "10.1.2.3", "100.127.255.255", "127.0.0.1", "169.254.169.254", "172.31.0.1",
		"192.168.1.1", "224.0.0.1", "255.255.255.255",
	};
	static const char *const open[] = {
		"1.1.1.1", "11.0.0.0", "100.128.0.0", "172.32.0.1", "192.167.0.1", "223.255.255.255",
	};

	(void)state;
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		assert_true(private_v4(closed[i]));
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		assert_false(private_v4(open[i]));
}

static void address_is_private__knows__ipv6_and_what_it_wraps(void **state)
{
	static const char *const closed[] = {
		"::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1",
		"64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1",
	};
	static const char *const open[] = { "2a00:1450::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::" };

	(void)state;
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		assert_true(private_v6(closed[i]));
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		assert_false(private_v6(open[i]));
	assert_true(address_is_private(&(struct sockaddr){ .sa_family = AF_UNIX }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(address_is_private__knows__ipv4),
		cmocka_unit_test(address_is_private__knows__ipv6_and_what_it_wraps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
