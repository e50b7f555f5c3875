/*
 * One user on one device: the SDK's client, its life and its rooms. Whatever the sync brings is told as
 *
 *     timeline    an event of a room, decrypted when that could be done (describe())
 *     late        the same event once more, when its key came after it
 *     gap         the sync left out events of this room between these two tokens
 *     to_device   a to-device message that could be read, decrypted when it was encrypted
 *     wire_to_device   each to-device message as the server gave it
 */
import { Gate, isSync } from "./gate.js";
import { Identity } from "./identity.js";
import { api, sdk, wasm } from "./sdk.js";
import { Verifications } from "./verification.js";

const { ClientEvent, MatrixEvent, MatrixEventEvent, RoomEvent } = sdk;
const ECHO = "test.rotonde.echo";
const TIMELINE_LIMIT = 100;

export class Session {
	constructor({ url, user, device, token, password }, tell) {
		this.tell = tell;
		this.gate = new Gate();
		this.told = Promise.resolve();
		this.unread = new Set();
		this.identity = new Identity(user, password);
		this.client = sdk.createClient({
			baseUrl: url, userId: user, deviceId: device, accessToken: token,
			verificationMethods: ["m.sas.v1"], cryptoCallbacks: this.identity.callbacks(),
			fetchFn: (resource, options) => this.fetch(resource, options),
		});
		this.verifications = new Verifications(this.client, tell);
	}

	/* Returns after the first sync. */
	async open() {
		const { client } = this;
		await client.initRustCrypto({ useIndexedDB: false });
		this.crypto = client.getCrypto();
		this.identity.attach(client);
		this.verifications.listen();
		this.listen();
		await client.startClient({
			filter: sdk.Filter.fromJson(client.getUserId(), "", { room: { timeline: { limit: TIMELINE_LIMIT } } }),
			initialSyncLimit: TIMELINE_LIMIT, disablePresence: true,
			/* An event enters the timeline when the server gives it, our own too. */
			pendingEventOrdering: sdk.PendingEventOrdering.Detached,
		});
		await this.until(ClientEvent.Sync, () => client.isInitialSyncComplete());
		return this.crypto.getOwnDeviceKeys();
	}

	perform(verb, request) {
		for (const [subject, actions] of [[this, requests], [this.identity, this.identity.requests],
			[this.verifications, this.verifications.requests]])
			if (Object.hasOwn(actions, verb))
				return actions[verb].call(subject, request);
		throw new Error(`no such request: ${verb}`);
	}

	listen() {
		const { client } = this;
		client.on(ClientEvent.Sync, (state, before, data) => { this.since = data?.nextSyncToken ?? this.since; });
		client.on(RoomEvent.Timeline, (event, room, toStart, removed) => {
			if (room && !toStart && !removed)
				this.tellInOrder(() => this.tellTimeline(event));
		});
		client.on(RoomEvent.TimelineReset, (room) => {
			const from = room.getLiveTimeline().getPaginationToken(sdk.EventTimeline.BACKWARDS);
			const to = this.since;
			if (to)
				this.tellInOrder(() => this.tell("gap", { room: room.roomId, from, to }));
		});
		client.on(MatrixEventEvent.Decrypted, (event) => {
			if (!event.isDecryptionFailure() && this.unread.delete(event.getId()))
				this.tellInOrder(async () => this.tell("late", { description: await this.describe(event) }));
		});
		client.on(ClientEvent.ReceivedToDeviceMessage, ({ message, encryptionInfo }) =>
			this.tell("to_device", { message, encryption: encryptionInfo }));
	}

	async fetch(resource, options) {
		const response = await this.gate.fetch(resource, options);
		if (isSync(resource) && response.ok)
			for (const message of (await response.clone().json()).to_device?.events ?? [])
				this.tell("wire_to_device", { message });
		return response;
	}

	tellInOrder(action) {
		this.told = this.told.then(action).catch((error) => console.error("cannot tell:", error));
	}

	async tellTimeline(event) {
		await this.client.decryptEventIfNeeded(event);
		if (event.isDecryptionFailure())
			this.unread.add(event.getId());
		this.tell("timeline", { description: await this.describe(event) });
	}

	/* An event as a reader sees it; one that cannot be read keeps its wire type and names the failure. */
	async describe(event) {
		const unreadable = event.isDecryptionFailure();
		return {
			...event.event,
			type: unreadable ? event.getWireType() : event.getType(),
			content: unreadable ? event.getWireContent() : event.getOriginalContent(),
			encrypted: event.isEncrypted(), wire_content: event.getWireContent(),
			failure: event.decryptionFailureReason, ...await this.shield(event),
			sender_key: event.getSenderKey(), claimed_ed25519: event.getClaimedEd25519Key(),
		};
	}

