/*
 * The second client of the scenario tests: many users on matrix-js-sdk in one program, spoken to in JSON
 * lines on stdin and stdout; tests/scenario/node_program.py is the other end.
 *
 *     {"id": 1, "session": "s1", "do": "send", "room": "!r:x", "type": "m.room.message", "content": {...}}
 *     {"id": 1, "result": {...}}            or   {"id": 1, "error": {"message": "...", "errcode": "M_..."}}
 *     {"session": "s1", "event": "timeline", ...}                     told unasked, as things come
 *
 * What can be asked stands in `requests` of session.js, identity.js and verification.js. Keys live in memory
 * and end with the program, which ends when its stdin does.
 */
import { createInterface } from "node:readline";

import { Session } from "./session.js";

const sessions = new Map();

function tell(message) {
	process.stdout.write(JSON.stringify(message) + "\n");
}

function errorOf(error) {
	return { message: String(error?.message ?? error), errcode: error?.errcode, status: error?.httpStatus };
}

async function perform({ session: name, do: verb, ...request }) {
	if (verb === "open") {
		const session = new Session(request, (event, more) => tell({ session: name, event, ...more }));
		sessions.set(name, session);
		return session.open();
	}
	const session = sessions.get(name);
	if (!session)
		throw new Error(`no session ${name}`);
	return session.perform(verb, request);
}

async function answer(line) {
	const { id, ...request } = JSON.parse(line);
	try {
		tell({ id, result: (await perform(request)) ?? null });
	} catch (error) {
		console.error(`${request.do} failed:`, error);
		tell({ id, error: errorOf(error) });
	}
}

/* The SDK leaves some promises to fate, such as requests under way when a device is logged out. */
process.on("unhandledRejection", (error) => console.error("nobody awaited:", error));
createInterface({ input: process.stdin }).on("line", answer).on("close", () => process.exit(0));
