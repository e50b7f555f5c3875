/*
 * Comparing emoji, one step at a time and from either side. Each flow goes by its transaction id (in a room:
 * the id of the request's event); every change of one is told as `verification`, with all that is known of it.
 */
import { api } from "./sdk.js";

const { CryptoEvent, VerificationPhase, VerificationRequestEvent, VerifierEvent } = api;

export class Verifications {
	constructor(client, tell) {
		this.client = client;
		this.tell = tell;
		this.flows = new Map();
		this.requests = requests;
	}

	listen() {
		this.client.on(CryptoEvent.VerificationRequestReceived, (request) => this.watch(request));
	}

	watch(request) {
		const flow = { request };
		this.flows.set(request.transactionId, flow);
		request.on(VerificationRequestEvent.Change, () => this.changed(flow));
		return this.changed(flow);
	}

	changed(flow) {
		const { verifier } = flow.request;
		if (verifier && verifier !== flow.verifier) {
			flow.verifier = verifier;
			verifier.on(VerifierEvent.ShowSas, () => this.changed(flow));
		}
		const state = stateOf(flow);
		this.tell("verification", state);
		return state;
	}

	/* Sends what the other side awaits and goes on by itself until the emoji are there. */
	run(verifier) {
		verifier.verify().catch((error) => console.error("verification ended:", error));
	}

	flow(transaction) {
		const flow = this.flows.get(transaction);
		if (!flow)
			throw new Error(`no verification ${transaction}`);
		return flow;
	}

	/* The SDK waits no longer than a second for the answer that tells of a device. */
	async deviceIsKnown(user, device) {
		const crypto = this.client.getCrypto();
		for (let tries = 0; tries < 60; tries++) {
			const known = (await crypto.getUserDeviceInfo([user], true)).get(user);
			if (known?.has(device))
				return;
			await new Promise((resolve) => { setTimeout(resolve, 500); });
		}
	}

	emoji(transaction) {
		const shown = this.flow(transaction).request.verifier?.getShowSasCallbacks();
		if (!shown)
			throw new Error("there are no emoji to compare yet");
		return shown;
	}
}

function stateOf({ request }) {
	const shown = request.verifier?.getShowSasCallbacks();
	return {
		transaction: request.transactionId, phase: VerificationPhase[request.phase].toLowerCase(),
		room: request.roomId, user: request.otherUserId, device: request.otherDeviceId,
		mine: request.initiatedByMe, emoji: shown?.sas.emoji, decimal: shown?.sas.decimal,
		cancel_code: request.cancellationCode, cancelled_by: request.cancellingUserId,
	};
}

const requests = {
	/* In a room; or to one device; or, with neither, to one's own other devices. */
	async verify({ user, room, device }) {
		const crypto = this.client.getCrypto();
		if (room)
			return this.watch(await crypto.requestVerificationDM(user, room));
		if (device) {
			await this.deviceIsKnown(user, device);
			return this.watch(await crypto.requestDeviceVerification(user, device));
		}
		return this.watch(await crypto.requestOwnUserVerification());
	},

	accept_request({ transaction }) {
		return this.flow(transaction).request.accept();
	},

	async start_sas({ transaction }) {
		this.run(await this.flow(transaction).request.startVerification("m.sas.v1"));
	},

	accept_sas({ transaction }) {
		this.run(this.flow(transaction).request.verifier);
	},

	confirm_sas({ transaction }) {
		return this.emoji(transaction).confirm();
	},

	mismatch_sas({ transaction }) {
		this.emoji(transaction).mismatch();
	},

	cancel_verification({ transaction, code, reason }) {
		return this.flow(transaction).request.cancel({ code, reason });
	},
};
