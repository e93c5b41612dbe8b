import type { PersistentBackend, StoredValue } from "@waymark/engine/backend";
import {
	branchEnds,
	definitionPath,
	indexGraph,
	sourceOf,
	unwrap,
	type ValueRef,
	type WorkflowGraph,
	type Wrapper,
} from "@waymark/engine/graph";

/**
 * A recorded value as it looks to people. Values stay text: nothing is parsed for display, so numbers keep their
 * digits and keys their order. Wrappers are written around the stored text.
 */
export type RenderedValue =
	| {
			readonly kind: "text";
			readonly text: string;
			readonly codec: string | null;
			readonly wrappers: readonly string[];
	  }
	| {
			readonly kind: "binary";
			readonly bytes: Uint8Array;
			readonly codec: string;
			readonly wrappers: readonly string[];
	  };

interface Place {
	readonly backend: PersistentBackend;
	readonly graph: WorkflowGraph;
	readonly runId: string;
}

/** Null: nothing is recorded under that reference (yet). */
export async function renderValue(place: Place, ref: ValueRef): Promise<RenderedValue | null> {
	const source = sourceOf(ref);
	const wrappers = wrappersOf(ref);
	const names = wrappers.map(nameOf);
	if (source.kind === "join") {
		const text = await joinText(place, source.forkPath);
		return text === null ? null : { kind: "text", text, codec: "json", wrappers: names };
	}
	if (source.kind === "none")
		return { kind: "text", text: dress("null", wrappers, true), codec: null, wrappers: names };
	const [stored] = await place.backend.readValues(place.runId, [source]);
	if (stored == null) return null;
	if (stored.codec !== "json") return { kind: "binary", bytes: stored.bytes, codec: stored.codec, wrappers: names };
	return { kind: "text", text: dress(decode(stored), wrappers, false), codec: stored.codec, wrappers: names };
}

function decode(stored: StoredValue): string {
	return new TextDecoder().decode(stored.bytes);
}

/** Outermost first. */
function wrappersOf(ref: ValueRef): readonly Wrapper[] {
	const wrappers: Wrapper[] = [];
	for (let layer = unwrap(ref); layer !== null; layer = unwrap(layer.inner)) wrappers.push(layer.wrapper);
	return wrappers;
}

function nameOf(wrapper: Wrapper): string {
	return wrapper.kind === "case" ? `case:${wrapper.key}` : wrapper.kind;
}

function dress(text: string, wrappers: readonly Wrapper[], empty: boolean): string {
	// Only the innermost wrapper is around nothing: a case around a wait that timed out does have a value.
	return wrappers.reduceRight(
		(inner, wrapper, at) => dressOnce(inner, wrapper, empty && at === wrappers.length - 1),
		text,
	);
}

function dressOnce(inner: string, wrapper: Wrapper, empty: boolean): string {
	switch (wrapper.kind) {
		case "case": {
			const key = JSON.stringify(wrapper.key);
			return empty ? `{"case":${key}}` : `{"case":${key},"value":${inner}}`;
		}
		case "again":
		case "done":
			// The verdict of a loop is not part of the value: it is told by the wrapper's name.
			return inner;
		case "received":
			return `{"received":true,"payload":${inner}}`;
		case "timeout":
			return `{"received":false}`;
		case "ok":
			return `{"ok":true,"value":${inner}}`;
		case "error":
			return `{"ok":false,"error":${inner}}`;
	}
}

async function joinText(place: Place, forkPath: string): Promise<string | null> {
	const entry = indexGraph(place.graph).get(definitionPath(forkPath));
	if (entry?.node.kind !== "fork") return null;
	const settleAll = entry.node.settle === "all";
	const ends = branchEnds(entry.node, forkPath);
	const outputs = await place.backend.readOutputs(
		place.runId,
		ends.flatMap((end) => [end.lastPath, end.branchPath]),
	);
	const parts = await Promise.all(
		ends.map(async (end, at) => {
			const failure = settleAll ? (outputs[2 * at + 1] ?? null) : null;
			const ref = failure ?? outputs[2 * at] ?? null;
			const value = ref === null ? null : await renderValue(place, ref);
			if (value === null || value.kind === "binary") return null;
			const text = settleAll && failure === null ? `{"ok":true,"value":${value.text}}` : value.text;
			return `${JSON.stringify(end.name)}:${text}`;
		}),
	);
	const known = parts.filter((part) => part !== null);
	return known.length === 0 ? null : `{${known.join(",")}}`;
}
