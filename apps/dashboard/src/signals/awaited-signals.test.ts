import { expect, it } from "vitest";
import { openNode } from "../features/live/testing/snapshots.ts";
import { awaitedSignals } from "./awaited-signals.ts";

const wait = (path: string, signal: string, dueAt: number | null = null) =>
	openNode(path, 1, { state: "awaiting_signal", openedAs: "awaiting_signal", signal, dueAt });

it("names the wait that was opened first, and counts the others of its name", () => {
	const rows = [wait("send/z/send", "consent"), wait("ask", "approval"), wait("send/a/send", "consent")];
	expect(awaitedSignals(rows, 1_000)).toEqual([
		{ signal: "consent", takenBy: "send/z/send", others: 1 },
		{ signal: "approval", takenBy: "ask", others: 0 },
	]);
});

it("passes over a wait whose timeout has passed, as the engine does", () => {
	const rows = [wait("first", "go", 1_000), wait("second", "go", 1_001)];
	expect(awaitedSignals(rows, 999)).toEqual([{ signal: "go", takenBy: "first", others: 1 }]);
	expect(awaitedSignals(rows, 1_000)).toEqual([{ signal: "go", takenBy: "second", others: 0 }]);
});

it("leaves out a wait that has its signal already, and every node that awaits none", () => {
	const reserved = openNode("taken", 2, { openedAs: "awaiting_signal", signal: "go", signalId: "s1" });
	expect(awaitedSignals([reserved, openNode("task", 1)], 1_000)).toEqual([]);
});
