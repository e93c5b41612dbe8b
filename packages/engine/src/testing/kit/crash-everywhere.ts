import type { Workflow } from "../../core/builder/workflow.ts";
import { InMemoryBackend } from "../../memory/in-memory-backend.ts";
import type { InstanceState } from "../../runtime/instance-state.ts";
import { FakeClock } from "../fake-clock.ts";
import { type DyingMoment, MortalBackend } from "./mortal-backend.ts";
import { TEST_INSTANCE, WorkflowTest, type WorkflowTestOptions } from "./workflow-test.ts";

export interface CrashOptions extends Pick<WorkflowTestOptions, "tags" | "log"> {
	/** Signals that are sent at the start, by name, oldest first. */
	readonly signals?: Readonly<Record<string, readonly unknown[]>>;
	/** Called before each run: put what your tasks talk to back to how it was. */
	readonly reset?: () => void | Promise<void>;
}

export interface CrashReport<Output> {
	/** How the instance ended, every time. */
	readonly state: InstanceState<Output>;
	/** How many times the process was killed, each in a run of its own. */
	readonly crashes: number;
}

/** With a crash at some checkpoint the workflow ended in another way than without. */
export class CrashDifferenceError extends Error {
	constructor(
		readonly moment: DyingMoment,
		readonly expected: string,
		readonly actual: string,
	) {
		super(
			`Killed ${moment.side} checkpoint ${moment.settle} was committed, the workflow ended as ${actual} instead of ${expected}. ` +
				"Make the task that was running there idempotent (ctx.idempotencyKey), or allow it another attempt.",
		);
		this.name = "CrashDifferenceError";
	}
}

/** Leases of the test's worker live for an hour. */
const LEASE_OVER = "2h";

/**
 * Runs the workflow once undisturbed, and then once for each moment at which a process can die around a checkpoint:
 * another one takes over, and the end must be the same. Time is virtual.
 * @throws CrashDifferenceError
 */
export async function crashAtEveryCheckpoint<Input, Output>(
	workflow: Workflow<Input, Output>,
	input: Input,
	options: CrashOptions = {},
): Promise<CrashReport<Output>> {
	const undisturbed = await runOnce(workflow, input, options, null);
	const expected = endOf(undisturbed.state);
	let crashes = 0;
	for (let settle = 1; settle <= undisturbed.settles; settle += 1) {
		for (const side of ["before", "after"] as const) {
			const moment = { settle, side };
			const actual = endOf((await runOnce(workflow, input, options, moment)).state);
			if (actual !== expected) throw new CrashDifferenceError(moment, expected, actual);
			crashes += 1;
		}
	}
	return { state: undisturbed.state, crashes };
}

async function runOnce<Input, Output>(
	workflow: Workflow<Input, Output>,
	input: Input,
	{ signals = {}, reset, ...options }: CrashOptions,
	moment: DyingMoment | null,
): Promise<{ readonly state: InstanceState<Output>; readonly settles: number }> {
	await reset?.();
	const clock = new FakeClock();
	const backend = new InMemoryBackend({ clock });
	const mortal = new MortalBackend(backend, moment);
	const first = new WorkflowTest(workflow, { ...options, clock, backend: mortal.backend });
	const second = new WorkflowTest(workflow, { ...options, clock, backend });
	// What comes from outside comes from a process that lives.
	await second.client.start(workflow, TEST_INSTANCE, input);
	for (const [name, payloads] of Object.entries(signals)) {
		for (const payload of payloads) await second.client.sendSignal(TEST_INSTANCE, name, payload);
	}
	const state = await Promise.race([first.untilParked(), mortal.died.then(() => null)]);
	if (state !== null) return { state, settles: mortal.settles };
	await second.advance(LEASE_OVER);
	return { state: await second.untilParked(), settles: mortal.settles };
}

function endOf<Output>(state: InstanceState<Output>): string {
	switch (state.status) {
		case "completed":
			return `completed ${JSON.stringify(state.output)}`;
		case "failed":
			return `failed at ${state.failedPath}: ${state.error.message}`;
		case "awaiting_signal":
			return `awaiting ${state.signals.join(", ")}`;
		case "pending":
		case "in_progress":
		case "waiting":
		case "paused":
		case "cancelled":
			return state.status;
	}
}
