import type { NodeState } from "@waymark/engine/graph";
import { isContainer, isKnown, showsInside } from "../../graph/interesting.ts";
import { mergeRows, type Pair } from "./merge-rows.ts";
import type { NodeOfRun, NodeRow, ObservedRun } from "./observe-run.ts";

/** In what a node of one run is not like the same node of the other. */
export type DifferenceKind =
	/** One version of the plan does not have it. */
	| "only"
	/** It is a node of another kind in the other version. */
	| "kind"
	| "state"
	/** A route chose another case. */
	| "case"
	/** A loop went round more or less often. */
	| "iterations"
	/** More or fewer attempts than its iterations needed. */
	| "attempts"
	/** Both failed, and not by the same error. */
	| "error"
	/** It took much longer, or much shorter. */
	| "time";

export interface ComparedNode {
	readonly key: string;
	/** The row of the plan that it stands on, of A if both have it. */
	readonly row: NodeRow;
	/** Null: that version does not have the node. */
	readonly a: NodeOfRun | null;
	readonly b: NodeOfRun | null;
	readonly differences: readonly DifferenceKind[];
}

export interface Comparison {
	/** All nodes of both plans, in document order. */
	readonly nodes: readonly ComparedNode[];
	readonly different: readonly ComparedNode[];
	/** Where one went another way than the other: other differences mostly follow from these. */
	readonly partings: readonly ComparedNode[];
	readonly onlyA: number;
	readonly onlyB: number;
}

/** Pure: how two runs differ, node by node. */
export function compareRuns(a: ObservedRun, b: ObservedRun): Comparison {
	const nodes = mergeRows(a.rows, b.rows).flatMap((pair) => nodeOf(pair, a, b) ?? []);
	const different = nodes.filter(({ differences }) => differences.length > 0);
	return {
		nodes,
		different,
		partings: different.filter(isParting),
		onlyA: nodes.filter((node) => node.b === null).length,
		onlyB: nodes.filter((node) => node.a === null).length,
	};
}

function nodeOf(pair: Pair<NodeRow>, runA: ObservedRun, runB: ObservedRun): ComparedNode | null {
	const row = pair.a ?? pair.b;
	if (row === null) return null;
	const { key } = row;
	const a = pair.a === null ? null : (runA.nodes.get(key) ?? null);
	const b = pair.b === null ? null : (runB.nodes.get(key) ?? null);
	return { key, row, a, b, differences: differencesOf(a, b, runA.isOver, runB.isOver) };
}

function differencesOf(
	a: NodeOfRun | null,
	b: NodeOfRun | null,
	overA: boolean,
	overB: boolean,
): readonly DifferenceKind[] {
	if (a === null || b === null) return ["only"];
	if (a.view.kind !== b.view.kind) return ["kind"];
	const found: DifferenceKind[] = [];
	if (a.view.chosen !== null && b.view.chosen !== null && a.view.chosen !== b.view.chosen) found.push("case");
	if (wentRound(a, overA) && wentRound(b, overB) && begunOf(a) !== begunOf(b)) found.push("iterations");
	// What contains others looks like what happens inside, and that is told there.
	if (showsInside(a.view) || showsInside(b.view)) return found;
	const told = saidOf(a, overA) !== null && saidOf(b, overB) !== null;
	if (told && saidOf(a, overA) !== saidOf(b, overB)) found.push("state");
	if (a.made > 0 && b.made > 0 && a.made - a.rounds !== b.made - b.rounds) found.push("attempts");
	if (a.view.state === "failed" && b.view.state === "failed" && !sameError(a, b)) found.push("error");
	if (a.view.kind !== "route" && timeIsNotable(a, b)) found.push("time");
	return found;
}

/** States in which a run that goes on has not said yet how the node will fare. */
const UNDECIDED: ReadonlySet<NodeState> = new Set(["pending", "ready", "running", "waiting", "awaiting_signal"]);

/** How it stands, where that may be compared; null: it is not decided. What was never begun is alike, for whatever reason. */
function saidOf({ view: { state } }: NodeOfRun, isOver: boolean): NodeState | "not begun" | null {
	if (!isOver && (UNDECIDED.has(state) || !isKnown(state))) return null;
	return state === "pending" || state === "skipped" ? "not begun" : state;
}

function begunOf({ view }: NodeOfRun): number {
	return view.iterations?.begun ?? 0;
}

/** A loop that may still go round says nothing yet. One that was not reached is told by what stands before it. */
function wentRound(node: NodeOfRun, isOver: boolean): boolean {
	return begunOf(node) > 0 && (isOver || !UNDECIDED.has(node.view.state));
}

function sameError(a: NodeOfRun, b: NodeOfRun): boolean {
	const [one, other] = [a.view.error, b.view.error];
	return one?.name === other?.name && one?.message === other?.message;
}

const NOTABLE_FACTOR = 2;
const NOTABLE_MS = 500;

/** Ms from A to B, where both are over; null: there is nothing to compare. */
export function timeBetween(a: NodeOfRun | null, b: NodeOfRun | null): number | null {
	if (a === null || b === null || a.took === null || b.took === null) return null;
	return a.took.since === null && b.took.since === null ? b.took.ms - a.took.ms : null;
}

/** Everything takes a little longer or shorter each time. */
export function timeIsNotable(a: NodeOfRun | null, b: NodeOfRun | null): boolean {
	const between = timeBetween(a, b);
	if (between === null || a?.took == null || b?.took == null) return false;
	const [less, more] = [Math.min(a.took.ms, b.took.ms), Math.max(a.took.ms, b.took.ms)];
	return more - less >= NOTABLE_MS && more >= NOTABLE_FACTOR * less;
}

function isParting({ a, b, differences }: ComparedNode): boolean {
	if (differences.includes("case") || differences.includes("iterations") || differences.includes("error")) return true;
	if (!differences.includes("state") || a === null || b === null || isContainer(a.view)) return false;
	return a.view.state === "failed" || b.view.state === "failed";
}
