import type { QueryFacet } from "../backend/contract.ts";
import { LoopResult } from "../core/builder/loop-result.ts";
import type { Codecs } from "../core/codec/codec.ts";
import { NotSerializableError } from "../core/errors.ts";
import type { WorkflowGraph } from "../core/graph/continuation.ts";
import { indexGraph } from "../core/graph/index-graph.ts";
import { definitionPath } from "../core/graph/path.ts";
import { branchEnds } from "../core/interpreter/step.ts";
import type { StoredValue } from "../core/stored-value.ts";
import { NONE_REF, sourceOf, unwrap, type ValueRef, type ValueSource } from "../core/value-ref.ts";

/** Values of a run that are at hand, by bare reference: they need no read. A Map is one. */
export interface Carried {
	get(bare: string): StoredValue | undefined;
}

/** Where references of one run are read from. */
export interface ValueOrigin {
	readonly backend: Pick<QueryFacet, "readValues" | "readOutputs">;
	readonly graph: WorkflowGraph;
	readonly runId: string;
	readonly codecs: Codecs;
	/** Values at hand, that need no read. */
	readonly carried?: Carried;
}

/** Whether the value can be had without a read. */
export function isCarried(ref: ValueRef, carried: Carried): boolean {
	return carried.get(bareRef(ref)) !== undefined;
}

/** Decodes a value that is carried, anew at every call. */
export function readCarried(ref: ValueRef, carried: Carried, codecs: Codecs): unknown {
	return rebuild(ref, carried, codecs);
}

/** Decodes anew at every call, so that nobody shares an object with the store or with a sibling. */
export async function readValue(origin: ValueOrigin, ref: ValueRef): Promise<unknown> {
	const source = sourceOf(ref);
	if (source.kind === "join") return readJoin(origin, source.forkPath);
	const [value] = await readPlain(origin, [ref]);
	return value;
}

async function readJoin(origin: ValueOrigin, forkPath: string): Promise<Record<string, unknown>> {
	const entry = indexGraph(origin.graph).get(definitionPath(forkPath));
	if (entry?.node.kind !== "fork") throw new RangeError(`${forkPath} is no fork of ${origin.graph.workflow}`);
	const ends = branchEnds(entry.node, forkPath);
	const settleAll = entry.node.settle === "all";
	const [lasts, failures] = await Promise.all([
		origin.backend.readOutputs(
			origin.runId,
			ends.map((end) => end.lastPath),
		),
		settleAll
			? origin.backend.readOutputs(
					origin.runId,
					ends.map((end) => end.branchPath),
				)
			: ends.map(() => null),
	]);
	const refs = ends.map((end, at) => {
		const ref = failures[at] ?? lasts[at];
		if (ref == null) throw new RangeError(`branch ${end.branchPath} has no recorded end`);
		return ref;
	});
	const values = await readPlain(origin, refs);
	return Object.fromEntries(
		ends.map((end, at) => {
			const value = values[at];
			return [end.name, settleAll && failures[at] == null ? { ok: true, value } : value];
		}),
	);
}

async function readPlain(origin: ValueOrigin, refs: readonly ValueRef[]): Promise<readonly unknown[]> {
	const missing = new Map<string, ValueSource>();
	const found = new Map<string, StoredValue>();
	for (const ref of refs) {
		const source = sourceOf(ref);
		const bare = bareRef(ref);
		const carried = origin.carried?.get(bare);
		if (carried !== undefined) found.set(bare, carried);
		else if (source.kind !== "none") missing.set(bare, source);
	}
	if (missing.size > 0) {
		const values = await origin.backend.readValues(origin.runId, [...missing.values()]);
		[...missing.keys()].forEach((bare, at) => {
			const value = values[at];
			if (value != null) found.set(bare, value);
		});
	}
	return refs.map((ref) => rebuild(ref, found, origin.codecs));
}

/** A reference without its wrappers: the key under which its bytes are known. */
export function bareRef(ref: ValueRef): string {
	return ref.slice(ref.lastIndexOf("|") + 1);
}

function rebuild(ref: ValueRef, found: Carried, codecs: Codecs): unknown {
	const layer = unwrap(ref);
	if (layer === null) {
		const stored = found.get(ref);
		if (stored === undefined) throw new NotSerializableError(ref, "a reference to a value that is not stored");
		return codecs.decode(stored);
	}
	const { wrapper, inner } = layer;
	if (wrapper.kind === "timeout") return { received: false };
	if (wrapper.kind === "case" && inner === NONE_REF) return { case: wrapper.key };
	const value = rebuild(inner, found, codecs);
	switch (wrapper.kind) {
		case "case":
			return { case: wrapper.key, value };
		case "again":
		case "done":
			return new LoopResult(wrapper.kind, value);
		case "received":
			return { received: true, payload: value };
		case "ok":
			return { ok: true, value };
		case "error":
			return { ok: false, error: value };
	}
}
