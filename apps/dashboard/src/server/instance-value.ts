import type { ValueRef } from "@waymark/engine/graph";
import { ApiError } from "./api-error.ts";
import { getBackend } from "./backend.ts";
import { secretNames } from "./hiding.ts";
import { findDefinition, findInstance } from "./instance-state.ts";
import { hideSecrets, type ShownValue } from "./shown-value.ts";
import { type RenderedValue, renderValue } from "./value-text.ts";
import type { ValueResponse } from "./wire.ts";

const PREVIEW_BYTES = 64 * 1024;
const FULL_BYTES = 2 * 1024 * 1024;
const HEX_BYTES = 512;
const MAX_REF = 4_000;

/**
 * `GET /api/instances/{id}/value?run=…&ref=…`, with `full=1` for up to 2 MiB and `download=1` for a file. What is secret is
 * not in it; with `omit=1` nothing stands in its place.
 */
export async function instanceValue(request: Request, instanceId: string): Promise<ValueResponse | Response> {
	const params = new URL(request.url).searchParams;
	const value = await loadValue(instanceId, params.get("run"), readRef(params.get("ref")));
	const shown = hideSecrets(value, secretNames(), params.get("omit") === "1" ? "omit" : "mark");
	if (params.get("download") === "1") return download(shown);
	return preview(shown, params.get("full") === "1" ? FULL_BYTES : PREVIEW_BYTES);
}

export function readRef(ref: string | null): ValueRef {
	if (ref === null || ref === "" || ref.length > MAX_REF || ref.includes("\0")) {
		throw new ApiError("BadRequest", '"ref" names the value to show. Take it from the instance\'s state.');
	}
	return ref;
}

/** As it is recorded: for hideSecrets, or for who may see all of it. */
export async function loadValue(instanceId: string, run: string | null, ref: ValueRef): Promise<RenderedValue> {
	const backend = await getBackend();
	const instance = await findInstance(backend, instanceId);
	if (run !== null && run !== "" && run !== instance.runId) {
		throw new ApiError("ValueNotFound", "The id belongs to a newer run by now. Reload the page.", instance);
	}
	const { graph } = await findDefinition(backend, instance.definitionHash);
	const value = await renderValue({ backend, graph, runId: instance.runId }, ref);
	if (value === null)
		throw new ApiError("ValueNotFound", "Nothing is recorded there yet. Wait until the node has ended.");
	return value;
}

/** The value in clear, as far as a page shows any. */
export function inClear(value: RenderedValue): ValueResponse {
	return preview({ value, hidden: 0, marks: [], keys: [] }, FULL_BYTES);
}

function preview({ value, hidden, marks, keys: hiddenKeys }: ShownValue, limit: number): ValueResponse {
	const { codec, wrappers } = value;
	if (value.kind === "binary") {
		const text = Buffer.from(value.bytes.subarray(0, HEX_BYTES)).toString("hex");
		const size = value.bytes.byteLength;
		const truncated = size > HEX_BYTES;
		return { text, encoding: "hex", size, codec, truncated, wrappers, hidden, marks, hiddenKeys };
	}
	const bytes = Buffer.from(value.text, "utf8");
	const truncated = bytes.byteLength > limit;
	const text = truncated ? headOf(bytes, limit) : value.text;
	const size = bytes.byteLength;
	return {
		text,
		encoding: "text",
		size,
		codec,
		truncated,
		wrappers,
		hidden,
		marks: truncated ? [] : marks,
		hiddenKeys,
	};
}

/** Cuts between characters, never inside one. */
function headOf(bytes: Buffer, limit: number): string {
	let end = limit;
	while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
	return bytes.toString("utf8", 0, end);
}

/** Always a file and never something that the browser would show: payloads are hostile. */
function download({ value }: ShownValue): Response {
	const isText = value.kind === "text";
	return new Response(isText ? value.text : new Uint8Array(value.bytes), {
		headers: {
			"content-type": isText ? "text/plain; charset=utf-8" : "application/octet-stream",
			"content-disposition": `attachment; filename="value.${isText ? "json.txt" : "bin"}"`,
			"x-content-type-options": "nosniff",
			"cache-control": "no-store",
		},
	});
}
