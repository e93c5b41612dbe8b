import { expect, it } from "vitest";
import { instanceAt, openNode, snapshotAt } from "../live/testing/snapshots.ts";
import { insideWords, shownStatusOf } from "./status-line.ts";

const snapshot = (status: Parameters<typeof instanceAt>[1], ...openNodes: ReturnType<typeof openNode>[]) =>
	snapshotAt(1, { instance: instanceAt(1, status), openNodes });
const said = (...given: Parameters<typeof insideWords>) => insideWords(...given).map(({ words }) => words);
const running = openNode("call", 1, { state: "running", owner: "gone" });
const retrying = openNode("call", 1, { state: "retrying" });

it("calls an instance that only waits for its next attempt retrying, as the list does, and says it once", () => {
	const one = snapshot({ status: "waiting" }, retrying);
	expect(shownStatusOf(one)).toEqual({ look: "retrying", word: "Retrying" });
	expect(said(one, 0)).toEqual([]);
	expect(said(snapshot({ status: "waiting" }, retrying, openNode("again", 1, { state: "retrying" })), 0)).toEqual([
		"2 retrying",
	]);
});

it("says of what is inside only what the status does not", () => {
	expect(said(snapshot({ status: "in_progress" }, running), 0)).toEqual([]);
	expect(said(snapshot({ status: "in_progress" }, running, openNode("next", 1)), 2)).toEqual([
		"2 failed",
		"1 running",
		"1 ready to run",
	]);
	const waits = openNode("approval", 1, { state: "awaiting_signal", signal: "yes" });
	expect(said(snapshot({ status: "awaiting_signal" }, waits), 0)).toEqual(["waits for yes"]);
	expect(said(snapshot({ status: "failed", endedAt: 5 }, retrying), 1)).toEqual([]);
});

it("counts what a silent worker held for itself", () => {
	const silent = new Set(["gone"]);
	const lost = snapshot({ status: "in_progress" }, running);
	expect(shownStatusOf(lost, silent).word).toBe("Worker silent");
	expect(insideWords(lost, 0, silent)).toEqual([{ words: "1 with a silent worker", look: "unknown" }]);
	const other = openNode("other", 1, { state: "running", owner: "alive" });
	expect(shownStatusOf(snapshot({ status: "in_progress" }, running, other), silent).word).toBe("Running");
	expect(said(snapshot({ status: "paused" }, running), 0, silent)).toEqual(["1 with a silent worker"]);
});

it("counts what the status does not say, and not the join that only waits for it", () => {
	const openNodes = [
		openNode("a", 1, { state: "running" }),
		openNode("b", 1, { state: "retrying" }),
		openNode("c", 1, { state: "awaiting_signal" }),
		openNode("join", 1, { state: "joining" }),
	];
	expect(insideWords(snapshotAt(1, { openNodes }), 0)).toEqual([
		{ words: "1 retrying", look: "retrying" },
		{ words: "1 running", look: "running" },
		{ words: "1 awaiting a signal", look: "awaiting-signal" },
	]);
});
