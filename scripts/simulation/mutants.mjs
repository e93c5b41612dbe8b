/**
 * Bugs that others have published, each as an edit of our sources: the simulation must find every one of them. They are
 * applied when the simulator is bundled, so that no product code holds a switch. An edit whose text is no longer there
 * exactly once fails the run: then say the same bug in the new words.
 */
const MEMORY = "packages/engine/src/memory";
const RUNTIME = "packages/engine/src/runtime";
const CORE = "packages/engine/src/core";

const NO_EPOCH = {
	file: `${MEMORY}/settle.ts`,
	find: "row === undefined || row.owner !== command.owner || row.epoch !== command.epoch",
	replace: "row === undefined || row.owner !== command.owner",
};

/** @typedef {{ id: number, bug: string, edits: readonly import("./bundle.mjs").Edit[] }} Mutant */

/** @type {readonly Mutant[]} */
export const MUTANTS = [
	{ id: 1, bug: "a settle is accepted whatever its epoch", edits: [NO_EPOCH] },
	{
		id: 2,
		bug: "the fence is the worker's name",
		edits: [
			NO_EPOCH,
			{
				file: `${RUNTIME}/lease-holder.ts`,
				find: "const workerId = ids.next();",
				replace: "const workerId = this.#workerId || name || ids.next();",
			},
		],
	},
	{
		id: 3,
		bug: "the fence is asked for in a statement before the one that writes",
		edits: [
			{
				file: `${MEMORY}/settle.ts`,
				find: "row === undefined || row.owner !== command.owner || row.epoch !== command.epoch",
				replace: "row === undefined",
			},
			{
				file: `${RUNTIME}/executor.ts`,
				find: "result = await this.#ports.backend.settle(settling.command);",
				replace: `const { owner, path, runId, epoch } = settling.command;
							const held = await this.#ports.backend.held(owner);
							const isMine = held.some((lease) => lease.path === path && lease.runId === runId && lease.epoch === epoch);
							result = isMine ? await this.#ports.backend.settle(settling.command) : { kind: "fenced" };`,
			},
		],
	},
	{
		id: 4,
		bug: "a signal is consumed in one transaction, and the run advances in the next",
		edits: [
			{
				file: `${MEMORY}/settle.ts`,
				find: `	if (outcome.kind === "completed") checkCompleted(run, row, outcome);`,
				replace: `	if (outcome.kind === "completed") checkCompleted(run, row, outcome);
	const taken = outcome.kind === "completed" && outcome.consumes !== null ? state.signals.get(outcome.consumes) : undefined;
	if (taken !== undefined && taken.consumedBy === null) {
		taken.consumedBy = row.path;
		throw new Error("the connection was lost between the two");
	}`,
			},
		],
	},
	{
		id: 5,
		bug: "a signal overtakes an older one",
		edits: [
			{
				file: `${MEMORY}/open-rows.ts`,
				find: "run.buffered.find((signal) => signal.name === name)",
				replace: "run.buffered.findLast((signal) => signal.name === name)",
			},
		],
	},
	{
		id: 6,
		bug: "a signal that came while paused is not looked at again at unpause",
		edits: [
			{
				file: `${MEMORY}/signals.ts`,
				find: "const wait = oldestWait(commit, run, command.name);",
				replace: `const wait = run.instance.status === "paused" ? undefined : oldestWait(commit, run, command.name);`,
			},
		],
	},
	{
		id: 7,
		bug: "a signal is accepted for an instance that has ended",
		edits: [
			{
				file: `${MEMORY}/signals.ts`,
				find: "if (isTerminal(run.instance.status)) return",
				replace: `if (isTerminal(run.instance.status) && command.name === "") return`,
			},
		],
	},
	{
		id: 8,
		bug: "pause and cancel are only noted, for a worker to apply",
		edits: [
			{
				file: `${MEMORY}/control.ts`,
				find: "const count = inFlight(state, commit, run).length;",
				replace: "const count = inFlight(state, commit, run).length + 1;",
			},
		],
	},
	{
		id: 9,
		bug: "a pause is forgotten when a lease expires",
		edits: [
			{
				file: `${MEMORY}/claim.ts`,
				find: "		if (state.isLive(owner, commit.now)) continue;\n		for (const row of rows) if (takes(row)) yield row;",
				replace: "		if (state.isLive(owner, commit.now)) continue;\n		for (const row of rows) yield row;",
			},
		],
	},
	{
		id: 10,
		bug: "a timer that fires writes over a pause",
		edits: [
			{
				file: `${MEMORY}/claim.ts`,
				find: "		if (takes(row)) yield row;\n	}\n}\n\n/** Rows whose",
				replace: "		yield row;\n	}\n}\n\n/** Rows whose",
			},
		],
	},
	{
		id: 11,
		bug: "an instance completes in a transaction after the one that ends its last lease, and a crash comes between",
		edits: [
			{
				file: `${MEMORY}/settle.ts`,
				find: `endRun(state, commit, run, "completed");`,
				replace: `if (commit.now % 3 !== 0) endRun(state, commit, run, "completed");`,
			},
		],
	},
	{
		id: 12,
		bug: "a crash does not count as an attempt",
		edits: [
			{
				file: `${MEMORY}/claim.ts`,
				find: `if (row.state === "running") chargeCrash(state, commit, row);`,
				replace: `if (row.state === "running" && row.path === "") chargeCrash(state, commit, row);`,
			},
		],
	},
	{
		id: 13,
		bug: "a retry that could not be stored is let go",
		edits: [
			{
				file: `${RUNTIME}/executor.ts`,
				find: "result = await settleAgain(this.#ports, settling.command, error);",
				replace: `const isRetry = settling.outcome.kind === "retry";
							result = isRetry ? { kind: "fenced" } : await settleAgain(this.#ports, settling.command, error);`,
			},
		],
	},
	{
		id: 14,
		bug: "whether an id exists is asked some ms before it is created",
		edits: [
			{
				file: `${MEMORY}/create.ts`,
				find: "	if (existing !== undefined) {",
				replace: "	if (existing !== undefined && existing.instance.createdAt < commit.now - 20) {",
			},
		],
	},
	{
		id: 15,
		bug: "a claim limits before it filters",
		edits: [
			{
				file: `${MEMORY}/claim.ts`,
				find: "			if (!takes(row)) continue;\n			found += 1;",
				replace: "			found += 1;\n			if (!takes(row)) continue;",
			},
		],
	},
	{
		id: 16,
		bug: "after a crash a loop begins again with its first input",
		edits: [
			{
				file: `${MEMORY}/claim.ts`,
				find: "attempt: attempt + 1, crashes: row.crashes + 1, version }",
				replace: `attempt: attempt + 1, crashes: row.crashes + 1, version, input: path.includes("]") ? "~input" : row.input }`,
			},
		],
	},
	{
		id: 17,
		bug: "a branch counts as done when its first node is",
		edits: [
			{
				file: `${CORE}/interpreter/step.ts`,
				find: "		if (following !== undefined) {",
				replace: `		if (following !== undefined && entry.owner.kind === "branch") next.countDown = childPath(scopePrefix(ownerPath(prefix, "branch")), (entry.owner.fork.node as ForkContinuation).join.id);
		if (following !== undefined) {`,
			},
		],
	},
	{
		id: 18,
		bug: "a lease's end is computed by the worker's clock",
		edits: [
			{
				file: `${RUNTIME}/lease-holder.ts`,
				find: "this.#backend.heartbeat(this.#workerId, this.#options.leaseMs)",
				replace: "this.#backend.heartbeat(this.#workerId, this.#options.clock.now() + this.#options.leaseMs)",
			},
			{
				file: `${MEMORY}/workers.ts`,
				find: "	worker.expiresAt = commit.now + leaseMs;",
				replace: "	worker.expiresAt = leaseMs;",
			},
		],
	},
	{
		id: 19,
		bug: "a result that cannot be stored gives the lease back and settles nothing",
		edits: [
			{
				file: `${RUNTIME}/run-attempt.ts`,
				find: "LeaseLostError.is(reason) || TaskCancelledError.is(reason);",
				replace: `LeaseLostError.is(reason) || TaskCancelledError.is(reason) || (reason as { code?: unknown }).code === "NotSerializable";`,
			},
		],
	},
	{
		id: 20,
		bug: "what has ended is cancelled all the same",
		edits: [
			{
				file: `${CORE}/instance/status.ts`,
				find: `	if (state.status === "cancelled") return { kind: "apply", next: state, changed: false };
	if (isTerminal(state.status)) return { kind: "finished" };`,
				replace: `	if (state.status === "cancelled") return { kind: "apply", next: state, changed: false };`,
			},
		],
	},
	{
		id: 21,
		bug: "a retry is taken on before it is due",
		edits: [
			{
				file: `${MEMORY}/claim.ts`,
				find: "		if (row.dueAt !== null && row.dueAt > commit.now) return;",
				replace: "		if (row.dueAt !== null && row.dueAt > commit.now + 500) return;",
			},
		],
	},
	{
		id: 22,
		bug: "nobody polls, and a wake-up is lost",
		edits: [
			{
				file: `${RUNTIME}/worker.ts`,
				find: "(isUpkeep) => void this.#pollOnce(isUpkeep), mayRest",
				replace: "() => void this.#lookAtLeases(), mayRest",
			},
		],
	},
	{
		id: 23,
		bug: "user code begins though the lease has run out since its grant",
		edits: [
			{
				file: `${RUNTIME}/run-attempt.ts`,
				find: "if (!tenure.isLeased) throw",
				replace: `if (!tenure.isLeased && grant.path === "") throw`,
			},
		],
	},
	{
		id: 24,
		bug: "a signal grants its wait though the instance is paused",
		edits: [
			{
				file: `${MEMORY}/signals.ts`,
				find: "	return grantReady(state, commit, wait.run, [wait], grantTo);",
				replace: `	const { instance } = wait.run;
	const { status } = instance;
	if (status === "paused") instance.status = "in_progress";
	const granted = grantReady(state, commit, wait.run, [wait], grantTo);
	instance.status = status;
	return granted;`,
			},
		],
	},
	{
		id: 25,
		bug: "a node that is tried at once gets fresh attempts",
		edits: [
			{
				file: `${MEMORY}/control.ts`,
				find: "{ dueAt: commit.now, version: commit.touch(run) }",
				replace: "{ dueAt: commit.now, attempt: 1, version: commit.touch(run) }",
			},
		],
	},
	{
		id: 26,
		bug: "a retry at once cuts a delay short",
		edits: [
			{
				file: `${CORE}/instance/status.ts`,
				find: `if (node.state !== "retrying") return`,
				replace: `if (node.state !== "retrying" && node.state !== "waiting") return`,
			},
		],
	},
	{
		id: 27,
		bug: "a node is tried at once although its instance is paused",
		edits: [
			{
				file: `${CORE}/instance/status.ts`,
				find: `	if (state.status === "paused") return { kind: "conflict", because: "it is paused" };
	if (node === null)`,
				replace: "	if (node === null)",
			},
			{
				file: `${MEMORY}/control.ts`,
				find: "if (row !== undefined) state.change(row, {",
				replace:
					"run.instance.status = liveStatus(run.states.keys(), run.instance.startedAt);\n			if (row !== undefined) state.change(row, {",
			},
		],
	},
];
