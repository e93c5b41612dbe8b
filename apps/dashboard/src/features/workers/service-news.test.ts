import { expect, it } from "vitest";
import type { InstanceWorkers, Lack, SeenWorker } from "../../server/wire.ts";
import { instanceAt, openNode, snapshotAt } from "../live/testing/snapshots.ts";
import { serviceNews, serviceOf } from "./service-news.ts";
import { lackWords, remedyWords, takeoverWords, UNKNOWN_SERVICE } from "./service-words.ts";

const NOW = 50_000;
const worker = (workerId: string, changes: Partial<SeenWorker> = {}): SeenWorker => ({
	workerId,
	name: workerId,
	at: { host: "vm", pid: 7 },
	heartbeatAt: NOW - 120_000,
	isSilent: false,
	...changes,
});
const silent = worker("gone", { isSilent: true });
const seenWith = (changes: Partial<InstanceWorkers> = {}): InstanceWorkers => ({
	now: NOW,
	workers: [worker("alive")],
	alive: 1,
	lacks: [],
	...changes,
});
const needsGpu: Lack = { tags: ["gpu"], code: false, missing: ["gpu"] };
const held = openNode("deepest", 1, { state: "running", owner: "gone", grantedAt: 1 });

it("tells of a worker that fell silent, and of everything that it held", () => {
	const other = openNode("aside", 1, { state: "running", owner: "alive" });
	const snapshot = snapshotAt(1, { openNodes: [held, other, openNode("too", 1, { owner: "gone" })] });
	expect(serviceNews(snapshot, seenWith({ workers: [worker("alive"), silent] }))).toEqual([
		{ kind: "lost", paths: ["deepest", "too"], service: { silent, lack: null, alive: 1 } },
	]);
	expect(serviceOf("deepest", snapshot, seenWith({ workers: [silent] })).silent).toBe(silent);
	expect(serviceOf("aside", snapshot, seenWith({ workers: [silent] })).silent).toBeNull();
	expect(serviceOf("deepest", snapshot, null)).toBe(UNKNOWN_SERVICE);
});

it("says nothing of workers that are alive, of an instance that is over, and while a request waits", () => {
	const workers = seenWith({ workers: [silent], alive: 0, lacks: [needsGpu] });
	expect(serviceNews(snapshotAt(1, { openNodes: [held] }), seenWith())).toEqual([]);
	for (const changes of [{ status: "failed" }, { control: "cancelling" }] as const) {
		const snapshot = snapshotAt(1, { instance: instanceAt(1, changes), openNodes: [held] });
		expect(serviceNews(snapshot, workers)).toEqual([]);
	}
});

it("calls what no live worker can run unserved, and warns of what will be", () => {
	const gpu = (path: string, changes = {}) => openNode(path, 1, { tags: ["gpu"], ...changes });
	const openNodes = [gpu("render"), gpu("again", { state: "retrying", dueAt: NOW + 1 }), openNode("mail", 1)];
	const news = serviceNews(snapshotAt(1, { openNodes }), seenWith({ lacks: [needsGpu] }));
	expect(news).toEqual([{ kind: "unserved", lack: needsGpu, paths: ["render"] }]);
	const later = snapshotAt(1, { openNodes: [gpu("again", { state: "retrying", dueAt: NOW + 1 })] });
	expect(serviceNews(later, seenWith({ lacks: [needsGpu] }))).toEqual([
		{ kind: "unserved", lack: needsGpu, paths: [] },
	]);
	const paused = snapshotAt(1, { instance: instanceAt(1, { status: "paused" }), openNodes });
	expect(serviceNews(paused, seenWith({ lacks: [needsGpu] }))).toEqual([]);
});

it("tells that nobody is alive at all once, and not of the nodes that a silent worker held as well", () => {
	const free = [openNode("mail", 1), openNode("join", 1, { state: "joining", openedAs: "joining" })];
	expect(serviceNews(snapshotAt(1, { openNodes: free }), seenWith({ alive: 0, workers: [] }))).toEqual([
		{ kind: "nobody", paths: ["mail"] },
	]);
	const both = serviceNews(
		snapshotAt(1, { openNodes: [held, ...free] }),
		seenWith({ alive: 0, workers: [silent], lacks: [] }),
	);
	expect(both.map(({ kind }) => kind)).toEqual(["lost"]);
});

it("says what is missing by name, and what to start", () => {
	expect(lackWords(needsGpu, "5669d115aaaa")).toBe("No live worker with this version of the code has the tag gpu");
	expect(remedyWords(needsGpu)).toBe("Start one that has it.");
	const noCode: Lack = { tags: ["gpu"], code: true, missing: [] };
	expect(lackWords(noCode, "5669d115aaaa")).toBe("No live worker has this version of the code (5669d115)");
	expect(remedyWords(noCode)).toBe("Start one that has it and the tag gpu.");
});

it("promises a takeover only where one will come", () => {
	const running = instanceAt(1, { definitionHash: "5669d115aaaa" });
	const service = { silent, lack: null, alive: 2 };
	expect(takeoverWords(running, service)).toBe("The next free worker takes this over.");
	expect(takeoverWords(running, { ...service, alive: 0 })).toContain("No other worker is alive");
	expect(takeoverWords(running, { ...service, lack: needsGpu })).toContain(
		"has the tag gpu, so nobody takes this over",
	);
	expect(takeoverWords({ ...running, status: "paused" }, service)).toContain("Nobody takes this over while");
});
