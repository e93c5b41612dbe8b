import type {
	AuditRecord,
	OpenNodeRecord,
	StalledInstance,
	WorkerRecord,
	WorkflowSnapshot,
} from "@waymark/engine/backend";
import { expect, it } from "vitest";
import { instanceAt, openNode, snapshotAt } from "../features/live/testing/snapshots.ts";
import { viewStalls } from "./stalls.ts";

const NOW = 10_000;
const worker = (workerId: string, expiresAt: number, held = 1): WorkerRecord => ({
	...{ workerId, name: workerId, slots: 1, startedAt: 0, heartbeatAt: 4, expiresAt, held },
	profile: { host: "vm", pid: 7, version: null, tags: [], definitions: ["hash"] },
});
let runs = 0;
async function viewed(
	why: StalledInstance["why"],
	nodes: readonly OpenNodeRecord[],
	...workers: readonly WorkerRecord[]
) {
	runs += 1;
	const instance = instanceAt(3, { runId: `stalled-${runs}`, control: why === "control" ? "cancelling" : "none" });
	const snapshot: WorkflowSnapshot = snapshotAt(3, { instance, openNodes: nodes });
	const request = { runId: instance.runId, by: "mira", requestedAt: 7 } as AuditRecord;
	const backend = {
		getSnapshot: async () => snapshot,
		listRequests: async () => ({ now: NOW, requests: [request], nextCursor: null }),
	};
	const [view] = await viewStalls(backend, [{ instance, why, path: nodes[0]?.path ?? null, since: 5 }], {
		now: NOW,
		workers,
	});
	return view;
}

it("finds the silent worker that had taken a node", async () => {
	const nodes = [openNode("deepest", 1, { state: "running", owner: "gone", grantedAt: 1 })];
	expect(await viewed("unclaimed", nodes, worker("gone", NOW - 1))).toMatchObject({
		hold: { kind: "lost", lost: { path: "deepest", nodes: 1, worker: { name: "gone" } }, isAnyAlive: false },
		since: 4,
	});
	expect(await viewed("unclaimed", nodes, worker("gone", NOW), worker("other", NOW + 1))).toMatchObject({
		hold: { kind: "unclaimed" },
	});
});

it("finds what no live worker can run, though another of its nodes can be run", async () => {
	const nodes = [openNode("mail", 1), openNode("render", 1, { tags: ["gpu"] })];
	expect(await viewed("unclaimed", nodes, worker("alive", NOW + 1, 0))).toMatchObject({
		hold: { kind: "unserved", path: "render", lack: { missing: ["gpu"] } },
		since: 5,
	});
});

it("says who asked, and what of whom that waits for", async () => {
	const nodes = [openNode("charge", 1, { state: "running", owner: "alive", grantedAt: 1 })];
	expect(await viewed("control", nodes, worker("alive", NOW + 1))).toMatchObject({
		hold: { kind: "control", by: "mira", path: "charge", worker: { workerId: "alive", isSilent: false } },
		since: 7,
	});
	expect(await viewed("control", [])).toMatchObject({ hold: { kind: "control", path: null, worker: null } });
});
