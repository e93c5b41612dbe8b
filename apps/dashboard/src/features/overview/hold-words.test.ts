import { expect, it } from "vitest";
import type { Hold, SeenWorker } from "../../server/wire.ts";
import { instanceAt } from "../live/testing/snapshots.ts";
import { silentWords } from "./finding-words.ts";
import { holdWords } from "./hold-words.ts";

const worker: SeenWorker = { workerId: "w-1", name: "w", at: null, heartbeatAt: 0, isSilent: true };
const said = (hold: Hold, changes = {}) =>
	holdWords(hold, instanceAt(1, { definitionHash: "5669d115aaaa", ...changes }))
		.map((part) => (typeof part === "string" ? part : "node" in part ? `<${part.node}>` : `[${part.worker}]`))
		.join("");

it("tells a node that was lost with its worker from one that nobody has taken", () => {
	const lost = { path: "deepest", nodes: 1, worker };
	expect(said({ kind: "lost", lost, isAnyAlive: false })).toBe(
		"Worker [w-1] fell silent while it ran <deepest>. No other worker is alive to take this over: start one.",
	);
	expect(said({ kind: "lost", lost: { ...lost, nodes: 3 }, isAnyAlive: true })).toBe(
		"Worker [w-1] fell silent while it ran <deepest> and 2 more. The next free worker takes this over.",
	);
	expect(said({ kind: "unclaimed", path: "a", isAnyAlive: true })).toBe(
		"<a> is ready, and no live worker has taken it yet: they are busy or stuck.",
	);
	expect(said({ kind: "unclaimed", path: "a", isAnyAlive: false })).toContain("no worker is alive");
	const lack = { tags: ["gpu"], code: false, missing: ["gpu"] };
	expect(said({ kind: "unserved", path: "render", lack })).toContain("has the tag gpu. Start one that has it.");
});

it("says whose request waits for what, and tells a pause from a cancel", () => {
	const hold: Hold = { kind: "control", by: "mira", path: "charge_card", worker };
	expect(said(hold, { control: "cancelling" })).toBe("Cancel by mira waits for <charge_card> on worker [w-1].");
	expect(said({ ...hold, by: null, worker: null }, { control: "pausing" })).toBe("Pause waits for <charge_card>.");
	expect(said({ ...hold, path: null }, { control: "pausing" })).toContain("nothing is in flight any more");
});

it("says of a silent worker's nodes who takes them over, and which nobody does", () => {
	const of = (held: number, paused: number, isAnyAlive: boolean) =>
		silentWords({
			...{ kind: "silent-worker", paused, isAnyAlive },
			worker: {
				...{ workerId: "w", name: "w", slots: 1, startedAt: 0, heartbeatAt: 0, expiresAt: 0, held, profile: null },
			},
		});
	expect(of(26, 0, true)).toBe(". Free workers that have the code take them over.");
	expect(of(26, 0, false)).toBe(". No worker is alive to take them over.");
	expect(of(2, 1, true)).toBe(
		". Free workers that have the code take it over. 1 of them is of paused instances and waits for the unpause.",
	);
	expect(of(1, 1, true)).toBe(": its instance is paused, and nobody takes it over until the unpause.");
});
