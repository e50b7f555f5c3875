-- What the bot says by itself.

-- For which day a group's day post was last composed, also when there was nothing to say. After an
-- outage this tells which days the next post stands in for.
CREATE TABLE day_post (
	app_group INTEGER PRIMARY KEY REFERENCES app_group (id),
	date TEXT NOT NULL                   -- '2022-06-14', on the neighbourhood's wall
) STRICT;
