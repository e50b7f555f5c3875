#include "matrix/wire_text.h"

#include <string.h>

#include "unit/cmocka_all.h"

static void wire_text_clean__removes__what_hides(void **state)
{
	AUTO_ARENA arena = arena_create(65536);

	(void)state;
	assert_string_equal(wire_text_clean(arena, "a\r\nb\tc\x01" "d\x7f", 100), "a\nb cd");
	/* Direction mark, override, isolate, byte order mark, C1 control; line separator. */
	assert_string_equal(wire_text_clean(arena, "\xe2\x80\x8e!\xe2\x80\xae" "bon\xe2\x81\xa6\xef\xbb\xbf\xc2\x9b\xe2\x80\xa8" "12", 100), "!bon\n12");
	/* Letters of all kinds, zero-width joiners and emoji stay. */
	assert_string_equal(wire_text_clean(arena, "\xc3\xab\xd8\xb9\xe2\x80\x8d\xf0\x9f\x91\x8d", 100), "\xc3\xab\xd8\xb9\xe2\x80\x8d\xf0\x9f\x91\x8d");
}

static void wire_text_clean__cuts__between_characters(void **state)
{
	AUTO_ARENA arena = arena_create(65536);

	(void)state;
	assert_string_equal(wire_text_clean(arena, "ab\xc3\xab", 3), "ab");
	assert_string_equal(wire_text_clean(arena, "ab\xc3\xab", 4), "ab\xc3\xab");
	assert_string_equal(wire_text_clean(arena, "", 4), "");
}

static void wire_file_name_clean__keeps__the_last_part(void **state)
{
	AUTO_ARENA arena = arena_create(65536);

	(void)state;
	assert_string_equal(wire_file_name_clean(arena, "../../etc/passwd", "file"), "passwd");
	assert_string_equal(wire_file_name_clean(arena, "C:\\x\\bon 1.jpg", "file"), "bon 1.jpg");
	assert_string_equal(wire_file_name_clean(arena, "a/..", "file"), "file");
	assert_string_equal(wire_file_name_clean(arena, ".hidden\n.jpg", "file"), "hidden .jpg");
}

static void wire_skip_reply_fallback__takes__quoted_lines_only_in_front(void **state)
{
	(void)state;
	assert_string_equal(wire_skip_reply_fallback("> <@a:b> x\n> y\n\nja\n> nee"), "ja\n> nee");
	assert_string_equal(wire_skip_reply_fallback("ja"), "ja");
	assert_string_equal(wire_skip_reply_fallback(">ja"), ">ja");
	assert_string_equal(wire_skip_reply_fallback("> x"), "");
}

static void wire_skip_forwarded_mark__wants__the_mark_alone_on_its_line(void **state)
{
	const char *rest = "";

	(void)state;
	assert_true(wire_skip_forwarded_mark("\xe2\x86\xb7 Forwarded\n\nx\ny", &rest));
	assert_string_equal(rest, "x\ny");
	assert_false(wire_skip_forwarded_mark("\xe2\x86\xb7 Forwarded by me", &rest));
	assert_false(wire_skip_forwarded_mark("Forwarded", &rest));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wire_text_clean__removes__what_hides),
		cmocka_unit_test(wire_text_clean__cuts__between_characters),
		cmocka_unit_test(wire_file_name_clean__keeps__the_last_part),
		cmocka_unit_test(wire_skip_reply_fallback__takes__quoted_lines_only_in_front),
		cmocka_unit_test(wire_skip_forwarded_mark__wants__the_mark_alone_on_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
