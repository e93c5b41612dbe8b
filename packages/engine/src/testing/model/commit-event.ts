import type {
	ClaimCommand,
	ClaimResult,
	ControlCommand,
	ControlResult,
	CreateCommand,
	CreateResult,
	DeleteCommand,
	DeleteResult,
	Grant,
	RegisterWorkerCommand,
	RetryNowCommand,
	SettleCommand,
	SettleResult,
	SignalCommand,
	SignalResult,
} from "../../backend/commands.ts";
import type { ControlKind } from "../../backend/rows.ts";
import { decoded } from "./compare-step.ts";

/** What was committed, in the order of the commits: the list that the model and the invariants judge. */
export type CommitEvent = {
	/** The database's clock. */
	readonly at: number;
	/** The process that asked for it. */
	readonly by: string;
} & (
	| { readonly call: "create"; readonly command: CreateCommand; readonly result: CreateResult }
	| { readonly call: "claim"; readonly command: ClaimCommand; readonly result: ClaimResult }
	| { readonly call: "settle"; readonly command: SettleCommand; readonly result: SettleResult }
	| { readonly call: "registerWorker"; readonly command: RegisterWorkerCommand }
	| {
			readonly call: "heartbeat";
			readonly workerId: string;
			readonly leaseMs: number;
			readonly alive: boolean;
			readonly expiresAt: number;
	  }
	| { readonly call: "retireWorker"; readonly workerId: string }
	| { readonly call: "reap"; readonly moved: number }
	| { readonly call: "sendSignal"; readonly command: SignalCommand; readonly result: SignalResult }
	| {
			readonly call: "control";
			readonly kind: ControlKind;
			readonly command: ControlCommand | RetryNowCommand;
			readonly result: ControlResult;
	  }
	| { readonly call: "delete"; readonly command: DeleteCommand; readonly result: DeleteResult }
	/** User code of an attempt began, or had an outcome without having been told to stop. */
	| { readonly call: "began" | "ended"; readonly runId: string; readonly path: string; readonly attempt: number }
	/** Something was done to a process or to the world. */
	| { readonly call: "fault"; readonly what: string }
);

/** An event before the network notes its time and its process. */
export type UnstampedEvent = CommitEvent extends infer E ? (E extends unknown ? Omit<E, "at" | "by"> : never) : never;

export function grantsOf(event: CommitEvent): readonly Grant[] {
	switch (event.call) {
		case "create":
			return event.result.kind === "created" ? event.result.grants : [];
		case "claim":
			return event.result.grants;
		case "settle":
			return event.result.kind === "settled" && !event.result.replayed ? event.result.grants : [];
		case "sendSignal":
			return event.result.kind === "stored" ? event.result.grants : [];
		case "registerWorker":
		case "heartbeat":
		case "retireWorker":
		case "reap":
		case "control":
		case "delete":
		case "began":
		case "ended":
		case "fault":
			return [];
	}
}

/** To whom these were granted. */
export function ownerOf(event: CommitEvent): string {
	switch (event.call) {
		case "create":
		case "sendSignal":
			return event.command.grantTo?.owner ?? "";
		case "claim":
		case "settle":
			return event.command.owner;
		case "registerWorker":
		case "heartbeat":
		case "retireWorker":
		case "reap":
		case "control":
		case "delete":
		case "began":
		case "ended":
		case "fault":
			return "";
	}
}

/** One line of a log for people, and of the list whose hash shows that a schedule can be repeated. */
export function lineOf(event: CommitEvent): string {
	return `${event.at} ${event.by} ${detailOf(event)}`;
}

function detailOf(event: CommitEvent): string {
	switch (event.call) {
		case "create": {
			const { command, result } = event;
			return `create ${command.instanceId} as ${command.runId} ${command.onConflict}: ${result.kind}${grantText(event)}`;
		}
		case "claim":
			return `claim ${event.command.owner} ×${event.command.slots}:${grantText(event)} next ${event.result.nextDueAt}`;
		case "settle": {
			const { command, result } = event;
			const replay = result.kind === "settled" && result.replayed ? " again" : "";
			return `settle ${command.runId} ${command.path}#${command.epoch} ${outcomeText(command)}: ${result.kind}${replay}${grantText(event)}`;
		}
		case "registerWorker":
			return `register ${event.command.workerId}`;
		case "heartbeat":
			return `heartbeat ${event.workerId}: ${event.alive ? `until ${event.expiresAt}` : "dead"}`;
		case "retireWorker":
			return `retire ${event.workerId}`;
		case "reap":
			return `reap: ${event.moved}`;
		case "sendSignal": {
			const { command, result } = event;
			return `signal ${command.signalId} ${command.name} key ${command.idempotencyKey} to ${command.instanceId}: ${result.kind}${result.kind === "stored" ? ` for ${result.reservedFor}` : ""}${grantText(event)}`;
		}
		case "control": {
			const { command, result } = event;
			const of = "path" in command ? ` ${command.path}` : "";
			const state = result.kind === "not_found" ? "" : ` ${result.instance.status}/${result.instance.control}`;
			return `${event.kind} ${command.instanceId}${of}: ${result.kind}${state}`;
		}
		case "delete":
			return `delete ${event.command.instanceId}: ${event.result.kind}`;
		case "began":
		case "ended":
			return `${event.call} ${event.runId} ${event.path} attempt ${event.attempt}`;
		case "fault":
			return event.what;
	}
}

function grantText(event: CommitEvent): string {
	return grantsOf(event)
		.map(({ runId, path, epoch, attempt }) => ` ${runId} ${path}#${epoch}/${attempt}`)
		.join("");
}

function outcomeText({ outcome }: SettleCommand): string {
	switch (outcome.kind) {
		case "completed": {
			const recorded = outcome.recorded.map(
				({ path, output, value }) => `${path}=${value === null ? output : JSON.stringify(decoded(value)).slice(0, 40)}`,
			);
			return `completed ${recorded.join(" ")}`;
		}
		case "retry":
			return `retry in ${outcome.delayMs}`;
		case "failed":
			return `failed ${outcome.failure.outcome}`;
		case "released":
			return "released";
	}
}
