import type { Grant, SettleCommand, SettleResult } from "../backend/commands.ts";
import type { QueryFacet } from "../backend/contract.ts";
import { BackendClosedError, InvalidArgumentError, LeaseLostError } from "../core/errors.ts";
import type { AttemptAbort } from "./attempt-abort.ts";
import type { ExecutorPorts } from "./executor-ports.ts";
import { untilAnswered } from "./until-answered.ts";

type Ports = Pick<ExecutorPorts, "backend" | "lease" | "log" | "timers">;

/** A database that fails for a moment is no failure of the task: reads are repeated while the lease holds. */
export function patientReads(
	{ backend, lease, log, timers }: Ports,
	{ grant, owner }: { readonly grant: Grant; readonly owner: string },
	abort: AttemptAbort,
): Pick<QueryFacet, "readValues" | "readOutputs"> {
	const pointless = (error: unknown) => {
		if (BackendClosedError.is(error)) return error;
		return abort.isAborted || !lease.holds(owner) ? new LeaseLostError(grant.path) : null;
	};
	const note = (error: unknown) =>
		log.warn("an input could not be read and is read again", { path: grant.path, error: String(error) });
	return {
		readValues: (runId, sources) => untilAnswered(timers, () => backend.readValues(runId, sources), pointless, note),
		readOutputs: (runId, paths) => untilAnswered(timers, () => backend.readOutputs(runId, paths), pointless, note),
	};
}

/**
 * After the first try, which failed with `first`. A settle whose answer was lost finds its own checkpoint and answers as
 * before. What the backend refuses as malformed it would refuse for ever: only the lease's expiry, and its count of
 * crashes, end that.
 */
export function settleAgain(ports: Ports, command: SettleCommand, first: unknown): Promise<SettleResult> {
	const { backend, lease, log, timers } = ports;
	const { owner, path, runId } = command;
	const pointless = (error: unknown) => {
		const isFinal = BackendClosedError.is(error) || InvalidArgumentError.is(error);
		return isFinal || (owner === lease.workerId && !lease.isValid) ? error : null;
	};
	const note = (error: unknown) => log.warn("a settle failed and is sent again", { path, runId, error: String(error) });
	let failed: { readonly error: unknown } | null = { error: first };
	const settle = () => {
		if (failed === null) return backend.settle(command);
		const { error } = failed;
		failed = null;
		return Promise.reject(error);
	};
	return untilAnswered(timers, settle, pointless, note);
}
