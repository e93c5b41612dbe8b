import type { HeldLease, RegisterWorkerCommand } from "../backend/commands.ts";
import { drain } from "./drain.ts";
import { refreshStatus, release } from "./open-rows.ts";
import type { Commit, MemoryState } from "./state.ts";

export function registerWorker(state: MemoryState, commit: Commit, command: RegisterWorkerCommand): void {
	const { workerId, name, slots, leaseMs, profile = null } = command;
	state.workers.set(workerId, {
		workerId,
		name,
		slots,
		startedAt: commit.now,
		heartbeatAt: commit.now,
		expiresAt: commit.now + leaseMs,
		profile: profile === null ? null : Object.freeze(structuredClone(profile)),
	});
}

export function heartbeat(
	state: MemoryState,
	commit: Commit,
	workerId: string,
	leaseMs: number,
): { readonly alive: boolean; readonly expiresAt: number } {
	const worker = state.workers.get(workerId);
	if (worker === undefined) return { alive: false, expiresAt: 0 };
	if (!state.isLive(workerId, commit.now)) return { alive: false, expiresAt: worker.expiresAt };
	worker.heartbeatAt = commit.now;
	worker.expiresAt = commit.now + leaseMs;
	return { alive: true, expiresAt: worker.expiresAt };
}

export function retireWorker(state: MemoryState, commit: Commit, workerId: string): void {
	for (const row of [...(state.leases.get(workerId) ?? [])]) release(state, commit, row);
	state.workers.delete(workerId);
	for (const run of commit.touched) {
		refreshStatus(run);
		drain(state, commit, run);
	}
}

export function held(state: MemoryState, commit: Commit, workerId: string): readonly HeldLease[] {
	if (!state.isLive(workerId, commit.now)) return [];
	return [...(state.leases.get(workerId) ?? [])].map(({ run, path, epoch }) =>
		Object.freeze({ runId: run.instance.runId, path, epoch, control: run.instance.control }),
	);
}
