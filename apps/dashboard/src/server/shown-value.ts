import { msgpackCodec } from "@waymark/engine/msgpack";
import { type RedactedJson, redactJson } from "../redaction/redact-json.ts";
import { redactValue } from "../redaction/redact-value.ts";
import type { IsSecret } from "../redaction/secret-names.ts";
import type { RenderedValue } from "./value-text.ts";

/** A recorded value without what is hidden in it. */
export interface ShownValue extends Pick<RedactedJson, "hidden" | "marks" | "keys"> {
	readonly value: RenderedValue;
}

/**
 * Before anything is cut off, so that no secret is cut in half. Of the other formats only MessagePack can be read: the
 * bytes of a codec of somebody's own are shown as they are.
 */
export function hideSecrets(value: RenderedValue, isSecret: IsSecret | null, mode: "mark" | "omit"): ShownValue {
	if (isSecret === null) return { value, hidden: 0, marks: [], keys: [] };
	if (value.kind === "text") {
		const { text, ...rest } = redactJson(value.text, isSecret, mode);
		return { value: { ...value, text }, ...rest };
	}
	const bytes = value.codec === msgpackCodec.name ? redactedBytes(value.bytes, isSecret) : null;
	return { value: bytes === null ? value : { ...value, bytes }, hidden: bytes === null ? 0 : 1, marks: [], keys: [] };
}

/** Null: nothing is hidden in them. */
function redactedBytes(bytes: Uint8Array, isSecret: IsSecret): Uint8Array | null {
	try {
		const value: unknown = msgpackCodec.decode(bytes);
		const shown = redactValue(value, isSecret);
		return shown === value ? null : msgpackCodec.encode(shown);
	} catch {
		// Not MessagePack after all.
		return null;
	}
}
