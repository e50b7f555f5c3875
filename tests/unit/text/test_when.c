#include "text/when.h"

#include <stdio.h>
#include <string.h>

#include "unit/cmocka_all.h"

/* What a phrase means: "start[/end][ RRULE]" or the code of its refusal, and the words left for the title. */
struct phrase_case {
	const char *phrase;
	const char *meaning;
	const char *rest;
};

/* Sent at 2022-06-14T09:00, a Tuesday. */
static const struct phrase_case cases[] = {
	{ "WOENSDAGAVOND 15 JUNI 20:00, bijeenkomst actieve bewoners, HRHolst, iedereen welkom", "2022-06-15T20:00", ", bijeenkomst actieve bewoners, HRHolst, iedereen welkom" },
	{ "vrijdagavond bbq", "time.missing", "bbq" },
	{ "vrijdag bbq", "2022-06-17", "bbq" },
	{ "dinsdag 20:00 bbq", "2022-06-14T20:00", "bbq" },
	{ "dinsdag 08:00 bbq", "2022-06-21T08:00", "bbq" },
	{ "dinsdag bbq", "2022-06-14", "bbq" },
	{ "15 juni bbq", "2022-06-15", "bbq" },
	{ "15-6 bbq", "2022-06-15", "bbq" },
	{ "15/6 bbq", "2022-06-15", "bbq" },
	{ "15-6-2022 bbq", "2022-06-15", "bbq" },
	{ "2022-06-15 bbq", "2022-06-15", "bbq" },
	{ "2022-06-15T20:00 bbq", "2022-06-15T20:00", "bbq" },
	{ "2022-06-15 20:00 bbq", "2022-06-15T20:00", "bbq" },
	{ "morgen 20:00 bbq", "2022-06-15T20:00", "bbq" },
	{ "overmorgen half acht bbq", "2022-06-16T19:30", "bbq" },
	{ "vanavond bbq", "time.missing", "bbq" },
	{ "vanavond 8 uur bbq", "2022-06-14T20:00", "bbq" },
	{ "vanavond 20.30 bbq", "2022-06-14T20:30", "bbq" },
	{ "komende dinsdag bbq", "2022-06-21", "bbq" },
	{ "komende zondag 14u bbq", "2022-06-19T14:00", "bbq" },
	{ "volgende week vrijdag bbq", "2022-06-24", "bbq" },
	{ "vrijdag volgende week 20:00 bbq", "2022-06-24T20:00", "bbq" },
	{ "volgende week bbq op vrijdag 20:00", "2022-06-24T20:00", "bbq" },
	{ "volgende week bbq", "date.missing", "bbq" },
	{ "morgen kwart over 7 's avonds bbq", "2022-06-15T19:15", "bbq" },
	{ "morgen 19u bbq", "2022-06-15T19:00", "bbq" },
	{ "morgen 13.30u bbq", "2022-06-15T13:30", "bbq" },
	{ "morgen 13u30 bbq", "2022-06-15T13:30", "bbq" },
	{ "tomorrow 7pm bbq", "2022-06-15T19:00", "bbq" },
	{ "tomorrow at 7:30 pm bbq", "2022-06-15T19:30", "bbq" },
	{ "tomorrow 7 p.m. bbq", "2022-06-15T19:00", "bbq" },
	{ "morgen om 8 uur bbq", "2022-06-15T08:00", "bbq" },
	{ "morgen om 3 uur bbq", "2022-06-15T15:00", "bbq" },
	{ "morgen om 8 bbq", "2022-06-15T08:00", "bbq" },
	{ "bbq morgen om 8", "2022-06-15T08:00", "bbq" },
	{ "morgen 14:00-16:00 bbq", "2022-06-15T14:00/2022-06-15T16:00", "bbq" },
	{ "morgen 11:00 tot 15:00 bbq", "2022-06-15T11:00/2022-06-15T15:00", "bbq" },
	{ "bbq morgen van 11 tot 3", "2022-06-15T11:00/2022-06-15T15:00", "bbq" },
	{ "zaterdag hele dag bbq", "2022-06-18", "bbq" },
	{ "10 t/m 17 september kamp", "2022-09-10/2022-09-18", "kamp" },
	{ "10-17 september kamp", "2022-09-10/2022-09-18", "kamp" },
	{ "10 september t/m 2 oktober kamp", "2022-09-10/2022-10-03", "kamp" },
	{ "10/9 t/m 17/9 kamp", "2022-09-10/2022-09-18", "kamp" },
	{ "28 december t/m 3 januari kerst", "2022-12-28/2023-01-04", "kerst" },
	{ "elke donderdag koffie", "2022-06-16 FREQ=WEEKLY;BYDAY=TH", "koffie" },
	{ "elke donderdag 10:00 koffie", "2022-06-16T10:00 FREQ=WEEKLY;BYDAY=TH", "koffie" },
	{ "elke week do koffie", "2022-06-16 FREQ=WEEKLY;BYDAY=TH", "koffie" },
	{ "elke eerste woensdag 20:00 vergadering", "2022-07-06T20:00 FREQ=MONTHLY;BYDAY=1WE", "vergadering" },
	{ "elke laatste vrijdag van de maand borrel 17:00", "2022-06-24T17:00 FREQ=MONTHLY;BYDAY=-1FR", "borrel" },
	{ "om de week maandag 9:00 opruimen", "2022-06-20T09:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "opruimen" },
	{ "elke 3 maanden vanaf 1 juli ophaalslag", "2022-07-01 FREQ=MONTHLY;INTERVAL=3", "ophaalslag" },
	{ "elke donderdag 10:00 t/m 1 september koffie", "2022-06-16T10:00 FREQ=WEEKLY;BYDAY=TH;UNTIL=20220901T215959Z", "koffie" },
	{ "elke donderdag tot 1 september koffie", "2022-06-16 FREQ=WEEKLY;BYDAY=TH;UNTIL=20220901", "koffie" },
	{ "elke dinsdag 09:00 koffie", "2022-06-21T09:00 FREQ=WEEKLY;BYDAY=TU", "koffie" },
	{ "elke dinsdag 10:00 koffie", "2022-06-14T10:00 FREQ=WEEKLY;BYDAY=TU", "koffie" },
	{ "elke dag 9:00 gym", "2022-06-15T09:00 FREQ=DAILY", "gym" },
	{ "elke werkdag 9:00 gym", "2022-06-15T09:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "gym" },
	{ "every first Wednesday 8pm meeting", "2022-07-06T20:00 FREQ=MONTHLY;BYDAY=1WE", "meeting" },
	{ "every other Monday 10am cleaning", "2022-06-20T10:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "cleaning" },
	{ "next friday 20:00 meeting", "2022-06-17T20:00", "meeting" },
	{ "tonight at 8 meeting", "2022-06-14T20:00", "meeting" },
	{ "tonight meeting", "time.missing", "meeting" },
	{ "tomorrow half past seven meeting", "2022-06-15T19:30", "meeting" },
	{ "6/7 20:00 meeting", "2022-07-06T20:00", "meeting" },
	{ "June 15th 20:00 meeting", "2022-06-15T20:00", "meeting" },
	{ "June 15 noon lunch", "2022-06-15T12:00", "lunch" },
	{ "lunch on 15 June at noon", "2022-06-15T12:00", "lunch" },
	{ "friday midnight party", "2022-06-18T00:00", "party" },
	{ "31 februari bbq", "date.invalid", "bbq" },
	{ "15 juni 25:00 bbq", "time.invalid", "bbq" },
	{ "morgen 20:75 bbq", "time.invalid", "bbq" },
	{ "bbq", "date.missing", "bbq" },
	{ "bbq 20:00", "date.missing", "bbq" },
	{ "29 februari feest", "2024-02-29", "feest" },
	{ "1 juni feest", "2023-06-01", "feest" },
	{ "14 juni 2021 feest", "date.past", "feest" },
	{ "14 juni 08:00 feest", "date.past", "feest" },
	{ "14 juni feest", "2022-06-14", "feest" },
	{ "vrijdag 15 juni feest", "date.invalid", "feest" },
	{ "woensdag 15 juni feest", "2022-06-15", "feest" },
	{ "zaterdag 11 juni feest", "date.past", "feest" },
	{ "van 10 tot 17 september kamp", "2022-09-10/2022-09-18", "kamp" },
	{ "maandag 10 t/m vrijdag 14 oktober kamp", "2022-10-10/2022-10-15", "kamp" },
	{ "10 en 11 september open dagen", "2022-09-10/2022-09-12", "open dagen" },
	{ "September 10-17 camp", "2022-09-10/2022-09-18", "camp" },
	{ "June 20 to 22 camp", "2022-06-20/2022-06-23", "camp" },
	{ "10th to 17th of September camp", "2022-09-10/2022-09-18", "camp" },
	{ "vrijdag t/m zondag kamp", "2022-06-17/2022-06-20", "kamp" },
	{ "vrijdag 15:00 tot zondag 12:00 kamp", "2022-06-17T15:00/2022-06-19T12:00", "kamp" },
	{ "10 t/m 17 september 10:00-16:00 kamp", "2022-09-10T10:00/2022-09-17T16:00", "kamp" },
	{ "bbq vrijdag 22:00-02:00", "2022-06-17T22:00/2022-06-18T02:00", "bbq" },
	{ "zaterdag 18 juni van 7 tot 9 eten", "2022-06-18T19:00/2022-06-18T21:00", "eten" },
	{ "zaterdag 18 juni 2-4pm tea", "2022-06-18T14:00/2022-06-18T16:00", "tea" },
	{ "zaterdag 11am-3pm tea", "2022-06-18T11:00/2022-06-18T15:00", "tea" },
	{ "zaterdag van 8 tot 10 's avonds", "2022-06-18T20:00/2022-06-18T22:00", "" },
	{ "zaterdag 14-16 uur bbq", "2022-06-18T14:00/2022-06-18T16:00", "bbq" },
	{ "zaterdag 14-16 bbq", "2022-06-18T14:00/2022-06-18T16:00", "bbq" },
	{ "15 juni 14-16 bbq", "2022-06-15T14:00/2022-06-15T16:00", "bbq" },
	{ "zaterdag tussen 14:00 en 16:00 bbq", "2022-06-18T14:00/2022-06-18T16:00", "bbq" },
	{ "zaterdag between 2 and 4pm bbq", "2022-06-18T14:00/2022-06-18T16:00", "bbq" },
	{ "zaterdag van 2 tot half 5 bbq", "2022-06-18T14:00/2022-06-18T16:30", "bbq" },
	{ "zaterdag van half 3 tot 5 bbq", "2022-06-18T14:30/2022-06-18T17:00", "bbq" },
	{ "zaterdag 20.00-22.00 uur bbq", "2022-06-18T20:00/2022-06-18T22:00", "bbq" },
	{ "zaterdag 20.00 uur - 22.00 uur bbq", "2022-06-18T20:00/2022-06-18T22:00", "bbq" },
	{ "zaterdag 14u-16u bbq", "2022-06-18T14:00/2022-06-18T16:00", "bbq" },
	{ "zaterdag bbq 14.00", "2022-06-18T14:00", "bbq" },
	{ "zaterdag bbq 8 uur", "2022-06-18T08:00", "bbq" },
	{ "zaterdag vanaf 10 uur bbq", "2022-06-18T10:00", "bbq" },
	{ "zaterdag vanaf 10.00 tot ca. 12.00 bbq", "2022-06-18T10:00/2022-06-18T12:00", "bbq" },
	{ "5 bankjes schilderen zaterdag", "2022-06-18", "5 bankjes schilderen" },
	{ "12 mensen nodig zaterdag 14:00", "2022-06-18T14:00", "12 mensen nodig" },
	{ "om 5 bankjes te schilderen komen we zaterdag", "2022-06-18", "om 5 bankjes te schilderen komen we" },
	{ "may we meet on friday 8pm", "2022-06-17T20:00", "may we meet" },
	{ "Mei Ling verjaardag 20 juni", "2022-06-20", "Mei Ling verjaardag" },
	{ "feest voor kinderen van 5 tot 12 jaar zaterdag 14:00", "2022-06-18T14:00", "feest voor kinderen van 5 tot 12 jaar" },
	{ "half miljoen stenen leggen zaterdag 14:00", "2022-06-18T14:00", "half miljoen stenen leggen" },
	{ "bel 06-12345678 voor bbq zaterdag", "2022-06-18", "bel 06-12345678 voor bbq" },
	{ "bel 06-12 34 56 78 voor bbq zaterdag", "2022-06-18", "bel 06-12 34 56 78 voor bbq" },
	{ "bel 06 12 34 56 78 voor bbq zaterdag 14:00", "2022-06-18T14:00", "bel 06 12 34 56 78 voor bbq" },
	{ "bbq € 12.50 zaterdag", "2022-06-18", "bbq € 12.50" },
	{ "bbq entree 2.50 zaterdag", "2022-06-18", "bbq entree 2.50" },
	{ "bbq Kruitberg 12-14 zaterdag 14:00", "2022-06-18T14:00", "bbq Kruitberg 12-14" },
	{ "zo gezellig bbq zaterdag 14:00", "2022-06-18T14:00", "zo gezellig bbq" },
	{ "wat zo 14:00", "2022-06-19T14:00", "wat" },
	{ "do bbq", "date.missing", "do bbq" },
	{ "do 20:00 bbq", "2022-06-16T20:00", "bbq" },
	{ "bbq do 20:00", "2022-06-16T20:00", "bbq" },
	{ "wo 15 juni bbq", "2022-06-15", "bbq" },
	{ "za. 18 juni bbq", "2022-06-18", "bbq" },
	{ "sun dance saturday 3pm", "2022-06-18T15:00", "sun dance" },
	{ "sat sun sea", "date.missing", "sat sun sea" },
	{ "fun in the sun 3pm saturday", "2022-06-18T15:00", "fun in the sun" },
	{ "mar a lago 20 juni", "2022-06-20", "mar a lago" },
	{ "workshop van 2 uur zaterdag 14:00", "2022-06-18T14:00", "workshop van 2 uur" },
	{ "zaterdag 2 uur klussen", "2022-06-18T14:00", "klussen" },
	{ "24/7 open huis zaterdag 10:00", "2022-06-18T10:00", "24/7 open huis" },
	{ "open huis 24/7", "date.missing", "open huis 24/7" },
	{ "1/2 taart zaterdag", "2022-06-18", "1/2 taart" },
	{ "actie 5 voor 12 zaterdag 14:00", "2022-06-18T14:00", "actie 5 voor 12" },
	{ "elke bewoner welkom zaterdag 14:00", "2022-06-18T14:00", "elke bewoner welkom" },
	{ "vergadering 15 juni 20:00 over het feest van 20 augustus", "2022-06-15T20:00", "vergadering over het feest van 20 augustus" },
	{ "vergadering over het feest van 20 augustus, vrijdag 20:00", "2022-06-17T20:00", "vergadering over het feest van 20 augustus," },
	{ "over 3 dagen bbq", "2022-06-17", "bbq" },
	{ "over twee weken bbq 20:00", "2022-06-28T20:00", "bbq" },
	{ "in two weeks bbq", "2022-06-28", "bbq" },
	{ "the day after tomorrow bbq", "2022-06-16", "bbq" },
	{ "tomorrow night 9 bbq", "time.missing", "9 bbq" },
	{ "friday night 9:30 movie", "2022-06-17T21:30", "movie" },
	{ "this friday bbq", "2022-06-17", "bbq" },
	{ "deze week donderdag bbq", "2022-06-16", "bbq" },
	{ "deze week maandag bbq", "date.past", "bbq" },
	{ "vrijdag a.s. bbq", "2022-06-17", "bbq" },
	{ "a.s. vrijdag bbq", "2022-06-17", "bbq" },
	{ "aanstaande vrijdag bbq", "2022-06-17", "bbq" },
	{ "eerste woensdag van juli bbq", "2022-07-06", "bbq" },
	{ "eerste woensdag van de maand 20:00 bbq", "2022-07-06T20:00 FREQ=MONTHLY;BYDAY=1WE", "bbq" },
	{ "the last Friday of every month 8pm drinks", "2022-06-24T20:00 FREQ=MONTHLY;BYDAY=-1FR", "drinks" },
	{ "elke maand op de eerste woensdag 20:00 overleg", "2022-07-06T20:00 FREQ=MONTHLY;BYDAY=1WE", "overleg" },
	{ "elke maand op de 15e overleg", "2022-06-15 FREQ=MONTHLY;BYMONTHDAY=15", "overleg" },
	{ "elke 15e van de maand overleg", "2022-06-15 FREQ=MONTHLY;BYMONTHDAY=15", "overleg" },
	{ "elke 1e woensdag overleg", "2022-07-06 FREQ=MONTHLY;BYDAY=1WE", "overleg" },
	{ "elke tweede en vierde dinsdag 14:00 overleg", "2022-06-14T14:00 FREQ=MONTHLY;BYDAY=2TU,4TU", "overleg" },
	{ "elke ma en wo 10:00 gym", "2022-06-15T10:00 FREQ=WEEKLY;BYDAY=MO,WE", "gym" },
	{ "elke dinsdag en donderdag 10:00 gym", "2022-06-14T10:00 FREQ=WEEKLY;BYDAY=TU,TH", "gym" },
	{ "elke maandag t/m vrijdag 9:00 gym", "2022-06-15T09:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "gym" },
	{ "om de 2 weken op dinsdag 19u overleg", "2022-06-14T19:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "overleg" },
	{ "om de twee weken dinsdag overleg", "2022-06-14 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "overleg" },
	{ "every 3 months from 1 July round", "2022-07-01 FREQ=MONTHLY;INTERVAL=3", "round" },
	{ "every two weeks on Monday 7pm round", "2022-06-20T19:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "round" },
	{ "wekelijks op dinsdag 16:00 uurtje", "2022-06-14T16:00 FREQ=WEEKLY;BYDAY=TU", "uurtje" },
	{ "elke week koffie op donderdag 16:00", "2022-06-16T16:00 FREQ=WEEKLY;BYDAY=TH", "koffie" },
	{ "elke week koffie", "date.missing", "koffie" },
	{ "elke maand koffie", "date.missing", "koffie" },
	{ "elke dag koffie", "2022-06-14 FREQ=DAILY", "koffie" },
	{ "elk jaar op 21 maart feest", "2023-03-21 FREQ=YEARLY", "feest" },
	{ "elk kwartaal vanaf 1 juli overleg", "2022-07-01 FREQ=MONTHLY;INTERVAL=3", "overleg" },
	{ "elke donderdagavond koffie", "time.missing", "koffie" },
	{ "elke donderdagavond 8 uur koffie", "2022-06-16T20:00 FREQ=WEEKLY;BYDAY=TH", "koffie" },
	{ "op de 2e verdieping bbq zaterdag 14:00", "2022-06-18T14:00", "op de 2e verdieping bbq" },
	{ "op de 20e bbq", "date.missing", "op de 20e bbq" },
	{ "bbq on the 20th", "2022-06-20", "bbq" },
	{ "woensdag de 22e bbq", "2022-06-22", "bbq" },
	{ "Datum: woensdag 15 juni. Tijd: 20:00. Feest", "2022-06-15T20:00", ". . Feest" },
	{ "feest (zaterdag 18 juni, 20:00 uur)", "2022-06-18T20:00", "feest ( , )" },
	{ "feest zaterdag 18 juni 2022 om 20.00 uur", "2022-06-18T20:00", "feest" },
	{ "20:00 zaterdag feest", "2022-06-18T20:00", "feest" },
	{ "vandaag 20:00 feest", "2022-06-14T20:00", "feest" },
	{ "vandaag 08:00 feest", "date.past", "feest" },
	{ "elke donderdag vanaf 1 juli 20:00 koffie", "2022-07-07T20:00 FREQ=WEEKLY;BYDAY=TH", "koffie" },
	{ "elke donderdag van 1 juli t/m 1 september 20:00 koffie", "2022-07-07T20:00 FREQ=WEEKLY;BYDAY=TH;UNTIL=20220901T215959Z", "koffie" },
	{ "elke eerste zaterdag van september burendag", "2022-09-03 FREQ=YEARLY;BYMONTH=9;BYDAY=1SA", "burendag" },
	{ "elke donderdag t/m september koffie", "2022-06-16 FREQ=WEEKLY;BYDAY=TH;UNTIL=20220930", "koffie" },
	{ "elke donderdag tot september koffie", "2022-06-16 FREQ=WEEKLY;BYDAY=TH;UNTIL=20220831", "koffie" },
	{ "mondays 10am yoga", "2022-06-20T10:00 FREQ=WEEKLY;BYDAY=MO", "yoga" },
	{ "donderdags 10 uur koffie", "2022-06-16T10:00 FREQ=WEEKLY;BYDAY=TH", "koffie" },
	{ "weekly walk friday 10:00", "2022-06-17T10:00", "weekly walk" },
	{ "15 juni '22 feest", "2022-06-15", "feest" },
	{ "15.6.2022 feest", "2022-06-15", "feest" },
	{ "15-13 feest", "date.invalid", "feest" },
	{ "6/15 feest", "date.invalid", "feest" },
	{ "13/6 feest", "2023-06-13", "feest" },
	{ "zaterdag 10-12 uur bbq", "2022-06-18T10:00/2022-06-18T12:00", "bbq" },
	{ "tussen 10 en 17 september kamp", "2022-09-10/2022-09-18", "kamp" },
	{ "bbq Kruitberg 12-14", "date.missing", "bbq Kruitberg 12-14" },
	{ "Voetbal 3-1 zaterdag 15:00", "date.invalid", "Voetbal" },
	{ "zaterdag 16u tot zondag 12u kamp", "2022-06-18T16:00/2022-06-19T12:00", "kamp" },
	{ "zaterdag 18 juni om 2 uur 's middags", "2022-06-18T14:00", "" },
	{ "zaterdagnacht 2 uur feest", "2022-06-19T02:00", "feest" },
	{ "vannacht 2 uur feest", "2022-06-15T02:00", "feest" },
	{ "'s avonds half 9 op 15 juni bbq", "2022-06-15T20:30", "bbq" },
	{ "15 juni ’s avonds bbq", "time.missing", "bbq" },
	{ "15 juni in de avond 8 uur bbq", "2022-06-15T20:00", "bbq" },
	{ "in the evening on 15 june at 8 bbq", "2022-06-15T20:00", "bbq" },
	{ "every Thursday from 5 to 7pm homework", "2022-06-16T17:00/2022-06-16T19:00 FREQ=WEEKLY;BYDAY=TH", "homework" },
	{ "elke vrijdag van 15:00 tot 17:00 spelletjes", "2022-06-17T15:00/2022-06-17T17:00 FREQ=WEEKLY;BYDAY=FR", "spelletjes" },
	{ "elke vrijdag 15-17 uur spelletjes", "2022-06-17T15:00/2022-06-17T17:00 FREQ=WEEKLY;BYDAY=FR", "spelletjes" },
	{ "elke eerste woensdag 20:00 t/m 31-12-2022 overleg", "2022-07-06T20:00 FREQ=MONTHLY;BYDAY=1WE;UNTIL=20221231T225959Z", "overleg" },
	{ "elke donderdag 20:00 tot eind september", "2022-06-16T20:00 FREQ=WEEKLY;BYDAY=TH;UNTIL=20220930T215959Z", "" },
	{ "elke week vanaf donderdag 16 juni 10:00 koffie", "2022-06-16T10:00 FREQ=WEEKLY", "koffie" },
	{ "elke 2 weken vanaf 16-6 10u koffie", "2022-06-16T10:00 FREQ=WEEKLY;INTERVAL=2", "koffie" },
	{ "every Tuesday and Thursday at 10 gym", "2022-06-14T10:00 FREQ=WEEKLY;BYDAY=TU,TH", "gym" },
	{ "every weekday 9am gym", "2022-06-15T09:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "gym" },
	{ "every day at noon prayer", "2022-06-14T12:00 FREQ=DAILY", "prayer" },
	{ "every last Friday of the month at 5pm drinks", "2022-06-24T17:00 FREQ=MONTHLY;BYDAY=-1FR", "drinks" },
	{ "every year on 21 March party", "2023-03-21 FREQ=YEARLY", "party" },
	{ "every week on Thursday coffee 10am", "2022-06-16T10:00 FREQ=WEEKLY;BYDAY=TH", "coffee" },
	{ "every month on the 15th 8pm meeting", "2022-06-15T20:00 FREQ=MONTHLY;BYMONTHDAY=15", "meeting" },
	{ "15 juni 24:00 feest", "2022-06-16T00:00", "feest" },
	{ "15 juni 14:00-24:00 feest", "2022-06-15T14:00/2022-06-16T00:00", "feest" },
	{ "15 juni 20:00-20:00 feest", "time.invalid", "feest" },
	{ "31 december 22:00-02:00 oudjaar", "2022-12-31T22:00/2023-01-01T02:00", "oudjaar" },
	{ "26 maart 2023 02:30 feest", "time.invalid", "feest" },
	{ "30 oktober 02:30 feest", "2022-10-30T02:30", "feest" },
	{ "elke zondag 02:30 feest", "2022-06-19T02:30 FREQ=WEEKLY;BYDAY=SU", "feest" },
	{ "30 februari bbq", "date.invalid", "bbq" },
	{ "29 februari 2023 bbq", "date.invalid", "bbq" },
	{ "32 juni bbq", "date.invalid", "bbq" },
	{ "0 juni bbq", "date.invalid", "bbq" },
	{ "2022-02-31 bbq", "date.invalid", "bbq" },
	{ "31-9 bbq", "date.invalid", "bbq" },
	{ "31/4/2023 bbq", "date.invalid", "bbq" },
	{ "om 25 uur morgen bbq", "time.invalid", "bbq" },
	{ "morgen om 25:00 bbq", "time.invalid", "bbq" },
	{ "17 juni 19:00 !!", "2022-06-17T19:00", "!!" },
	{ "vrijdag 17 juni, aanvang 19.30 uur, inloop 19.00 uur", "2022-06-17T19:30", ", , inloop 19.00 uur" },
	{ "inloop 19.30 start 20.00 uur woensdag bbq", "2022-06-15T20:00", "inloop 19.30 bbq" },
	{ "woensdag bbq (20:00-22:00)", "2022-06-15T20:00/2022-06-15T22:00", "bbq ( )" },
	{ "woensdag 22 juni: bbq, 16.00 - 18.00u", "2022-06-22T16:00/2022-06-22T18:00", ": bbq," },
	{ "koken met 4 personen op vrijdag om 18u", "2022-06-17T18:00", "koken met 4 personen" },
	{ "buurtschoonmaak zaterdag 18 juni 10-12u", "2022-06-18T10:00/2022-06-18T12:00", "buurtschoonmaak" },
	{ "Koffie in de Koornhorst elke 2e donderdag v/d maand om 10 uur", "2022-07-14T10:00 FREQ=MONTHLY;BYDAY=2TH", "Koffie in de Koornhorst" },
	{ "elke 2e donderdag vd maand 10:00 koffie", "2022-07-14T10:00 FREQ=MONTHLY;BYDAY=2TH", "koffie" },
	{ "iedere woensdagmiddag 14:00 uur knutselen", "2022-06-15T14:00 FREQ=WEEKLY;BYDAY=WE", "knutselen" },
	{ "op zaterdagen 10:00 markt", "2022-06-18T10:00 FREQ=WEEKLY;BYDAY=SA", "markt" },
	{ "laatste vrijdag van juni 17:00 borrel", "2022-06-24T17:00", "borrel" },
	{ "komend weekend bbq", "2022-06-18/2022-06-20", "bbq" },
	{ "dit weekend bbq", "2022-06-18/2022-06-20", "bbq" },
	{ "deze weekend bbq", "2022-06-18/2022-06-20", "bbq" },
	{ "in het komende weekend bbq", "2022-06-18/2022-06-20", "bbq" },
	{ "A.s. weekend hele dag bbq", "2022-06-18/2022-06-20", "bbq" },
	{ "this weekend bbq", "2022-06-18/2022-06-20", "bbq" },
	{ "bbq the coming weekend", "2022-06-18/2022-06-20", "bbq" },
	{ "volgend weekend bbq", "date.missing", "bbq" },
	{ "next weekend bbq", "date.missing", "bbq" },
	{ "dit weekend 14:00 bbq", "date.missing", "bbq" },
	{ "dit weekend 's middags bbq", "time.missing", "bbq" },
	{ "dit weekend t/m maandag kamp", "date.missing", "kamp" },
	{ "dit weekend zaterdag 14:00 bbq", "2022-06-18T14:00", "bbq" },
	{ "zondag 14:00 bbq dit weekend", "2022-06-19T14:00", "bbq" },
	{ "za dit weekend bbq", "2022-06-18", "bbq" },
	{ "saturday this weekend 2pm bbq", "2022-06-18T14:00", "bbq" },
	{ "zaterdag volgend weekend bbq", "date.missing", "bbq" },
	{ "vrijdag dit weekend bbq", "date.invalid", "bbq" },
	{ "zaterdag 18 juni dit weekend bbq", "2022-06-18", "bbq" },
	{ "zaterdag 25 juni dit weekend bbq", "date.invalid", "bbq" },
	{ "het weekend was leuk, bbq vrijdag", "2022-06-17", "het weekend was leuk, bbq" },
	{ "weekend bbq", "date.missing", "weekend bbq" },
	{ "week 37 opruimen", "date.missing", "opruimen" },
	{ "in week 37 opruimen", "date.missing", "opruimen" },
	{ "week 37 vrijdag 20:00 bbq", "2022-09-16T20:00", "bbq" },
	{ "vrijdag week 37 bbq", "2022-09-16", "bbq" },
	{ "vrijdag in week 37 bbq", "2022-09-16", "bbq" },
	{ "vr wk 37 20:00 bbq", "2022-09-16T20:00", "bbq" },
	{ "week 37 vr 20:00 bbq", "2022-09-16T20:00", "bbq" },
	{ "week 37: bbq op vrijdag 20:00", "2022-09-16T20:00", ": bbq" },
	{ "friday in week 37 8pm bbq", "2022-09-16T20:00", "bbq" },
	{ "week 24 vrijdag bbq", "2022-06-17", "bbq" },
	{ "week 24 maandag bbq", "date.past", "bbq" },
	{ "week 23 vrijdag bbq", "2023-06-09", "bbq" },
	{ "week 1 maandag bbq", "2023-01-02", "bbq" },
	{ "week 37 2023 vrijdag bbq", "2023-09-15", "bbq" },
	{ "vrijdag week 37 van 2023 bbq", "2023-09-15", "bbq" },
	{ "week 3 2021 vrijdag bbq", "date.past", "bbq" },
	{ "week 53 maandag bbq", "date.invalid", "bbq" },
	{ "week 53 2026 maandag bbq", "2026-12-28", "bbq" },
	{ "week 54 maandag bbq", "date.invalid", "bbq" },
	{ "week 0 maandag bbq", "date.invalid", "bbq" },
	{ "vrijdag 16 september week 37 bbq", "2022-09-16", "bbq" },
	{ "vrijdag 16 september (week 37) bbq", "2022-09-16", "( ) bbq" },
	{ "vrijdag 16 september week 38 bbq", "date.invalid", "bbq" },
	{ "week 2 van de cursus, vrijdag 20:00", "2022-06-17T20:00", "week 2 van de cursus," },
	{ "2 keer per week 2 uur les vrijdag 20:00", "2022-06-17T20:00", "2 keer per week 2 uur les" },
	{ "week 3 keer sporten vrijdag 20:00", "2022-06-17T20:00", "week 3 keer sporten" },
	{ "week 37-38 vrijdag bbq", "2022-06-17", "week 37-38 bbq" },
	{ "volgende week 5 bankjes schilderen vrijdag", "2022-06-24", "5 bankjes schilderen" },
	{ "morgenochtend 9 uur bbq", "2022-06-15T09:00", "bbq" },
	{ "morgen ochtend 9 uur bbq", "2022-06-15T09:00", "bbq" },
	{ "zaterdag morgen 10 uur bbq", "2022-06-18T10:00", "bbq" },
	{ "goede morgen allemaal, bbq vrijdag 20:00", "2022-06-17T20:00", "goede morgen allemaal, bbq" },
	{ "every thursday 8pm until the end of september", "2022-06-16T20:00 FREQ=WEEKLY;BYDAY=TH;UNTIL=20220930T215959Z", "" },
	{ "vijftien juni bbq", "2022-06-15", "bbq" },
	{ "June 15, 2022 8pm bbq", "2022-06-15T20:00", "bbq" },
	{ "morgen half eight bbq", "2022-06-15T08:30", "bbq" },
	{ "morgen quarter to 8 bbq", "2022-06-15T19:45", "bbq" },
	{ "morgen vijf voor half 8 bbq", "2022-06-15T19:25", "bbq" },
	{ "morgen kwart voor acht bbq", "2022-06-15T19:45", "bbq" },
	{ "morgen om 07 uur bbq", "2022-06-15T07:00", "bbq" },
	{ "morgen 07:30 bbq", "2022-06-15T07:30", "bbq" },
	{ "morgen 12am bbq", "2022-06-15T00:00", "bbq" },
	{ "vanavond 1 uur bbq", "2022-06-15T01:00", "bbq" },
	{ "zaterdag 12 uur 's nachts bbq", "2022-06-19T00:00", "bbq" },
	{ "komende zo bbq", "2022-06-19", "bbq" },
	{ "weekly friday 10:00 yoga", "2022-06-17T10:00 FREQ=WEEKLY;BYDAY=FR", "yoga" },
	{ "friday weekly 10:00 yoga", "2022-06-17T10:00 FREQ=WEEKLY;BYDAY=FR", "yoga" },
	{ "elke maandag t/m vrijdag koffie", "2022-06-14 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "koffie" },
	{ "zaterdag tot 15:00 bbq", "time.missing", "bbq" },
	{ "last friday of June drinks", "2022-06-24", "drinks" },
	{ "morgen om 7 bbq", "2022-06-15T19:00", "bbq" },
	{ "tomorrow at 3 tea", "2022-06-15T15:00", "tea" },
	{ "kinderen 8-12 jaar knutselen zaterdag 14:00", "2022-06-18T14:00", "kinderen 8-12 jaar knutselen" },
	{ "zaterdag 8 juli 2023 bbq", "2023-07-08", "bbq" },
	{ "vrijdag 1 juli van 19 tot 21 uur film", "2022-07-01T19:00/2022-07-01T21:00", "film" },
	{ "vrijdag 1 juli van 19.00u - 21.00u film", "2022-07-01T19:00/2022-07-01T21:00", "film" },
	{ "vr 1 jul 19:30-21:00 film", "2022-07-01T19:30/2022-07-01T21:00", "film" },
	{ "maandag 20 juni 9.30 koffie", "2022-06-20T09:30", "koffie" },
	{ "20 juni 9.30 koffie", "2022-06-20T09:30", "koffie" },
	{ "koffie 9.30 op 20 juni", "2022-06-20T09:30", "koffie" },
	{ "donderdag 16-06 om 10:00 uur wandelen", "2022-06-16T10:00", "wandelen" },
	{ "do 16/6 10u wandelen", "2022-06-16T10:00", "wandelen" },
	{ "elke do 10u wandelen", "2022-06-16T10:00 FREQ=WEEKLY;BYDAY=TH", "wandelen" },
	{ "om de 3 weken op zaterdag 11:00 plantjes ruilen", "2022-06-18T11:00 FREQ=WEEKLY;INTERVAL=3;BYDAY=SA", "plantjes ruilen" },
	{ "elke eerste zondag van de maand van 12 tot 4 brunch", "2022-07-03T12:00/2022-07-03T16:00 FREQ=MONTHLY;BYDAY=1SU", "brunch" },
	{ "elke eerste maandag v.d. maand 19:30 bestuur", "2022-07-04T19:30 FREQ=MONTHLY;BYDAY=1MO", "bestuur" },
	{ "ieder weekend koffie", "date.missing", "ieder weekend koffie" },
	{ "elke twee maanden vanaf 5 september 20:00 overleg", "2022-09-05T20:00 FREQ=MONTHLY;INTERVAL=2", "overleg" },
	{ "2 x per week koffie op dinsdag 10:00", "2022-06-14T10:00", "2 x per week koffie" },
	{ "sinterklaas 5 december", "2022-12-05", "sinterklaas" },
	{ "oud en nieuw 31/12 23:00-01:00", "2022-12-31T23:00/2023-01-01T01:00", "oud en nieuw" },
	{ "nieuwjaarsborrel 1-1 16:00", "2023-01-01T16:00", "nieuwjaarsborrel" },
	{ "nieuwjaarsborrel 1-1-2023 16:00", "2023-01-01T16:00", "nieuwjaarsborrel" },
	{ "kerst 25 t/m 26 december", "2022-12-25/2022-12-27", "kerst" },
	{ "kerstborrel 23 dec 17u", "2022-12-23T17:00", "kerstborrel" },
	{ "Koningsdag 27-4", "2023-04-27", "Koningsdag" },
	{ "buurtberaad di 21/6 19.30-21.30", "2022-06-21T19:30/2022-06-21T21:30", "buurtberaad" },
	{ "raad van kernen op dinsdag 21 juni om half 8", "2022-06-21T19:30", "raad van kernen" },
	{ "bbq 18 june 4pm till 8pm", "2022-06-18T16:00/2022-06-18T20:00", "bbq" },
	{ "bbq on saturday from 4 until 8pm", "2022-06-18T16:00/2022-06-18T20:00", "bbq" },
	{ "picknick zondagmiddag", "time.missing", "picknick" },
	{ "picknick zondagmiddag 2 uur", "2022-06-19T14:00", "picknick" },
	{ "picknick zondag 's middags om 2", "2022-06-19T14:00", "picknick" },
	{ "picnic sunday afternoon at 2", "2022-06-19T14:00", "picnic" },
	{ "picnic this sunday at 2pm", "2022-06-19T14:00", "picnic" },
	{ "meeting monday morning 10", "time.missing", "meeting 10" },
	{ "meeting monday morning at 10", "2022-06-20T10:00", "meeting" },
	{ "every Monday morning at 10 coffee", "2022-06-20T10:00 FREQ=WEEKLY;BYDAY=MO", "coffee" },
	{ "every 2nd Tuesday of the month 7pm council", "2022-06-14T19:00 FREQ=MONTHLY;BYDAY=2TU", "council" },
	{ "the first and third Thursday of the month 7pm council", "2022-06-16T19:00 FREQ=MONTHLY;BYDAY=1TH,3TH", "council" },
	{ "every month on 5 july rent", "2022-07-05 FREQ=MONTHLY", "rent" },
	{ "elke maand vanaf 5 juli huur", "2022-07-05 FREQ=MONTHLY", "huur" },
	{ "elk jaar vanaf 5 juli 2022 feest", "2022-07-05 FREQ=YEARLY", "feest" },
	{ "om de dag vanaf morgen 9:00 planten water geven", "2022-06-15T09:00 FREQ=DAILY;INTERVAL=2", "planten water geven" },
	{ "dagelijks 9:00 gym", "2022-06-15T09:00 FREQ=DAILY", "gym" },
	{ "dagelijks om 9:00 t/m vrijdag gym", "2022-06-15T09:00 FREQ=DAILY;UNTIL=20220617T215959Z", "gym" },
	{ "elke dag van 20 t/m 24 juni 9:00 kamp", "2022-06-20T09:00 FREQ=DAILY;UNTIL=20220624T215959Z", "kamp" },
	{ "every day from 20 to 24 June 9am camp", "2022-06-20T09:00 FREQ=DAILY;UNTIL=20220624T215959Z", "camp" },
	{ "maandag t/m vrijdag 9:00-12:00 kamp", "2022-06-20T09:00/2022-06-24T12:00", "kamp" },
	{ "tot 15 juni aanmelden", "date.missing", "tot 15 juni aanmelden" },
	{ "aanmelden voor 15 juni bbq 20 juni", "2022-06-20", "aanmelden voor 15 juni bbq" },
	{ "7 juli 7 uur 's ochtends vissen", "2022-07-07T07:00", "vissen" },
	{ "vrijdag de 13e mei", "date.past", "" },
	{ "morgenavond om half negen film", "2022-06-15T20:30", "film" },
	{ "overmorgenavond 8 uur film", "2022-06-16T20:00", "film" },
	{ "over een uur bbq", "2022-06-14T10:00", "bbq" },
	{ "over 2 uur bbq", "2022-06-14T11:00", "bbq" },
	{ "bbq over 2 uurtjes", "2022-06-14T11:00", "bbq" },
	{ "over een half uur bbq", "2022-06-14T09:30", "bbq" },
	{ "over anderhalf uur bbq", "2022-06-14T10:30", "bbq" },
	{ "over 45 minuten bbq", "2022-06-14T09:45", "bbq" },
	{ "over drie kwartier bbq", "2022-06-14T09:45", "bbq" },
	{ "in 2 hours bbq", "2022-06-14T11:00", "bbq" },
	{ "in half an hour bbq", "2022-06-14T09:30", "bbq" },
	{ "bbq in an hour", "2022-06-14T10:00", "bbq" },
	{ "over 20 uur bbq", "2022-06-15T05:00", "bbq" },
	{ "over 2 uur tot 15:00 bbq", "2022-06-14T11:00/2022-06-14T15:00", "bbq" },
	{ "vandaag over 2 uur bbq", "2022-06-14T11:00", "bbq" },
	{ "dinsdag over 2 uur bbq", "2022-06-14T11:00", "bbq" },
	{ "vrijdag over 2 uur bbq", "date.invalid", "bbq" },
	{ "elke dag over 2 uur bbq", "date.invalid", "bbq" },
	{ "over een uur of twee bbq", "date.missing", "over een uur of twee bbq" },
	{ "over 2 of 3 uur bbq", "date.missing", "over 2 of 3 uur bbq" },
	{ "in 2 uur klaar", "date.missing", "in 2 uur klaar" },
	{ "film over 2 uur stilte, vrijdag", "2022-06-17", "film over 2 uur stilte," },
	{ "vrijdag 20:00 film over 2 uur stilte", "2022-06-17T20:00", "film over 2 uur stilte" },
	{ "het gaat over 2 uur slaap", "date.missing", "het gaat over 2 uur slaap" },
	{ "morgen kwart over 2 uur bbq", "2022-06-15T14:15", "bbq" },
	{ "over een week bbq", "2022-06-21", "bbq" },
	{ "over een weekje bbq", "2022-06-21", "bbq" },
	{ "over een week 20:00 bbq", "2022-06-21T20:00", "bbq" },
	{ "over een week of twee bbq", "date.missing", "over een week of twee bbq" },
	{ "in a week or two bbq", "date.missing", "in a week or two bbq" },
	{ "vrijdag over een week bbq", "2022-06-24", "bbq" },
	{ "dinsdag over 1 week 20:00 bbq", "2022-06-21T20:00", "bbq" },
	{ "maandag over een week bbq", "date.invalid", "bbq" },
	{ "zondag over twee weken bbq", "date.invalid", "bbq" },
	{ "15 juni, 20u, alv", "2022-06-15T20:00", ", , alv" },
	{ "15juni alv", "2022-06-15", "alv" },
	{ "de 15e juni bbq", "2022-06-15", "bbq" },
	{ "elke eerste maandag v.d. maand 19:30 bestuur", "2022-07-04T19:30 FREQ=MONTHLY;BYDAY=1MO", "bestuur" },
	{ "aanmelden voor 15 juni, bbq 20 juni", "2022-06-20", "aanmelden voor 15 juni, bbq" },
	{ "v.a. 20:00 morgen bbq", "2022-06-15T20:00", "bbq" },
	{ "de 2e etage schoonmaken morgen", "2022-06-15", "de 2e etage schoonmaken" },
	{ "the first wednesday of july 8pm tea", "2022-07-06T20:00", "tea" },
	{ "zaterdag en zondag open atelier", "2022-06-18/2022-06-20", "open atelier" },
};

static const struct {
	const char *sent;
	struct phrase_case is;
} dated_cases[] = {
	{ "2022-03-26T12:00", { "morgen 02:30 bbq", "time.invalid", "bbq" } },
	{ "2022-03-26T12:00", { "morgen 03:00 bbq", "2022-03-27T03:00", "bbq" } },
	{ "2022-03-26T12:00", { "morgen hele dag bbq", "2022-03-27", "bbq" } },
	{ "2022-03-26T12:00", { "elke zondag 01:30 koffie", "2022-03-27T01:30 FREQ=WEEKLY;BYDAY=SU", "koffie" } },
	{ "2022-03-26T12:00", { "zaterdag t/m maandag kamp", "2022-03-26/2022-03-29", "kamp" } },
	{ "2022-10-29T12:00", { "morgen 02:30 bbq", "2022-10-30T02:30", "bbq" } },
	{ "2022-10-29T12:00", { "vanavond 23:00 tot 04:00 feest", "2022-10-29T23:00/2022-10-30T04:00", "feest" } },
	{ "2022-12-31T23:50", { "morgen 20:00 bbq", "2023-01-01T20:00", "bbq" } },
	{ "2022-12-31T23:50", { "vandaag bbq", "2022-12-31", "bbq" } },
	{ "2022-12-31T23:50", { "zondag bbq", "2023-01-01", "bbq" } },
	{ "2022-12-31T23:50", { "1 januari bbq", "2023-01-01", "bbq" } },
	{ "2022-12-31T23:50", { "31 december bbq", "2022-12-31", "bbq" } },
	{ "2022-12-31T23:50", { "volgende week maandag bbq", "2023-01-02", "bbq" } },
	{ "2022-12-31T23:50", { "deze week zondag bbq", "2023-01-01", "bbq" } },
	{ "2022-12-31T23:50", { "om de week zondag 10:00 bbq", "2023-01-01T10:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "bbq" } },
	{ "2022-12-31T23:50", { "dit weekend bbq", "2022-12-31/2023-01-02", "bbq" } },
	{ "2022-12-31T23:50", { "week 52 zondag bbq", "2023-01-01", "bbq" } },
	{ "2022-12-31T23:50", { "week 1 zondag bbq", "2023-01-08", "bbq" } },
	{ "2022-12-31T23:50", { "over een half uur vuurwerk", "2023-01-01T00:20", "vuurwerk" } },
	{ "2020-12-30T12:00", { "week 53 zondag bbq", "2021-01-03", "bbq" } },
	{ "2022-12-31T23:50", { "28 december t/m 3 januari kerst", "2022-12-28/2023-01-04", "kerst" } },
	{ "2024-02-28T09:00", { "morgen bbq", "2024-02-29", "bbq" } },
	{ "2024-02-28T09:00", { "29 februari bbq", "2024-02-29", "bbq" } },
	{ "2024-02-28T09:00", { "elk jaar op 29 februari feest", "2024-02-29 FREQ=YEARLY", "feest" } },
	{ "2024-02-28T09:00", { "elke maand vanaf 31 januari overleg", "2025-01-31 FREQ=MONTHLY", "overleg" } },
	{ "2024-02-28T09:00", { "over een maand bbq", "2024-03-28", "bbq" } },
	{ "2022-06-14T23:59", { "morgen 00:30 bbq", "2022-06-15T00:30", "bbq" } },
	{ "2022-06-14T23:59", { "vanavond 23:59 bbq", "date.past", "bbq" } },
	{ "2022-06-14T23:59", { "dinsdag 23:59 bbq", "2022-06-21T23:59", "bbq" } },
	{ "2022-06-14T23:59", { "vandaag bbq", "2022-06-14", "bbq" } },
	{ "2022-06-19T10:00", { "volgende week vrijdag bbq", "2022-06-24", "bbq" } },
	{ "2022-06-19T10:00", { "komende zondag bbq", "2022-06-26", "bbq" } },
	{ "2022-06-19T10:00", { "dit weekend bbq", "2022-06-19", "bbq" } },
	{ "2022-06-19T10:00", { "komend weekend bbq", "2022-06-25/2022-06-27", "bbq" } },
	{ "2022-06-19T10:00", { "volgend weekend bbq", "2022-06-25/2022-06-27", "bbq" } },
	{ "2022-06-19T10:00", { "zaterdag dit weekend bbq", "date.past", "bbq" } },
	{ "2022-06-17T10:00", { "komend weekend bbq", "2022-06-18/2022-06-20", "bbq" } },
	{ "2022-06-18T10:00", { "dit weekend bbq", "2022-06-18/2022-06-20", "bbq" } },
	{ "2022-06-18T10:00", { "komend weekend bbq", "2022-06-25/2022-06-27", "bbq" } },
	{ "2022-03-27T01:30", { "over een uur bbq", "2022-03-27T03:30", "bbq" } },
	{ "2022-06-19T10:00", { "zondag bbq", "2022-06-19", "bbq" } },
	{ "2022-06-19T10:00", { "zondag 09:00 bbq", "2022-06-26T09:00", "bbq" } },
	{ "2022-06-19T10:00", { "deze week maandag bbq", "date.past", "bbq" } },
	{ "2022-09-12T09:00", { "10 t/m 17 september kamp", "2022-09-10/2022-09-18", "kamp" } },
	{ "2022-09-12T09:00", { "10 september kamp", "2023-09-10", "kamp" } },
	{ "2022-09-12T09:00", { "1 t/m 11 september kamp", "2023-09-01/2023-09-12", "kamp" } },
};

static struct zone *amsterdam;

static int open_amsterdam(void **state)
{
	(void)state;
	amsterdam = zone_open("Europe/Amsterdam");
	return amsterdam ? 0 : -1;
}

static int close_amsterdam(void **state)
{
	(void)state;
	zone_close(amsterdam);
	return 0;
}

static int64_t instant(const char *iso)
{
	struct wall wall;
	int64_t ms = 0;

	assert_true(wall_parse(iso, &wall));
	assert_int_equal(zone_instant(amsterdam, &wall, &ms), ZONE_OK);
	return ms;
}

static char *moment(struct arena *arena, int64_t ms, bool all_day)
{
	if (all_day)
		return zone_format_date(amsterdam, arena, ms);
	return arena_printf(arena, "%.16s", zone_format_iso(amsterdam, arena, ms));
}

static char *meaning_of(struct arena *arena, enum when_verdict verdict, const struct when *when)
{
	char *text;

	if (verdict != WHEN_OK) {
		assert_int_equal(when->start_ms, 0);
		assert_null(when->rrule);
		return arena_dup(arena, when_verdict_code(verdict));
	}
	text = moment(arena, when->start_ms, when->all_day);
	if (when->has_end)
		text = arena_printf(arena, "%s/%s", text, moment(arena, when->end_ms, when->all_day));
	return when->rrule ? arena_printf(arena, "%s %s", text, when->rrule) : text;
}

/* The phrase without the spans, white space tidied. */
static char *rest_of(struct arena *arena, const char *phrase, const struct when *when)
{
	char *rest = arena_alloc(arena, strlen(phrase) + 1);
	size_t len = 0, span = 0;
	bool space = false;

	for (size_t i = 0; phrase[i]; i++) {
		while (span < when->spans_len && i >= when->spans[span].at + when->spans[span].len)
			span++;
		if (phrase[i] == ' ' || (span < when->spans_len && i >= when->spans[span].at)) {
			space = len > 0;
			continue;
		}
		if (space)
			rest[len++] = ' ';
		space = false;
		rest[len++] = phrase[i];
	}
	return rest;
}

static bool case_holds(const char *sent, const struct phrase_case *is)
{
	AUTO_ARENA arena = arena_create(1 << 20);
	struct when when;
	enum when_verdict verdict = when_read(amsterdam, arena, is->phrase, instant(sent), &when);
	const char *meaning = meaning_of(arena, verdict, &when), *rest = rest_of(arena, is->phrase, &when);

	if (strcmp(meaning, is->meaning) == 0 && strcmp(rest, is->rest) == 0)
		return true;
	print_error("\"%s\" sent %s\n  expected %s [%s]\n  found    %s [%s]\n", is->phrase, sent, is->meaning, is->rest, meaning,
		    rest);
	return false;
}

static void when_read__understands__what_people_type(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		wrong += !case_holds("2022-06-14T09:00", &cases[i]);
	assert_int_equal(wrong, 0);
}

static void when_read__counts_from__when_it_was_sent(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(dated_cases); i++)
		wrong += !case_holds(dated_cases[i].sent, &dated_cases[i].is);
	assert_int_equal(wrong, 0);
}

static void when_read__ignores__odd_spaces(void **state)
{
	AUTO_ARENA arena = arena_create(1 << 22);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct when plain, odd;
		char *text = arena_alloc(arena, 3 * strlen(cases[i].phrase) + 1);
		enum when_verdict expected = when_read(amsterdam, arena, cases[i].phrase, instant("2022-06-14T09:00"), &plain);
		size_t len = 0;

		for (const char *p = cases[i].phrase; *p; p++) {
			if (*p == ' ')
				len += (size_t)snprintf(text + len, 4, "\xc2\xa0 "); /* a no-break space and a plain one */
			else
				text[len++] = *p;
		}
		assert_int_equal(when_read(amsterdam, arena, text, instant("2022-06-14T09:00"), &odd), expected);
		assert_true(odd.start_ms == plain.start_ms && odd.end_ms == plain.end_ms);
	}
}

static void when_read__tells_apart__what_shares_a_code(void **state)
{
	static const struct {
		const char *phrase;
		enum when_verdict verdict;
	} twins[] = {
		{ "31 februari bbq", WHEN_DATE_INVALID },
		{ "vrijdag 15 juni bbq", WHEN_DATE_CONTRADICTS },
		{ "15 juni, vrijdag, bbq", WHEN_DATE_CONTRADICTS },
		{ "zondag over twee weken bbq", WHEN_DATE_CONTRADICTS },
		{ "over 2 weken zondag bbq", WHEN_DATE_CONTRADICTS },
		{ "maandag en woensdag 9:00 gym", WHEN_DATE_CONTRADICTS },
		{ "maandag 9:00 en woensdag 10:00 gym", WHEN_DATE_CONTRADICTS },
		{ "gisteren 20:00 bbq", WHEN_DATE_PAST },
		{ "party yesterday", WHEN_DATE_PAST },
		{ "15 juni 25:00 bbq", WHEN_TIME_INVALID },
		{ "26 maart 2023 02:30 bbq", WHEN_TIME_SKIPPED },
	};
	AUTO_ARENA arena = arena_create(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(twins); i++) {
		struct when when;

		assert_int_equal(when_read(amsterdam, arena, twins[i].phrase, instant("2022-06-14T09:00"), &when), twins[i].verdict);
	}
}

static void when_read_move__keeps__what_is_not_said(void **state)
{
	static const struct {
		const char *old;
		const char *phrase;
		const char *meaning;
	} moves[] = {
		{ "15 juni 20:00", "20:30", "2022-06-15T20:30" },
		{ "15 juni 20:00-22:00", "20:30", "2022-06-15T20:30/2022-06-15T22:30" },
		{ "15 juni 20:00-22:00", "20:30-21:00", "2022-06-15T20:30/2022-06-15T21:00" },
		{ "15 juni 20:00-22:00", "vrijdag", "2022-06-17T20:00/2022-06-17T22:00" },
		{ "15 juni 20:00", "vrijdag half acht", "2022-06-17T19:30" },
		{ "15 juni 20:00", "vrijdag hele dag", "2022-06-17" },
		{ "15 juni 20:00", "vrijdagavond", "time.missing" },
		{ "15 juni 20:00", "naar binnen", "date.missing" },
		{ "15 juni 20:00", "25:00", "time.invalid" },
		{ "15 juni", "20:30", "2022-06-15T20:30" },
		{ "15 juni", "vrijdag", "2022-06-17" },
		{ "10 t/m 12 september", "17 september", "2022-09-17/2022-09-20" },
		{ "vandaag 10:00", "08:30", "date.past" },
	};
	AUTO_ARENA arena = arena_create(1 << 20);
	int64_t sent = instant("2022-06-14T09:00");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
		struct when old, when;
		enum when_verdict verdict;

		assert_int_equal(when_read(amsterdam, arena, moves[i].old, sent, &old), WHEN_OK);
		verdict = when_read_move(amsterdam, arena, moves[i].phrase, sent, &old, &when);
		assert_string_equal(meaning_of(arena, verdict, &when), moves[i].meaning);
	}
}

static void when_is_all__tells__a_time_from_a_text(void **state)
{
	static const struct {
		const char *phrase;
		bool all;
	} texts[] = {
		{ "20:30", true },	  { " vrijdag, 20:30.", true }, { "5 juni bbq", false }, { "", false },
		{ "naar 20:30", false }, { "bbq", false },		{ "elke donderdag - 10 uur", true },
	};
	AUTO_ARENA arena = arena_create(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct when when;
		enum when_verdict verdict = when_read(amsterdam, arena, texts[i].phrase, instant("2022-06-14T09:00"), &when);

		assert_true(verdict == WHEN_OK || verdict == WHEN_DATE_MISSING);
		assert_int_equal(when_is_all(&when, texts[i].phrase), texts[i].all);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(when_read__understands__what_people_type),
		cmocka_unit_test(when_read__counts_from__when_it_was_sent),
		cmocka_unit_test(when_read__ignores__odd_spaces),
		cmocka_unit_test(when_read__tells_apart__what_shares_a_code),
		cmocka_unit_test(when_read_move__keeps__what_is_not_said),
		cmocka_unit_test(when_is_all__tells__a_time_from_a_text),
	};

	return cmocka_run_group_tests(tests, open_amsterdam, close_amsterdam);
}
