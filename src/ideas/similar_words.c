#include "ideas/similar_words.h"

#include "base/compiler.h"
#include "base/str.h"

static const char *const stop_words[] = {
	/* Dutch: small words */
	"de", "het", "een", "en", "of", "dat", "die", "dit", "deze", "daar", "hier", "er", "ik", "je", "jij", "we", "wij", "ze", "zij", "u", "hij",
	"ons", "onze", "mijn", "jullie", "hun", "ook", "nog", "maar", "dan", "als", "om", "te", "is", "zijn", "was", "wat", "waar", "wie", "hoe",
	"niet", "geen", "wel", "zo", "al", "alle", "alles", "elk", "elke", "iedere", "iedereen", "iets", "men", "zelf", "weer", "eens", "want",
	/* Dutch: how people ask */
	"idee", "graag", "willen", "wil", "zou", "zouden", "kunnen", "kan", "mogen", "moet", "moeten", "misschien", "leuk", "mooi", "mooie", "fijn",
	"goed", "goede", "beter", "betere", "nieuw", "nieuwe", "meer", "extra", "vaker", "gratis", "samen", "gezamenlijk", "gezamenlijke", "maken",
	"komen", "komt", "hebben", "heb", "neerzetten", "plaatsen", "zetten", "aanleggen", "organiseren", "doen", "gaan", "waarom", "krijgen", "nodig", "bel", "bellen", "mail", "app", "call",
	/* Dutch: what all of it is about */
	"buurt", "buren", "buurtbewoners", "bewoners", "wijk", "flat", "hele", "los",
	/* English */
	"the", "a", "an", "and", "or", "that", "this", "there", "here", "i", "you", "we", "they", "it", "our", "my", "your", "is", "are", "be", "was",
	"also", "but", "so", "not", "no", "all", "some", "every", "everyone", "what", "where", "who", "how", "why", "would", "like", "want", "could",
	"can", "should", "please", "maybe", "nice", "good", "better", "new", "more", "extra", "free", "often", "once", "together", "make", "put", "place",
	"have", "get", "need", "organise", "organize", "idea", "neighbourhood", "neighborhood", "neighbours", "neighbors", "residents", "whole",
};

static const char *const prepositions[] = {
	"bij", "in", "op", "voor", "naast", "aan", "achter", "langs", "tussen", "onder", "rond", "om", "tegen", "uit", "van", "tot", "tijdens", "buiten",
	"met", "near", "at", "on", "by", "for", "behind", "beside", "along", "between", "under", "around", "against", "from", "of", "to", "during",
	"with", "outside",
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

static bool holds(const char *const *words, size_t len, const char *word)
{
	for (size_t i = 0; i < len; i++) {
		if (str_equal(words[i], word))
			return true;
	}
	return false;
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
		if (str_equal(meanings[i].stem, stem))
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
