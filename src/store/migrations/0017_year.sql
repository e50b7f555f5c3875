-- The rhythm of the year: what has no date yet, and the rounds in which every core is asked how it stands.

-- What was done about an event of the config's year that is meant for a month.
CREATE TABLE year_occasion (
	name TEXT NOT NULL,                  -- as the config calls it
	month TEXT NOT NULL,                 -- '2022-10'
	nudged_on TEXT,                      -- when the coordinators last heard that it has no date: '2022-08-09'
	dropped_by INTEGER REFERENCES person (id), -- who said that it need not be; NULL: nobody
	dropped_at_ms INTEGER,
	PRIMARY KEY (name, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX year_occasion_nudged ON year_occasion (nudged_on) WHERE nudged_on IS NOT NULL;

-- What the year looks for on the agenda.
CREATE INDEX agenda_event_of_all ON agenda_event (starts) WHERE core IS NULL AND status = 'confirmed';

-- How each core is asked, every few months, how it stands: our messages, by their dedupe key. A reply to one is an answer (story).
CREATE TABLE round_ask (
	key TEXT PRIMARY KEY,                -- 'day/kruitberg/2022-09-01'
	round TEXT NOT NULL,                 -- the day it began: '2022-09-01'
	core INTEGER NOT NULL REFERENCES core (id),
	day TEXT NOT NULL                    -- when we asked
) STRICT, WITHOUT ROWID;
CREATE INDEX round_ask_core ON round_ask (core, round, day);
CREATE INDEX round_ask_round ON round_ask (round, core);
