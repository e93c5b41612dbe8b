import type { WorkflowSnapshot } from "@waymark/engine/backend";
import type { Segment } from "./segment.ts";

/**
 * Which attempts the timeline shows: all; those since the instance was last retried; the last one of each node, in each
 * iteration; or only those of one number. Retries that lie days apart stretch the line of everything else.
 */
export type AttemptFilter =
	| { readonly kind: "all" }
	| { readonly kind: "run"; readonly since: number }
	| { readonly kind: "last" }
	| { readonly kind: "number"; readonly attempt: number };

/** More than so many are not offered one by one; an address may ask for any. */
const OFFERED = 30;

export interface AttemptChoice {
	/** As it stands in the address; "": all. */
	readonly value: string;
	readonly word: string;
}

/** What can be chosen of these; nothing where it would make no difference. */
export function attemptChoices(segments: Iterable<Segment>, retriedAt: number | null): readonly AttemptChoice[] {
	let most = 0;
	for (const { attempt, what } of segments) if (what !== "backoff") most = Math.max(most, attempt ?? 0);
	if (most <= 1 && retriedAt === null) return [];
	return [
		{ value: "", word: "All attempts" },
		...(retriedAt === null ? [] : [{ value: "run", word: "Since the last retry" }]),
		{ value: "last", word: "The last of each node" },
		...Array.from({ length: Math.min(most, OFFERED) }, (_, at) => ({ value: `${at + 1}`, word: `Attempt ${at + 1}` })),
	];
}

/** What the address asks for; what means nothing here is all. */
export function attemptFilter(value: string | null, retriedAt: number | null): AttemptFilter {
	if (value === "last") return { kind: "last" };
	if (value === "run" && retriedAt !== null) return { kind: "run", since: retriedAt };
	if (value !== null && /^[1-9]\d{0,5}$/.test(value)) return { kind: "number", attempt: Number(value) };
	return { kind: "all" };
}

/** When an operator last had the instance go on after its failure, ms since the epoch; null: never. */
export function lastRetry({ controlRequests }: WorkflowSnapshot): number | null {
	return controlRequests.findLast(({ kind, result }) => kind === "retry" && result === "applied")?.requestedAt ?? null;
}

/** What is left of the stretches of one node. */
export function keptSegments(segments: readonly Segment[], filter: AttemptFilter): readonly Segment[] {
	switch (filter.kind) {
		case "all":
			return segments;
		case "run":
			return segments.filter(({ to }) => to === null || to > filter.since);
		case "last":
			return lastOfEach(segments);
		case "number":
			return segments.filter(({ attempt, what }) => attempt === filter.attempt && what !== "backoff");
	}
}

/** A wait is no attempt, and stays. */
function lastOfEach(segments: readonly Segment[]): readonly Segment[] {
	const last = new Map<string, Segment>();
	for (const segment of segments) {
		if (segment.attempt === null || segment.what === "backoff") continue;
		const before = last.get(segment.path);
		if (before === undefined || before.from <= segment.from) last.set(segment.path, segment);
	}
	return segments.filter((segment) => segment.attempt === null || last.get(segment.path) === segment);
}
