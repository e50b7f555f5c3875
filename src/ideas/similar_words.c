#include "ideas/similar_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/str.h"

/*
 * Every word of forty ideas is looked up here when one comes in: these two are in the order of their bytes, Dutch and
 * English together. They hold small words, how people ask for something, and what all of it is about.
 */
static const char *const stop_words[] = {
	"a", "aanleggen", "al", "all", "alle", "alles", "als", "also", "an", "and", "app", "are", "be", "bel", "bellen", "beter",
	"betere", "better", "bewoners", "buren", "but", "buurt", "buurtbewoners", "call", "can", "could", "daar", "dan", "dat", "de",
	"deze", "die", "dit", "doen", "een", "eens", "elk", "elke", "en", "er", "every", "everyone", "extra", "fijn", "flat", "free",
	"gaan", "geen", "get", "gezamenlijk", "gezamenlijke", "goed", "goede", "good", "graag", "gratis", "have", "heb", "hebben",
	"hele", "here", "het", "hier", "hij", "hoe", "how", "hun", "i", "idea", "idee", "iedere", "iedereen", "iets", "ik", "is", "it",
	"je", "jij", "jullie", "kan", "komen", "komt", "krijgen", "kunnen", "leuk", "like", "los", "maar", "mail", "make", "maken",
	"maybe", "meer", "men", "mijn", "misschien", "moet", "moeten", "mogen", "mooi", "mooie", "more", "my", "need", "neerzetten",
	"neighborhood", "neighbors", "neighbourhood", "neighbours", "new", "nice", "niet", "nieuw", "nieuwe", "no", "nodig", "nog",
	"not", "of", "often", "om", "once", "ons", "onze", "ook", "or", "organise", "organiseren", "organize", "our", "plaatsen",
	"place", "please", "put", "residents", "samen", "should", "so", "some", "te", "that", "the", "there", "they", "this",
	"together", "u", "vaker", "waar", "waarom", "want", "was", "wat", "we", "weer", "wel", "what", "where", "who", "whole", "why",
	"wie", "wij", "wijk", "wil", "willen", "would", "you", "your", "ze", "zelf", "zetten", "zij", "zijn", "zo", "zou", "zouden",
};

static const char *const prepositions[] = {
	"aan", "achter", "against", "along", "around", "at", "behind", "beside", "between", "bij", "buiten", "by", "during", "for",
	"from", "in", "langs", "met", "naast", "near", "of", "om", "on", "onder", "op", "outside", "rond", "tegen", "tijdens", "to",
	"tot", "tussen", "uit", "under", "van", "voor", "with",
};

