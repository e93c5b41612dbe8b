import {
	type ClaimCommand,
	type ControlCommand,
	type CreateCommand,
	type DeleteCommand,
	type GrantTo,
	type GrantWithin,
	InvalidArgumentError,
	InvalidInstanceIdError,
	isInstanceId,
	type OpenSpec,
	type SettleCommand,
	type SignalCommand,
	type StoredValue,
} from "@waymark/engine/backend";

/** What is wrong with a command is found before it is queued, so that it never costs others their group commit. */

export function checkCreate(command: CreateCommand): void {
	if (!isInstanceId(command.instanceId)) throw new InvalidInstanceIdError(String(command.instanceId));
	text("runId", command.runId);
	text("by", command.by);
	text("definition.hash", command.definition.hash);
	text("definition.workflow", command.definition.workflow);
	whole("definition.plannedNodes", command.definition.plannedNodes, 0);
	value("input", command.input);
	checkOpen(command.open);
	if (command.grantTo !== null) checkGrantTo(command.grantTo);
}

export function checkSettle(command: SettleCommand): void {
	text("runId", command.runId);
	text("path", command.path);
	checkGrantTo(command);
	whole("epoch", command.epoch, 0);
	time("startedAt", command.startedAt);
	time("finishedAt", command.finishedAt);
	const { outcome } = command;
	switch (outcome.kind) {
		case "completed":
			whole("progress", outcome.progress, 0);
			checkOpen(outcome.open);
			for (const record of outcome.recorded) {
				text("recorded.path", record.path);
				text("recorded.output", record.output);
				if (record.value !== null) value("recorded.value", record.value);
			}
			return;
		case "retry":
			time("delayMs", outcome.delayMs);
			return;
		case "failed":
		case "released":
			return;
	}
}

export function checkClaim(command: ClaimCommand): void {
	checkGrantWithin(command);
	if (command.runId !== null) text("runId", command.runId);
}

export function checkSignal(command: SignalCommand): void {
	text("signalId", command.signalId);
	text("instanceId", command.instanceId);
	text("name", command.name);
	text("by", command.by);
	if (command.idempotencyKey !== null) text("idempotencyKey", command.idempotencyKey);
	value("payload", command.payload);
	if (command.grantTo !== null) checkGrantWithin(command.grantTo);
}

export function checkControl(command: ControlCommand): void {
	text("requestId", command.requestId);
	text("instanceId", command.instanceId);
	text("by", command.by);
	if (command.reason !== null && typeof command.reason !== "string") refuse("reason", "a string or null");
	if (command.expectedRunId !== null) text("expectedRunId", command.expectedRunId);
	if (command.forbidden !== undefined) text("forbidden", command.forbidden);
}

/** Of the open node that a request is about. */
export function checkPath(path: string): void {
	text("path", path);
}

export function checkDelete(command: DeleteCommand): void {
	text("instanceId", command.instanceId);
	if (command.expectedRunId !== null) text("expectedRunId", command.expectedRunId);
}

export function checkLeaseMs(leaseMs: number): void {
	whole("leaseMs", leaseMs, 1);
}

function checkGrantTo({ owner, slots }: GrantTo): void {
	text("owner", owner);
	whole("slots", slots, 0);
}

function checkGrantWithin(command: GrantWithin): void {
	checkGrantTo(command);
	command.definitions.forEach((hash) => {
		text("definitions", hash);
	});
	command.tags.forEach((tag) => {
		text("tags", tag);
	});
}

function checkOpen(open: readonly OpenSpec[]): void {
	open.forEach(checkOpening);
	const twice = open.length > 1 && new Set(open.map(({ path }) => path)).size < open.length;
	if (twice) refuse("open", "nodes of different paths");
}

function checkOpening(spec: OpenSpec): void {
	text("open.path", spec.path);
	text("open.input", spec.input);
	if (spec.dueInMs !== null) time("open.dueInMs", spec.dueInMs);
	whole("open.remaining", spec.remaining, 0);
	whole("open.priority", spec.priority, 1);
	if (spec.priority > 5) refuse("open.priority", "1 to 5");
	if (spec.state === "awaiting_signal") text("open.signal", spec.signal);
}

function text(argument: string, found: unknown): asserts found is string {
	if (typeof found !== "string" || found === "") refuse(argument, "a string that is not empty");
	// SQLite would store what comes before it, and compare all of it.
	if (found.includes("\0")) refuse(argument, "a string without NUL characters");
}

function whole(argument: string, found: unknown, least: number): void {
	if (!Number.isSafeInteger(found) || (found as number) < least) refuse(argument, `a whole number from ${least}`);
}

function time(argument: string, found: unknown): void {
	if (typeof found !== "number" || !Number.isFinite(found) || found < 0) refuse(argument, "a number of ms from 0");
}

function value(argument: string, found: StoredValue): void {
	text(`${argument}.codec`, found.codec);
	if (!(found.bytes instanceof Uint8Array)) refuse(`${argument}.bytes`, "a Uint8Array");
}

function refuse(argument: string, wanted: string): never {
	throw new InvalidArgumentError(argument, `"${argument}" must be ${wanted}. Correct the call.`);
}
