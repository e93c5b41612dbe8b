import type { ControlCommand, ControlResult, InFlightNode } from "../backend/commands.ts";
import type { InstanceRecord } from "../backend/rows.ts";
import {
	ControlConflictError,
	InstanceFinishedError,
	InstanceNotFoundError,
	InvalidArgumentError,
	InvalidInstanceIdError,
} from "../core/errors.ts";
import type { Ids } from "../core/ids.ts";
import type { InstanceControl, TerminalStatus } from "../core/instance/status.ts";
import { isInstanceId, LIMITS } from "../core/limits.ts";

export interface RequestOptions {
	/** Who asks; default "client". */
	readonly by?: string;
	readonly reason?: string | null;
	/** Refuse if the id is by now another run. */
	readonly expectedRunId?: string | null;
	/** The same id again answers as the first time did, with one audit row. */
	readonly requestId?: string;
}

export interface ControlAnswer {
	/** False when it was so already. */
	readonly changed: boolean;
	/** What holds now: a request with tasks in flight is pending, `pausing` or `cancelling`. */
	readonly state: InstanceRecord["status"] | Exclude<InstanceControl, "none">;
	/** The tasks that a pending request waits for. */
	readonly inFlight: readonly InFlightNode[];
	readonly instance: InstanceRecord;
}

/**
 * Makes a command of what somebody asks of an instance, has it sent, and tells the answer.
 * @throws InvalidInstanceIdError, InvalidArgumentError, InstanceNotFoundError, InstanceFinishedError, ControlConflictError
 */
export async function requestControl(
	ids: Ids,
	instanceId: string,
	options: RequestOptions,
	send: (command: ControlCommand) => Promise<ControlResult>,
): Promise<ControlAnswer> {
	checkInstanceId(instanceId);
	const reason = options.reason ?? null;
	if (reason !== null && (typeof reason !== "string" || reason.length > LIMITS.reasonLength)) {
		throw new InvalidArgumentError(
			"reason",
			`A reason is text of up to ${LIMITS.reasonLength} characters. Shorten it.`,
		);
	}
	const result = await send({
		requestId: options.requestId ?? ids.next(),
		instanceId,
		by: options.by ?? "client",
		reason,
		expectedRunId: options.expectedRunId ?? null,
	});
	switch (result.kind) {
		case "accepted": {
			const { changed, inFlight, instance } = result;
			const state = instance.control === "none" ? instance.status : instance.control;
			return { changed, state, inFlight, instance };
		}
		case "not_found":
			throw new InstanceNotFoundError(instanceId);
		case "finished":
			throw finished(result.instance);
		case "conflict":
			throw new ControlConflictError(instanceId, result.because);
	}
}

export function checkInstanceId(instanceId: string): void {
	if (!isInstanceId(instanceId)) throw new InvalidInstanceIdError(String(instanceId));
}

export function finished(instance: InstanceRecord): InstanceFinishedError {
	return new InstanceFinishedError(instance.instanceId, instance.status as TerminalStatus, instance.endedAt);
}
