/* Who is who: one's own cross-signing identity, secret storage and backup, and what one knows of others. */
import { api } from "./sdk.js";

export class Identity {
	constructor(user, password) {
		this.user = user;
		this.password = password;
	}

	attach(client) {
		this.client = client;
		this.crypto = client.getCrypto();
		this.requests = requests;
	}

	/* The storage key is the one this device made or was given. */
	callbacks() {
		return {
			getSecretStorageKey: async ({ keys }) => this.storageKey && [Object.keys(keys)[0], this.storageKey],
			cacheSecretStorageKey: (id, info, key) => { this.storageKey = key; },
		};
	}

	/* The server asks for the password, or does not: the first answer tells. */
	async withPassword(makeRequest) {
		try {
			return await makeRequest(null);
		} catch (error) {
			if (!error.data?.flows)
				throw error;
			return makeRequest({ type: "m.login.password", password: this.password, session: error.data.session,
				identifier: { type: "m.id.user", user: this.user } });
		}
	}

	signing(isNew) {
		return this.crypto.bootstrapCrossSigning({ setupNewCrossSigning: isNew,
			authUploadDeviceSigningKeys: (makeRequest) => this.withPassword(makeRequest) });
	}
}

const requests = {
	cross_sign() {
		return this.signing(false);
	},

	reset_identity() {
		return this.signing(true);
	},

	/* Secret storage with the cross-signing keys, and a key backup. Gives the recovery key. */
	async store_secrets() {
		const key = await this.crypto.createRecoveryKeyFromPassphrase();
		await this.crypto.bootstrapSecretStorage({ createSecretStorageKey: async () => key,
			setupNewSecretStorage: true, setupNewKeyBackup: true });
		this.storageKey = key.privateKey;
		return key.encodedPrivateKey;
	},

	/* On a new device: the identity from secret storage, this device signed, the history's keys from the backup. */
	async recover({ recovery_key: text }) {
		this.storageKey = api.decodeRecoveryKey(text);
		await this.crypto.getUserDeviceInfo([this.user], true); /* private keys are taken when the public ones are known */
		await this.signing(false);
		if (!await this.crypto.getKeyBackupInfo())
			return 0;
		await this.crypto.loadSessionBackupPrivateKeyFromSecretStorage();
		await this.crypto.checkKeyBackupAndEnable();
		return (await this.crypto.restoreKeyBackup()).imported;
	},

	async identity({ user }) {
		const status = await this.crypto.getUserVerificationStatus(user);
		const keys = await this.crypto.getUserCrossSigningKeys(user);
		return {
			known: status.known, verified: status.isCrossSigningVerified(),
			was_verified: status.wasCrossSigningVerified(), needs_approval: status.needsUserApproval,
			master_key: keys?.master_key && Object.values(keys.master_key.keys)[0],
		};
	},

	pin_identity({ user }) {
		return this.crypto.pinCurrentUserIdentity(user);
	},

	withdraw_verification({ user }) {
		return this.crypto.withdrawVerificationRequirement(user);
	},

	/* The devices of a user by their ids, asked from the server. */
	async devices({ user }) {
		const found = {};
		for (const [id, device] of (await this.crypto.getUserDeviceInfo([user], true)).get(user) ?? []) {
			const status = await this.crypto.getDeviceVerificationStatus(user, id);
			found[id] = {
				ed25519: device.getFingerprint(), curve25519: device.getIdentityKey(),
				signed: status?.signedByOwner ?? false, verified: status?.isVerified() ?? false,
				locally_verified: status?.localVerified ?? false,
			};
		}
		return found;
	},

	async mark_device({ user, device, verified }) {
		await this.crypto.getUserDeviceInfo([user], true);
		await this.crypto.setDeviceVerified(user, device, verified);
	},

	/* Talk to signed devices only and hide what others send, or to all. */
	isolate({ signed_only: signedOnly }) {
		this.crypto.setDeviceIsolationMode(signedOnly ? new api.OnlySignedDevicesIsolationMode()
			: new api.AllDevicesIsolationMode(false));
	},
};
