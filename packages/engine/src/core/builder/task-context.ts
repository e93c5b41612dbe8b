/** Where a task writes what it wants people to read. Structured fields, never payloads. */
export interface TaskLogger {
	info(message: string, fields?: Readonly<Record<string, unknown>>): void;
	warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
	error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What a task knows of the attempt it runs in: its second argument, and `getTaskContext()` anywhere below it. */
export interface TaskContext {
	readonly instanceId: string;
	readonly runId: string;
	readonly workflow: { readonly name: string; readonly definitionHash: string };
	/** Node path, such as `poll[3]/check`. */
	readonly path: string;
	/** 1-based. */
	readonly attempt: number;
	/** Total number of attempts the retry policy allows; 1 without one. */
	readonly maxAttempts: number;
	/** Iteration of the innermost loop around the task, 0-based; null outside of loops. */
	readonly iteration: number | null;
	/** The same in every attempt of this node in this run: hand it to what you call, so that it acts once. */
	readonly idempotencyKey: string;
	/** Aborted by timeout, cancel or a lost lease; `signal.reason` is the error that says which. */
	readonly signal: AbortSignal;
	/** Says that the task is alive: begins its `heartbeatTimeout` anew. Costs nothing, writes nothing. */
	heartbeat(): void;
	readonly log: TaskLogger;
}
