import type { ValueRef } from "@waymark/engine/graph";
import { ApiError } from "./api-error.ts";
import { getBackend } from "./backend.ts";
import { findDefinition, findInstance } from "./instance-state.ts";
import { type RenderedValue, renderValue } from "./value-text.ts";
import type { ValueResponse } from "./wire.ts";

const PREVIEW_BYTES = 64 * 1024;
const FULL_BYTES = 2 * 1024 * 1024;
const HEX_BYTES = 512;
const MAX_REF = 4_000;

/** `GET /api/instances/{id}/value?run=…&ref=…`, with `full=1` for up to 2 MiB and `download=1` for a file. */
export async function instanceValue(request: Request, instanceId: string): Promise<ValueResponse | Response> {
	const params = new URL(request.url).searchParams;
	const ref = params.get("ref") ?? "";
	if (ref === "" || ref.length > MAX_REF || ref.includes("\0")) {
		throw new ApiError("BadRequest", '"ref" names the value to show. Take it from the instance\'s state.');
	}
	const value = await load(instanceId, params.get("run"), ref);
	if (params.get("download") === "1") return download(value);
	return preview(value, params.get("full") === "1" ? FULL_BYTES : PREVIEW_BYTES);
}

async function load(instanceId: string, run: string | null, ref: ValueRef): Promise<RenderedValue> {
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

function preview(value: RenderedValue, limit: number): ValueResponse {
	const { codec, wrappers } = value;
	if (value.kind === "binary") {
		const text = Buffer.from(value.bytes.subarray(0, HEX_BYTES)).toString("hex");
		const size = value.bytes.byteLength;
		return { text, encoding: "hex", size, codec, truncated: size > HEX_BYTES, wrappers };
	}
	const bytes = Buffer.from(value.text, "utf8");
	const truncated = bytes.byteLength > limit;
	const text = truncated ? headOf(bytes, limit) : value.text;
	return { text, encoding: "text", size: bytes.byteLength, codec, truncated, wrappers };
}

/** Cuts between characters, never inside one. */
function headOf(bytes: Buffer, limit: number): string {
	let end = limit;
	while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
	return bytes.toString("utf8", 0, end);
}

/** Always a file and never something that the browser would show: payloads are hostile. */
function download(value: RenderedValue): Response {
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
