import { expect, it } from "vitest";
import { groupWaits } from "./wait-groups.ts";

function wait(instanceId: string, signal: string, path: string, since: number, timeoutAt: number | null = null) {
	return {
		instanceId,
		runId: `run-of-${instanceId}`,
		workflow: "campaign",
		status: "awaiting_signal" as const,
		path,
		signal,
		since,
		timeoutAt,
	};
}

it("takes the waits of one instance for one name together, the longest first", () => {
	const groups = groupWaits([
		wait("fork", "consent", "send/c/send", 30),
		wait("fork", "consent", "send/a/send", 10),
		wait("fork", "consent", "send/b/send", 20, 900),
	]);
	expect(groups).toHaveLength(1);
	expect(groups[0]).toMatchObject({ instanceId: "fork", signal: "consent", since: 10, timeoutAt: 900 });
	expect(groups[0]?.waits.map(({ path }) => path)).toEqual(["send/a/send", "send/b/send", "send/c/send"]);
});

it("keeps instances and names apart, in the order of the list, also where a later page brings more", () => {
	const groups = groupWaits([
		wait("one", "consent", "a", 1),
		wait("two", "consent", "a", 1),
		wait("one", "approval", "b", 1),
		wait("two", "consent", "c", 2),
	]);
	expect(groups.map(({ instanceId, signal, waits }) => [instanceId, signal, waits.length])).toEqual([
		["one", "consent", 1],
		["two", "consent", 2],
		["one", "approval", 1],
	]);
});

it("says when the first of them times out, and nothing where none does", () => {
	const [soonest] = groupWaits([wait("one", "go", "a", 1, 800), wait("one", "go", "b", 2, 300)]);
	expect(soonest?.timeoutAt).toBe(300);
	expect(groupWaits([wait("one", "go", "a", 1)])[0]?.timeoutAt).toBeNull();
});
