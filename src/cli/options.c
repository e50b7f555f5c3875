#include "cli/options.h"

#include <getopt.h>
#include <stddef.h>
#include <stdint.h>

static const struct option long_options[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "data", required_argument, NULL, 'd' },
	{ "now", required_argument, NULL, 'n' },
	{ "script", required_argument, NULL, 's' },
	{ "lang", required_argument, NULL, 'l' },
	{ "group", required_argument, NULL, 'g' },
	{ "head", required_argument, NULL, 'h' },
	{ "sheet", required_argument, NULL, 'S' },
	{ "clock-file", required_argument, NULL, 'k' },
	{ "recovery-key-file", required_argument, NULL, 'f' },
	{ "recover", no_argument, NULL, 'r' },
	{ NULL, 0, NULL, 0 },
};

static const char **place_of(struct options *options, int option)
{
	switch (option) {
	case 'c':
		return &options->config;
	case 'd':
		return &options->data;
	case 'n':
		return &options->now;
	case 's':
		return &options->script;
	case 'l':
		return &options->language;
	case 'g':
		return &options->group;
	case 'h':
		return &options->head;
	case 'S':
		return &options->sheet;
	case 'k':
		return &options->clock_file;
	case 'f':
		return &options->recovery_key_file;
	default:
		return NULL;
	}
}

bool options_name_data(const struct options *options)
{
	return options->config || options->data;
}

bool options_parse(int argc, char **argv, struct options *ret_options)
{
	struct options options = { 0 };
	int option;

	optind = 1;
	while ((option = getopt_long(argc, argv, "c:", long_options, NULL)) != -1) {
		const char **place = place_of(&options, option);

		if (option == 'r') {
			options.recover = true;
			continue;
		}
		if (!place)
			return false;
		*place = optarg;
	}
	options.rest = argv + optind;
	options.rest_len = argc - optind;
	*ret_options = options;
	return true;
}
