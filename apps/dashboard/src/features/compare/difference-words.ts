import type { NodeState } from "@waymark/engine/graph";
import { nodeStatus } from "../../components/status-table.ts";
import { visibleText } from "../../components/visible-text.ts";
import { formatDuration } from "../../time/format.ts";
import { KIND_WORDS } from "../graph/kind-icon.tsx";
import type { ComparedNode, DifferenceKind } from "./compare-runs.ts";

/** Each difference but that of time in a few words, from A to B: "completed → failed", "+2 attempts". */
export function differenceWords(node: ComparedNode): readonly string[] {
	return node.differences.flatMap((kind) => wordsOf(kind, node) ?? []);
}

function wordsOf(kind: DifferenceKind, { a, b }: ComparedNode): string | null {
	if (a === null) return "not in A's version";
	if (b === null) return "not in B's version";
	switch (kind) {
		case "only":
		case "time":
			return null;
		case "kind":
			return `${KIND_WORDS[a.view.kind]} → ${KIND_WORDS[b.view.kind]}`;
		case "state":
			return `${stateWord(a.view.state)} → ${stateWord(b.view.state)}`;
		case "case":
			return `case ${visibleText(a.view.chosen ?? "")} → ${visibleText(b.view.chosen ?? "")}`;
		case "iterations":
			return `${a.view.iterations?.begun ?? 0} → ${b.view.iterations?.begun ?? 0} iterations`;
		case "attempts":
			return attemptWords(b.made - b.rounds - (a.made - a.rounds));
		case "error":
			return errorWords(a.view.error?.name, b.view.error?.name);
	}
}

/** Compared is only what will not be reached any more, so "pending" would be wrong. */
export function stateWord(state: NodeState): string {
	return state === "pending" ? "not reached" : nodeStatus(state).word.toLowerCase();
}

function attemptWords(by: number): string {
	const count = Math.abs(by);
	return `${by > 0 ? "+" : "−"}${count} ${count === 1 ? "attempt" : "attempts"}`;
}

function errorWords(before = "an error", after = "an error"): string {
	return before === after ? "another message" : `${visibleText(before)} → ${visibleText(after)}`;
}

/** `+1.24 s`, `−3m 12s`; `±0` where both took the same. */
export function timeWords(ms: number): string {
	if (Math.round(ms) === 0) return "±0";
	return `${ms > 0 ? "+" : "−"}${formatDuration(Math.abs(ms))}`;
}
