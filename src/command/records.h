/*
 * What the command files offer to table.c. Whoever adds a command adds its record here and in the table.
 */
#ifndef ROTONDE_COMMAND_RECORDS_H
#define ROTONDE_COMMAND_RECORDS_H

#include "command/command.h"
#include "command/question.h"

extern const struct command cmd_aanwezig;
extern const struct command cmd_actie;
extern const struct command cmd_afkeur;
extern const struct command cmd_agenda;
extern const struct command cmd_akkoord;
extern const struct command cmd_applaus;
extern const struct command cmd_betaald;
extern const struct command cmd_bon;
extern const struct command cmd_bonnen;
extern const struct command cmd_budget;
extern const struct command cmd_extra;
extern const struct command cmd_gedaan;
extern const struct command cmd_help;
extern const struct command cmd_idee;
extern const struct command cmd_ideeen;
extern const struct command cmd_ikkom;
extern const struct command cmd_jaar;
extern const struct command cmd_keur;
extern const struct command cmd_koppel;
extern const struct command cmd_leerpunt;
extern const struct command cmd_mijn;
extern const struct command cmd_namens;
extern const struct command cmd_niet;
extern const struct command cmd_ophaalslag;
extern const struct command cmd_resultaat;
extern const struct command cmd_rol;
extern const struct command cmd_route;
extern const struct command cmd_ruil;
extern const struct command cmd_schuif;
extern const struct command cmd_stand;
extern const struct command cmd_steekproef;
extern const struct command cmd_stil;
extern const struct command cmd_taal;
extern const struct command cmd_vergeet;
extern const struct command cmd_vraag;

extern const struct listener on_action;
extern const struct listener on_agenda;
extern const struct listener on_applause;
extern const struct listener on_idea;
extern const struct listener on_ikkom;
extern const struct listener on_receipt;
extern const struct listener on_review;
extern const struct listener on_round;
extern const struct listener on_roundabout;
extern const struct listener on_story;

/* The answers to "actie.twice" and "actie.why". */
enum command_end actie_twice_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;
enum command_end actie_why_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;

/* The answers to "agenda.time" and "agenda.same". */
enum command_end agenda_time_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;
enum command_end agenda_same_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;

/* The answer to "applaus.twice". */
enum command_end applaus_twice_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;

/* The answers to "idee.alike" and "idee.twice". */
enum command_end idee_alike_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;
enum command_end idee_twice_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;

/* The answers to "bon.amount", "bon.line" and "bon.same". */
enum command_end bon_amount_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;
enum command_end bon_line_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;
enum command_end bon_same_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;

/* The answer to "vergeet". */
enum command_end vergeet_answered(struct request *request, const struct question_reply *reply) MUST_CHECK;

#endif