	async shield(event) {
		const info = await this.crypto.getEncryptionInfoForEvent(event);
		return {
			shield: info && api.EventShieldColour[info.shieldColour],
			shield_reason: info && info.shieldReason !== null ? api.EventShieldReason[info.shieldReason] : null,
		};
	}

	/* Returns when the probe holds; it is tried now and at each such event of the client. */
	until(event, probe) {
		if (probe())
			return Promise.resolve();
		return new Promise((resolve) => {
			const again = () => {
				if (!probe())
					return;
				this.client.off(event, again);
				resolve();
			};
			this.client.on(event, again);
		});
	}

	async joinedRoom(id) {
		await this.until(ClientEvent.Sync, () => this.client.getRoom(id)?.getMyMembership() === "join");
		return this.client.getRoom(id);
	}

	async decrypted(raw) {
		const event = new MatrixEvent(raw);
		await this.client.decryptEventIfNeeded(event);
		return event;
	}
}

const requests = {
	close() {
		this.gate.open();
		this.client.stopClient();
	},

	pause() {
		this.gate.close();
	},

	resume() {
		this.gate.open();
	},

	/* Returns when all that the server had before this request has been told: our own echo comes behind it. */
	async catch_up() {
		const stamp = String(Math.random());
		let echoed = false;
		const seen = (event) => { echoed ||= event.getType() === ECHO && event.getContent().stamp === stamp; };
		this.client.on(ClientEvent.AccountData, seen);
		const path = `/user/${encodeURIComponent(this.client.getUserId())}/account_data/${ECHO}`;
		await this.client.http.authedRequest("PUT", path, undefined, { stamp });
		await this.until(ClientEvent.Sync, () => echoed);
		this.client.off(ClientEvent.AccountData, seen);
		await this.told;
	},

	async is_encrypted({ room }) {
		await this.joinedRoom(room);
		return this.crypto.isEncryptionEnabledInRoom(room);
	},

	async send({ room, type, content }) {
		await this.joinedRoom(room);
		return (await this.client.sendEvent(room, type, content)).event_id;
	},

	/* What would be sent, with its keys shared, for somebody else to send. */
	async encrypt({ room: id, type, content }) {
		const room = await this.joinedRoom(id);
		const event = new MatrixEvent({ type, content, room_id: id, sender: this.client.getUserId() });
		if (await this.client.shouldEncryptEventForRoom(event, room))
			await this.crypto.encryptEvent(event, room);
		return { type: event.getWireType(), content: event.getWireContent() };
	},

	/* Events as the server gives them, as a reader sees them. */
	async decrypt({ room, events }) {
		const descriptions = [];
		for (const raw of events)
			descriptions.push(await this.describe(await this.decrypted({ ...raw, room_id: room })));
		return descriptions;
	},

	async prepare({ room }) {
		this.crypto.prepareToEncrypt(await this.joinedRoom(room));
	},

	/* The SDK gives whom it invites the keys of what was said before (MSC4268). */
	async invite({ room, user }) {
		await this.joinedRoom(room);
		await this.client.invite(room, user);
	},

	forget_session({ room }) {
		return this.crypto.forceDiscardSession(room);
	},

	export_keys() {
		return this.crypto.exportRoomKeys();
	},

	import_keys({ keys }) {
		return this.crypto.importRoomKeys(keys);
	},

	to_device({ type, messages }) {
		const users = Object.entries(messages).map(([user, devices]) => [user, new Map(Object.entries(devices))]);
		return this.client.sendToDevice(type, new Map(users));
	},

	async encrypt_to_device({ type, user, device, content }) {
		const { batch } = await this.crypto.encryptToDeviceMessages(
			type, [{ userId: user, deviceId: device }], content);
		return batch[0].payload;
	},

	encrypt_attachment({ data }) {
		const encrypted = wasm.Attachment.encrypt(Buffer.from(data, "base64"));
		return { data: Buffer.from(encrypted.encryptedData).toString("base64"),
			file: JSON.parse(encrypted.mediaEncryptionInfo) };
	},

	decrypt_attachment({ data, file }) {
		const encrypted = new wasm.EncryptedAttachment(Buffer.from(data, "base64"), JSON.stringify(file));
		return Buffer.from(wasm.Attachment.decrypt(encrypted)).toString("base64");
	},
};
