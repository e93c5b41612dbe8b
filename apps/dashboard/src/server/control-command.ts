import { randomUUID } from "node:crypto";
import type { ControlCommand, ControlResult, InstanceRecord, PersistentBackend } from "@waymark/engine/backend";
import type { Denial } from "../access/permissions.ts";
import { ApiError } from "./api-error.ts";
import { admit, refuse } from "./authorise.ts";
import { getBackend } from "./backend.ts";
import { notFound } from "./instance-state.ts";
import { type Fields, readBody } from "./read-body.ts";
import type { ActionAnswer, ActionKind } from "./wire.ts";

export const MAX_REASON = 2_000;
const REQUEST_ID = /^[A-Za-z0-9-]{8,64}$/;

/** A node's path: names, and which iteration, a level each. */
const MAX_PATH = 20_000;

/** Pause, unpause, cancel or retry: one request, answered with what the engine made of it. */
export async function control(request: Request, instanceId: string, kind: ActionKind): Promise<ActionAnswer> {
	const { command, denial } = await asked(request, instanceId, kind);
	const result = await sendControl(await getBackend(), kind, command);
	if (denial !== null) throw new ApiError(denial.code, denial.message);
	return answerOf(kind, instanceId, result);
}

/** The next attempt of one node at once. */
export async function retryNow(request: Request, instanceId: string): Promise<ActionAnswer> {
	const { command, denial, fields } = await asked(request, instanceId, "retryNow");
	const path = fields.requiredText("path", { max: MAX_PATH });
	const result = await (await getBackend()).retryNow({ ...command, path });
	if (denial !== null) throw new ApiError(denial.code, denial.message);
	return answerOf("retryNow", instanceId, result);
}

interface Asked {
	readonly command: ControlCommand;
	/** Who may not is refused by the engine too, so that the audit has it. */
	readonly denial: Denial | null;
	readonly fields: Fields;
}

async function asked(request: Request, instanceId: string, kind: ActionAnswer["kind"]): Promise<Asked> {
	const { by, access, denial } = admit(request, kind);
	// By a database that is open for reading alone nothing can be audited.
	if (denial?.code === "ReadOnly") refuse({ by }, kind, denial);
	const fields = await readBody(request);
	const reason = fields.text("reason", { max: MAX_REASON });
	const command: ControlCommand = {
		requestId: requestId(fields),
		instanceId,
		by,
		reason: reason === null || reason.trim() === "" ? null : reason.trim(),
		expectedRunId: fields.text("expectedRunId", { max: 200 }),
		...(denial === null ? {} : { forbidden: `the role ${access.user?.role} may not do that` }),
	};
	return { command, denial, fields };
}

function requestId(fields: Fields): string {
	const given = fields.text("requestId", { max: 64 });
	if (given === null) return randomUUID();
	if (!REQUEST_ID.test(given)) {
		throw new ApiError("BadRequest", '"requestId" has 8 to 64 letters, digits or hyphens. Correct it or leave it out.');
	}
	return given;
}

export function sendControl(
	backend: PersistentBackend,
	kind: ActionKind,
	command: ControlCommand,
): Promise<ControlResult> {
	switch (kind) {
		case "pause":
			return backend.pause(command);
		case "unpause":
			return backend.unpause(command);
		case "cancel":
			return backend.cancel(command);
		case "retry":
			return backend.retry(command);
	}
}

function answerOf(kind: ActionAnswer["kind"], instanceId: string, result: ControlResult): ActionAnswer {
	switch (result.kind) {
		case "accepted":
			return { kind, changed: result.changed, instance: result.instance, inFlight: result.inFlight };
		case "not_found":
			throw notFound(instanceId);
		case "finished":
			throw finished(result.instance);
		case "conflict":
			throw new ApiError(
				"ControlConflict",
				`That cannot be done now: ${result.because}. Look at its state and decide again.`,
				result.instance,
			);
	}
}

/** The request came after the end. */
export function finished(instance: InstanceRecord): ApiError {
	const at = instance.endedAt === null ? "" : ` at ${new Date(instance.endedAt).toISOString()}`;
	const way = instance.status === "failed" ? "Retry it, or start a new instance." : "Start a new instance instead.";
	return new ApiError("InstanceFinished", `The instance is already ${instance.status}${at}. ${way}`, instance);
}
