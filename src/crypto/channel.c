#include "crypto/channel.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "crypto/channel_session.h"
#include "crypto/keyring.h"
#include "crypto/olm.h"
#include "crypto/olm_payload.h"
#include "crypto/todevice.h"

/* The content of m.room.encrypted for one device. */
static char *format_sealed(struct view *view, const char *peer, const struct pair_message *message)
{
	AUTO_JSON content = json_object_create();
	struct cJSON *ciphertext = json_object_create(), *theirs = json_object_create();

	json_set_int(theirs, "type", message->type);
	json_set_str(theirs, "body", message->body);
	json_set(ciphertext, peer, theirs);
	json_set_str(content, "algorithm", OLM_ALGORITHM);
	json_set_str(content, "sender_key", keyring_curve25519(view));
	json_set(content, "ciphertext", ciphertext);
	return json_print(view_arena(view), content);
}

bool channel_send(struct crypto *crypto, struct turn *turn, const struct device *device, const char *type, const struct cJSON *content,
                  const char *group)
{
	struct view *view = turn_view(turn);
	AUTO_JSON own = NULL;
	const struct channel_session *rows;
	struct pair_session *pair;
	struct pair_message message;
	const char *text;
	size_t len;

	rows = channel_sessions(view, device->curve25519, &len);
	if (len == 0)
		return false;
	own = keyring_device_keys(crypto, view);
	text = olm_payload_format(turn_arena(turn), &(struct olm_payload){
		.type = type,
		.content = content,
		.sender = crypto->user,
		.sender_ed25519 = keyring_ed25519(view),
		.recipient = device->user,
		.recipient_ed25519 = device->ed25519,
		.sender_device_keys = own,
	});
	pair = channel_session_open(crypto, view, &rows[0]);
	message = pair_session_encrypt(pair, text, strlen(text));
	channel_session_store(crypto, turn, &rows[0], pair);
	todevice_add(turn, "m.room.encrypted", device->user, device->id, format_sealed(view, device->curve25519, &message), group);
	pair_session_clear(pair);
	return true;
}

int64_t channel_wedges(struct view *view, const struct device *device)
{
	return channel_session_newest_inbound(view, device->curve25519);
}
