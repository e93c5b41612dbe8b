import type { Grant } from "../backend/commands.ts";
import type { TaskContext, TaskLogger } from "../core/builder/task-context.ts";
import type { TaskHandler, Workflow } from "../core/builder/workflow.ts";
import type { AttemptAbort } from "./attempt-abort.ts";
import type { AttemptWatch } from "./attempt-watch.ts";

/** What user code is told of its attempt. */
export class AttemptContext implements TaskContext {
	readonly instanceId: string;
	readonly runId: string;
	readonly workflow: TaskContext["workflow"];
	readonly path: string;
	readonly attempt: number;
	readonly maxAttempts: number;
	readonly iteration: number | null;
	readonly idempotencyKey: string;
	readonly heartbeat: () => void;
	readonly log: TaskLogger;
	readonly #abort: AttemptAbort;

	constructor(
		workflow: Workflow,
		handler: TaskHandler,
		grant: Grant,
		abort: AttemptAbort,
		watch: AttemptWatch,
		log: TaskLogger,
	) {
		this.instanceId = grant.instanceId;
		this.runId = grant.runId;
		this.workflow = { name: workflow.name, definitionHash: workflow.definitionHash };
		this.path = grant.path;
		this.attempt = grant.attempt;
		this.maxAttempts = handler.policy.retry?.maxAttempts ?? 1;
		this.iteration = innermostIteration(grant.path);
		this.idempotencyKey = `${grant.runId}:${grant.path}`;
		this.heartbeat = () => watch.beat();
		this.log = log;
		this.#abort = abort;
	}

	get signal(): AbortSignal {
		return this.#abort.signal;
	}
}

function innermostIteration(path: string): number | null {
	const from = path.lastIndexOf("[");
	return from < 0 ? null : Number(path.slice(from + 1, path.indexOf("]", from)));
}