/* Words of one meaning: as a stem what stands for all, the stem that ideas/similar.c makes, and how the word begins. */
static const struct {
	const char *meaning, *stem, *piece;
} meanings[] = {
	{ "fiet", "fiet", "fiet" }, { "fiet", "bik", "bike" }, { "fiet", "bicycl", "bicy" }, { "fiet", "cycling", "cycl" },
	{ "rek", "rek", "rek" }, { "rek", "rack", "rack" },
	{ "bank", "bank", "bank" }, { "bank", "bench", "benc" },
	{ "tuin", "tuin", "tuin" }, { "tuin", "gard", "gard" },
	{ "moestuin", "moestuin", "moes" }, { "moestuin", "alotment", "allo" },
	{ "kok", "kok", "koke" }, { "kok", "coking", "cook" }, { "kok", "cok", "cook" },
	{ "eten", "eten", "eten" }, { "eten", "fod", "food" }, { "eten", "meal", "meal" },
	{ "markt", "markt", "mark" }, { "markt", "market", "mark" },
	{ "romelmarkt", "romelmarkt", "romm" }, { "romelmarkt", "flea", "flea" }, { "romelmarkt", "vloienmarkt", "vloo" },
	{ "licht", "licht", "lich" }, { "licht", "light", "ligh" }, { "licht", "verlichting", "verl" }, { "licht", "lamp", "lamp" },
	{ "onderdorgang", "onderdorgang", "onde" }, { "onderdorgang", "underpas", "unde" },
	{ "speltuin", "speltuin", "spee" }, { "speltuin", "playground", "play" },
	{ "kleding", "kleding", "kled" }, { "kleding", "cloth", "clot" }, { "kleding", "clothing", "clot" }, { "kleding", "kler", "kler" },
	{ "ruil", "ruil", "ruil" }, { "ruil", "swap", "swap" }, { "ruil", "exchang", "exch" },
	{ "hond", "hond", "hond" }, { "hond", "dog", "dog" },
	{ "murschildering", "murschildering", "muur" }, { "murschildering", "mural", "mura" },
	{ "zwerfvuil", "zwerfvuil", "zwer" }, { "zwerfvuil", "zwerfafval", "zwer" }, { "zwerfvuil", "liter", "litt" }, { "zwerfvuil", "afval", "afva" },
	{ "prulenbak", "prulenbak", "prul" }, { "prulenbak", "bin", "bin" }, { "prulenbak", "vuilnisbak", "vuil" },
	{ "schonmak", "schonmak", "scho" }, { "schonmak", "clean", "clea" }, { "schonmak", "cleaning", "clea" }, { "schonmak", "opruim", "opru" },
	{ "boek", "boek", "boek" }, { "boek", "bok", "book" },
	{ "bom", "bom", "boom" }, { "bom", "tre", "tree" },
	{ "plant", "plant", "plan" }, { "plant", "planting", "plan" },
	{ "voetbal", "voetbal", "voet" }, { "voetbal", "fotbal", "foot" }, { "voetbal", "socer", "socc" },
	{ "jonger", "jonger", "jong" }, { "jonger", "youth", "yout" }, { "jonger", "tenager", "teen" },
	{ "kinder", "kinder", "kind" }, { "kinder", "kid", "kids" }, { "kinder", "child", "chil" }, { "kinder", "childr", "chil" },
	{ "ouder", "ouder", "oude" }, { "ouder", "elderly", "elde" }, { "ouder", "senior", "seni" },
	{ "vrouw", "vrouw", "vrou" }, { "vrouw", "wom", "wome" },
	{ "les", "les", "les" }, { "les", "leson", "less" }, { "les", "clas", "clas" },
	{ "nai", "nai", "naai" }, { "nai", "sewing", "sewi" },
	{ "fest", "fest", "fees" }, { "fest", "party", "part" },
	{ "barbecu", "barbecu", "barb" }, { "barbecu", "bq", "bbq" }, { "barbecu", "barbequ", "barb" },
	{ "film", "film", "film" }, { "film", "movi", "movi" },
	{ "muziek", "muziek", "muzi" }, { "muziek", "music", "musi" },
	{ "huiswerk", "huiswerk", "huis" }, { "huiswerk", "homework", "home" },
	{ "hulp", "hulp", "hulp" }, { "hulp", "help", "help" }, { "hulp", "begeleiding", "bege" },
	{ "bloem", "bloem", "bloe" }, { "bloem", "flower", "flow" },
	{ "bak", "bak", "bak" }, { "bak", "box", "box" },
	{ "tafel", "tafel", "tafe" }, { "tafel", "tabl", "tabl" },
	{ "drinkwater", "drinkwater", "drin" }, { "drinkwater", "water", "wate" },
	{ "toestel", "toestel", "toes" }, { "toestel", "machin", "mach" }, { "toestel", "aparat", "appa" },
	{ "kofi", "kofi", "koff" }, { "kofi", "cofe", "coff" },
	{ "wandel", "wandel", "wand" }, { "wandel", "walk", "walk" }, { "wandel", "walking", "walk" },
	{ "krant", "krant", "kran" }, { "krant", "newspaper", "news" },
	{ "kelder", "kelder", "keld" }, { "kelder", "basement", "base" },
};

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool holds(const char *const *words, size_t len, const char *word)
{
	return bsearch(&word, words, len, sizeof *words, compare_words) != NULL;
}

static bool is_sorted(const char *const *words, size_t len)
{
	for (size_t i = 1; i < len; i++) {
		if (compare_words(&words[i - 1], &words[i]) >= 0)
			return false;
	}
	return true;
}

bool similar_words_are_sorted(void)
{
	return is_sorted(stop_words, ARRAY_LEN(stop_words)) && is_sorted(prepositions, ARRAY_LEN(prepositions));
}

bool similar_word_is_stop(const char *word)
{
	return holds(stop_words, ARRAY_LEN(stop_words), word);
}

bool similar_word_is_preposition(const char *word)
{
	return holds(prepositions, ARRAY_LEN(prepositions), word);
}

const char *similar_word_meaning(const char *stem)
{
	for (size_t i = 0; i < ARRAY_LEN(meanings); i++) {
		/* Most differ in the first letter already. */
		if (meanings[i].stem[0] == stem[0] && str_equal(meanings[i].stem, stem))
			return meanings[i].meaning;
	}
	return stem;
}

const char *similar_word_piece(const char *stem, size_t *walk)
{
	while (*walk < ARRAY_LEN(meanings)) {
		size_t i = (*walk)++;

		if (str_starts(stem, meanings[i].meaning) || str_ends(stem, meanings[i].meaning))
			return meanings[i].piece;
	}
	return NULL;
}
