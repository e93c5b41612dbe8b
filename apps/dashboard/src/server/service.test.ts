import type { OpenNodeRecord, WorkerProfile, WorkerRecord } from "@waymark/engine/backend";
import { expect, it } from "vitest";
import { summaryOf } from "./open-work.ts";
import { lacksOf } from "./service.ts";

const NOW = 10_000;
const profile = (definitions: readonly string[], tags: readonly string[] = []): WorkerProfile => ({
	host: "vm",
	pid: 7,
	version: null,
	definitions,
	tags,
});
const worker = (workerId: string, its: WorkerProfile | null, expiresAt = NOW + 1): WorkerRecord => ({
	...{ workerId, name: workerId, slots: 1, startedAt: 0, heartbeatAt: 0, expiresAt, held: 0, profile: its },
});
const node = (path: string, changes: Partial<OpenNodeRecord> = {}): OpenNodeRecord => ({
	...{ path, state: "ready", openedAs: "ready", attempt: 1, crashes: 0, epoch: 0, dueAt: null, signal: null },
	...{ signalId: null, remaining: 0, input: "~input", priority: 3, tags: [], owner: null, grantedAt: null, version: 1 },
	...changes,
});
const lacks = (nodes: readonly OpenNodeRecord[], ...workers: readonly WorkerRecord[]) =>
	lacksOf("hash", summaryOf(nodes), { now: NOW, workers });

it("finds what no live worker can run, by its tags", () => {
	const nodes = [node("a"), node("b", { tags: ["gpu"] }), node("c", { tags: ["gpu", "eu"] })];
	expect(lacks(nodes, worker("w", profile(["hash"], ["eu"])))).toEqual([
		{ tags: ["gpu"], code: false, missing: ["gpu"] },
		{ tags: ["gpu", "eu"], code: false, missing: ["gpu"] },
	]);
	expect(lacks(nodes, worker("w", profile(["other"], ["gpu", "eu"]))).map(({ code }) => code)).toEqual([
		true,
		true,
		true,
	]);
	expect(lacks(nodes, worker("w", profile(["hash"], ["gpu", "eu"])))).toEqual([]);
});

it("names all tags where each is served, and not by one worker that has them all", () => {
	const nodes = [node("c", { tags: ["gpu", "eu"] })];
	expect(lacks(nodes, worker("v", profile(["hash"], ["eu"])), worker("w", profile(["hash"], ["gpu"])))).toEqual([
		{ tags: ["gpu", "eu"], code: false, missing: ["gpu", "eu"] },
	]);
});

it("counts on no worker whose lease has passed, and says nothing where none is alive", () => {
	expect(lacks([node("a")], worker("w", profile(["hash"]), NOW - 1), worker("v", profile(["x"])))).toHaveLength(1);
	expect(lacks([node("a")], worker("w", profile(["hash"]), NOW - 1))).toEqual([]);
});

it("says nothing of what a runner drives, nor where a worker told nothing of itself", () => {
	const driven = [node("a", { state: "running", owner: "r" }), node("b")];
	const other = worker("v", profile(["x"]));
	expect(lacks(driven, worker("r", profile([])), other)).toEqual([]);
	expect(lacks([node("b")], worker("r", profile([])), other)).toHaveLength(1);
	expect(lacks([node("b")], worker("w", null), other)).toEqual([]);
});

it("sums up who holds how much, and what is ready and free", () => {
	const { held, kinds } = summaryOf([
		node("0", { state: "waiting", owner: "w", grantedAt: 4 }),
		node("a", { state: "running", owner: "w", grantedAt: 5 }),
		node("b", { state: "running", owner: "w", grantedAt: 6 }),
		node("c"),
		node("d"),
		node("join", { state: "joining", tags: ["gpu"] }),
	]);
	expect([...held]).toEqual([["w", { path: "a", since: 5, running: 2 }]]);
	expect(kinds).toEqual([{ tags: [], ready: "c" }]);
});
