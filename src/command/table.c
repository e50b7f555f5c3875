/*
 * Every command, every listener and every kind of question, in the order in which they are shown and asked.
 */
#include <stddef.h>

#include "command/records.h"

const struct command *const commands[] = {
	&cmd_idee,
	&cmd_ideeen,
	&cmd_route,
	&cmd_namens,
	&cmd_bon,
	&cmd_bonnen,
	&cmd_budget,
	&cmd_keur,
	&cmd_afkeur,
	&cmd_vraag,
	&cmd_betaald,
	&cmd_steekproef,
	&cmd_schuif,
	&cmd_agenda,
	&cmd_ikkom,
	&cmd_ruil,
	&cmd_jaar,
	&cmd_resultaat,
	&cmd_leerpunt,
	&cmd_stand,
	&cmd_ophaalslag,
	&cmd_aanwezig,
	&cmd_akkoord,
	&cmd_rol,
	&cmd_koppel,
	&cmd_mijn,
	&cmd_vergeet,
	&cmd_stil,
	&cmd_actie,
	&cmd_gedaan,
	&cmd_niet,
	&cmd_extra,
	&cmd_applaus,
	&cmd_taal,
	&cmd_help,
	NULL,
};

const struct listener *const listeners[] = {
	&on_review,
	&on_round,
	&on_story,
	&on_receipt,
	&on_idea,
	&on_agenda,
	&on_action,
	&on_applause,
	&on_ikkom,
	&on_roundabout,
	NULL,
};

const struct question_kind question_kinds[] = {
	{ "idee.alike", idee_alike_answered },
	{ "idee.twice", idee_twice_answered },
	{ "bon.amount", bon_amount_answered },
	{ "bon.line", bon_line_answered },
	{ "bon.same", bon_same_answered },
	{ "agenda.time", agenda_time_answered },
	{ "agenda.same", agenda_same_answered },
	{ "actie.twice", actie_twice_answered },
	{ "actie.why", actie_why_answered },
	{ "applaus.twice", applaus_twice_answered },
	{ "vergeet", vergeet_answered },
	{ NULL, NULL },
};
