export function isSync(url) {
	return new URL(url).pathname.endsWith("/sync");
}

/*
 * A network that can be taken away: while the gate is closed requests wait at it, and the long poll under way
 * is broken off and made anew when the gate opens. The SDK sees slow answers, never an error, so it goes on
 * at once afterwards instead of backing off for seconds.
 */
export class Gate {
	constructor() {
		this.open();
	}

	open() {
		this.release?.();
		this.passage = Promise.resolve();
		this.closing = new AbortController();
	}

	close() {
		this.closing.abort();
		this.passage = new Promise((resolve) => { this.release = resolve; });
	}

	async fetch(url, options = {}) {
		for (;;) {
			await this.passage;
			const { signal: closed } = this.closing;
			const polls = isSync(url);
			const signals = [options.signal, polls && closed].filter(Boolean);
			try {
				return await fetch(url, { ...options, signal: AbortSignal.any(signals) });
			} catch (error) {
				if (!polls || !closed.aborted || options.signal?.aborted)
					throw error;
			}
		}
	}
}
