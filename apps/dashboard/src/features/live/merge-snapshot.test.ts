import type { WorkflowSnapshot } from "@waymark/engine/backend";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyDelta, newerState } from "./apply-event.ts";
import { mergeSnapshot } from "./merge-snapshot.ts";
import { checkpoint, DEFINITION, instanceAt, openNode, snapshotAt } from "./testing/snapshots.ts";

/** What a backend would answer for `getSnapshot(run, since)` at that point of the history. */
function changesSince(whole: WorkflowSnapshot, since: number): WorkflowSnapshot {
	const isNew = (row: { readonly version: number }) => row.version > since;
	return {
		...whole,
		checkpoints: whole.checkpoints.filter(isNew),
		attempts: whole.attempts.filter(isNew),
		controlRequests: whole.controlRequests.filter(isNew),
		signals: whole.signals.filter(isNew),
	};
}

/** A history in which every version settles one node, opens others, or touches a signal. */
const histories = fc
	.array(fc.record({ settle: fc.boolean(), signal: fc.nat(3), open: fc.nat(2) }), { minLength: 1, maxLength: 25 })
	.map((steps) => {
		const versions: WorkflowSnapshot[] = [snapshotAt(1, { openNodes: [openNode("n0", 1)] })];
		steps.forEach(({ settle, signal, open }, at) => {
			const version = at + 2;
			const before = versions.at(-1) as WorkflowSnapshot;
			const [first, ...rest] = before.openNodes;
			const settled = settle && first !== undefined;
			const signals = new Map(before.signals.map((row) => [row.signalId, row]));
			signals.set(`s${signal}`, {
				signalId: `s${signal}`,
				name: "go",
				by: "me",
				size: 2,
				receivedAt: signals.get(`s${signal}`)?.receivedAt ?? version,
				reservedFor: null,
				consumedBy: signals.has(`s${signal}`) ? `n${version}` : null,
				version,
			});
			versions.push(
				snapshotAt(version, {
					openNodes: [
						...(settled ? rest : before.openNodes),
						...Array.from({ length: open }, (_, extra) => openNode(`n${version}.${extra}`, version)),
					],
					checkpoints: settled ? [...before.checkpoints, checkpoint(first.path, version)] : before.checkpoints,
					signals: [...signals.values()],
				}),
			);
		});
		return versions;
	});

describe("mergeSnapshot", () => {
	it("ends at the whole snapshot, whatever versions the deltas stop at", () => {
		fc.assert(
			fc.property(histories, fc.infiniteStream(fc.integer({ min: 1, max: 4 })), (versions, strides) => {
				let at = 0;
				let merged = versions[0] as WorkflowSnapshot;
				for (const stride of strides) {
					if (at === versions.length - 1) break;
					at = Math.min(at + stride, versions.length - 1);
					const next = versions[at] as WorkflowSnapshot;
					merged = mergeSnapshot(merged, changesSince(next, merged.instance.version));
				}
				expect(merged).toEqual(versions.at(-1));
			}),
		);
	});

	it("changes nothing when a delta comes twice", () => {
		fc.assert(
			fc.property(histories, (versions) => {
				const delta = changesSince(versions.at(-1) as WorkflowSnapshot, 1);
				const once = mergeSnapshot(versions[0] as WorkflowSnapshot, delta);
				expect(mergeSnapshot(once, delta)).toEqual(once);
			}),
		);
	});

	it("keeps the identity of what did not change, and gives what did a new one", () => {
		const before = snapshotAt(1, {
			openNodes: [openNode("a", 1), openNode("b", 1)],
			checkpoints: [checkpoint("z", 1)],
		});
		const after = mergeSnapshot(
			before,
			snapshotAt(2, { openNodes: [openNode("a", 1), openNode("b", 2, { state: "running" })] }),
		);
		expect(after.checkpoints).toBe(before.checkpoints);
		expect(after.openNodes[0]).toBe(before.openNodes[0]);
		expect(after.openNodes[1]).not.toBe(before.openNodes[1]);
		const same = mergeSnapshot(
			after,
			snapshotAt(3, { openNodes: [openNode("a", 1), openNode("b", 2, { state: "running" })] }),
		);
		expect(same.openNodes).toBe(after.openNodes);
	});

	it("sees a lease move although the row's version stayed", () => {
		const before = snapshotAt(1, { openNodes: [openNode("a", 1)] });
		const after = mergeSnapshot(before, snapshotAt(2, { openNodes: [openNode("a", 1, { owner: "w-2", epoch: 3 })] }));
		expect(after.openNodes[0]?.owner).toBe("w-2");
	});
});

describe("applyDelta", () => {
	const state = { now: 1, snapshot: snapshotAt(5), definition: DEFINITION };

	it("moves on by a delta that starts at what is shown, or before it", () => {
		for (const base of [5, 3]) {
			const applied = applyDelta(state, { base, snapshot: snapshotAt(6) });
			expect(applied).toMatchObject({ kind: "applied", state: { snapshot: { instance: { version: 6 } } } });
		}
	});

	it("never goes back", () => {
		expect(applyDelta(state, { base: 3, snapshot: snapshotAt(5) }).kind).toBe("known");
		expect(applyDelta(state, { base: 3, snapshot: snapshotAt(4) }).kind).toBe("known");
	});

	it("asks for the whole state when something in between is missing, or another run has the id", () => {
		expect(applyDelta(state, { base: 6, snapshot: snapshotAt(7) }).kind).toBe("gap");
		const other = snapshotAt(9, { instance: instanceAt(9, { runId: "run-2" }) });
		expect(applyDelta(state, { base: 5, snapshot: other }).kind).toBe("gap");
	});

	it("lets an answer that was overtaken by the stream go", () => {
		expect(newerState(state, { ...state, snapshot: snapshotAt(4) })).toBe(state);
		const restarted = { ...state, snapshot: snapshotAt(1, { instance: instanceAt(1, { runId: "run-2" }) }) };
		expect(newerState(state, restarted)).toBe(restarted);
	});
});
