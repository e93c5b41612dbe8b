import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InMemoryBackend } from "../../memory/in-memory-backend.ts";
import type { Plan, PlannedScope } from "../model/plan.ts";
import type { OpenBackend } from "../semantics/world.ts";
import { runScript } from "./run-script.ts";
import type { Script, Step } from "./script.ts";
import { anyScript } from "./script-arbitrary.ts";

const inMemory: OpenBackend = async ({ clock }) => new InMemoryBackend({ clock });

const START: Step = { do: "start", instance: "i0", onConflict: "fail" };
const HOURS = 600_000;

/**
 * Random workflows under random commands, on this backend: every commit is one that the reference model allows, the
 * memory backend commits the very same, and what must not matter does not.
 */
export function modelConformance(name: string, open: OpenBackend, options: { readonly runs: number }): void {
	const check = (runs: number, property: (script: Script) => Promise<void>) =>
		fc.assert(fc.asyncProperty(anyScript, property), { numRuns: Math.max(runs, 1), seed: 1 });
	const some = Math.ceil(options.runs / 3);

	describe(`random workflows on ${name}`, () => {
		it("commit what the reference model allows, whatever is asked of them", { timeout: HOURS }, async () => {
			await check(options.runs, async (script) => {
				await runScript(open, script);
			});
		});

		it("commit the same as in memory, time included", { timeout: HOURS }, async () => {
			await check(some, async (script) => {
				const single = { ...script, slots: 1 };
				const [here, there] = [await runScript(open, single), await runScript(inMemory, single)];
				expect(here.commits).toEqual(there.commits);
			});
		});

		it("end as they do uninterrupted when workers die on the way", { timeout: HOURS }, async () => {
			await check(some, async ({ plan }) => {
				const steps: Step[] = [1, 2, 3].flatMap((diesAfter) => [
					{ do: "tick", worker: 0, diesAfter },
					{ do: "advance", ms: 16_000 },
				]);
				await alike(open, sturdy(plan), { steps });
			});
		});

		it("end the same when they are paused and unpaused on the way", { timeout: HOURS }, async () => {
			await check(some, async ({ plan }) => {
				const pair: readonly Step[] = [
					{ do: "pause", instance: "i0" },
					{ do: "tick", worker: 0, diesAfter: null },
					{ do: "unpause", instance: "i0" },
					{ do: "tick", worker: 0, diesAfter: null },
					{ do: "advance", ms: 400 },
				];
				await alike(open, sturdy(plan), { steps: [...pair, ...pair, ...pair] });
			});
		});

		it("end the same with five workers as with one", { timeout: HOURS }, async () => {
			await check(some, async ({ plan }) => alike(open, sturdy(plan), { workers: 5 }));
		});

		it("consume signals in the order they were sent, also when they came before the wait", async () => {
			const sends = [1, 2, 3, 4].map(
				(payload): Step => ({ do: "signal", instance: "i0", name: "red", payload, key: null, to: null }),
			);
			const tick: Step = { do: "tick", worker: 0, diesAfter: null };
			const script = { plan: { name: "planned", scope: REDS }, workers: 1, slots: 2 };
			const before = await runScript(open, { ...script, steps: [START, ...sends] });
			const during = await runScript(open, { ...script, steps: [START, ...sends.flatMap((send) => [tick, send])] });
			expect(during.ends).toEqual(before.ends);
		});
	});
}

/** Four waits in a row, each of whose values shows in the end. */
const REDS: PlannedScope = ["a", "b", "c", "d"].flatMap((id): PlannedScope => {
	const task = { retry: null, onFailure: "fail", timeoutMs: null, priority: 3, tags: [] } as const;
	return [
		{ kind: "signal", id, signal: "red", timeoutMs: null },
		{ kind: "task", id: `${id}-task`, does: { kind: "ok" }, ...task },
	];
});

/** The same end with this change as without. */
async function alike(open: OpenBackend, plan: Plan, change: Partial<Script>): Promise<void> {
	const plain: Script = { plan, workers: 1, slots: 2, steps: [START] };
	const [changed, unchanged] = [
		await runScript(open, { ...plain, ...change, steps: [START, ...(change.steps ?? [])] }),
		await runScript(inMemory, plain),
	];
	expect(changed.ends).toEqual(unchanged.ends);
}

/** The plan without what makes an end depend on how it came about: limits of attempts, and signals from outside. */
function sturdy(plan: Plan): Plan {
	return { ...plan, scope: JSON.parse(JSON.stringify(plan.scope), sturdyNode) };
}

function sturdyNode(key: string, value: unknown): unknown {
	if (key === "retry") return null;
	const isWait = typeof value === "object" && value !== null && "kind" in value && value.kind === "signal";
	return isWait ? { ...value, timeoutMs: 700 } : value;
}
