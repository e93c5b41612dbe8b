import type {
	ClaimCommand,
	ClaimResult,
	ControlCommand,
	ControlResult,
	CreateCommand,
	CreateResult,
	DeleteCommand,
	DeleteResult,
	HeldLease,
	RegisterWorkerCommand,
	RetryNowCommand,
	SettleCommand,
	SettleResult,
	SignalCommand,
	SignalResult,
} from "../backend/commands.ts";
import type { Hint, PersistentBackend } from "../backend/contract.ts";
import type { InstanceCounts, InstanceFilter, InstancePage, InstanceQuery, MatchCount } from "../backend/list-query.ts";
import type {
	Attention,
	EndedQuery,
	EndedSeries,
	RequestPage,
	RequestQuery,
	WaitCount,
	WaitPage,
	WaitQuery,
	WorkflowDetail,
	WorkflowSummary,
} from "../backend/overview.ts";
import type {
	DefinitionRecord,
	InstanceRecord,
	StoredValue,
	UnservedWork,
	WorkerRecord,
	WorkflowSnapshot,
} from "../backend/rows.ts";
import type { Clock } from "../core/clock.ts";
import { BackendClosedError } from "../core/errors.ts";
import { isTerminal } from "../core/instance/status.ts";
import type { ValueSource } from "../core/value-ref.ts";
import { listAttention } from "./attention.ts";
import { claim } from "./claim.ts";
import { control } from "./control.ts";
import { create } from "./create.ts";
import { deleteInstance } from "./delete.ts";
import { reap, shownInstance } from "./drain.ts";
import { readEnded } from "./ended.ts";
import { workerOf } from "./handed-out.ts";
import { countMatching, listInstances } from "./listing.ts";
import { countInstances, listOrphans, readValue, snapshot } from "./queries.ts";
import { listRequests } from "./requests.ts";
import { settle } from "./settle.ts";
import { sendSignal } from "./signals.ts";
import { Commit, type HintCause, MemoryState } from "./state.ts";
import { listUnserved } from "./unserved.ts";
import { countWaits, listWaits } from "./waits.ts";
import { heartbeat, held, registerWorker, retireWorker } from "./workers.ts";
import { listWorkflows, readWorkflow } from "./workflows.ts";

/** This host's clock stands in for the database's. */
const hostClock: Pick<Clock, "now"> = { now: () => Date.now() };

/**
 * The reference backend: everything in this process, gone with it. Every command is one synchronous body, which is
 * what makes it atomic; what comes in and goes out is copied, as a database would.
 */
export class InMemoryBackend implements PersistentBackend {
	readonly name = "memory";
	readonly #state = new MemoryState();
	readonly #listeners = new Set<{ readonly tell: (hint: Hint) => void }>();
	readonly #clock: Pick<Clock, "now">;
	#closed = false;

	constructor(options: { readonly clock?: Pick<Clock, "now"> } = {}) {
		this.#clock = options.clock ?? hostClock;
	}

	async create(command: CreateCommand): Promise<CreateResult> {
		return this.#commit("create", (commit) => create(this.#state, commit, command));
	}

	async settle(command: SettleCommand): Promise<SettleResult> {
		return this.#commit("settle", (commit) => settle(this.#state, commit, command));
	}

	async registerWorker(command: RegisterWorkerCommand): Promise<void> {
		this.#commit("claim", (commit) => registerWorker(this.#state, commit, command));
	}

	async heartbeat(workerId: string, leaseMs: number): Promise<{ readonly alive: boolean; readonly expiresAt: number }> {
		return this.#commit("claim", (commit) => heartbeat(this.#state, commit, workerId, leaseMs));
	}

	async retireWorker(workerId: string): Promise<void> {
		// What it frees is news to every other worker.
		this.#commit("control", (commit) => retireWorker(this.#state, commit, workerId));
	}

	async claim(command: ClaimCommand): Promise<ClaimResult> {
		return this.#commit("claim", (commit) => claim(this.#state, commit, command));
	}

	async held(workerId: string): Promise<readonly HeldLease[]> {
		return this.#commit("claim", (commit) => held(this.#state, commit, workerId));
	}

	async reap(): Promise<number> {
		return this.#commit("control", (commit) => reap(this.#state, commit));
	}

	async sendSignal(command: SignalCommand): Promise<SignalResult> {
		return this.#commit("signal", (commit) => sendSignal(this.#state, commit, command));
	}

	async pause(command: ControlCommand): Promise<ControlResult> {
		return this.#commit("control", (commit) => control(this.#state, commit, "pause", command));
	}

	async unpause(command: ControlCommand): Promise<ControlResult> {
		return this.#commit("control", (commit) => control(this.#state, commit, "unpause", command));
	}

	async cancel(command: ControlCommand): Promise<ControlResult> {
		return this.#commit("control", (commit) => control(this.#state, commit, "cancel", command));
	}

	async retry(command: ControlCommand): Promise<ControlResult> {
		return this.#commit("control", (commit) => control(this.#state, commit, "retry", command));
	}

	async retryNow(command: RetryNowCommand): Promise<ControlResult> {
		return this.#commit("control", (commit) => control(this.#state, commit, "retryNow", command, command.path));
	}

	async reveal(command: ControlCommand): Promise<ControlResult> {
		return this.#commit("control", (commit) => control(this.#state, commit, "reveal", command));
	}

	async delete(command: DeleteCommand): Promise<DeleteResult> {
		return this.#commit("control", (commit) => deleteInstance(this.#state, commit, command));
	}

	async getInstance(instanceId: string): Promise<InstanceRecord | null> {
		const state = this.#open();
		const run = state.newest.get(instanceId);
		return run === undefined ? null : shownInstance(state, new Commit(this.#clock.now()), run);
	}

	async getSnapshot(runId: string, sinceVersion: number): Promise<WorkflowSnapshot | null> {
		const state = this.#open();
		const run = state.runs.get(runId);
		return run === undefined ? null : snapshot(state, new Commit(this.#clock.now()), run, sinceVersion);
	}

	async getVersions(runIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
		const { runs } = this.#open();
		return new Map(
			runIds.flatMap((runId) => {
				const run = runs.get(runId);
				return run === undefined ? [] : [[runId, run.instance.version] as const];
			}),
		);
	}

	async getDefinition(hash: string): Promise<DefinitionRecord | null> {
		return this.#open().definitions.get(hash) ?? null;
	}

	async listInstances(query: InstanceQuery): Promise<InstancePage> {
		return listInstances(this.#open(), this.#clock.now(), query);
	}

	async countInstances(): Promise<InstanceCounts> {
		return countInstances(this.#open());
	}

	async countMatching(filter: InstanceFilter): Promise<MatchCount> {
		return countMatching(this.#open(), this.#clock.now(), filter);
	}

	async readValues(runId: string, sources: readonly ValueSource[]): Promise<readonly (StoredValue | null)[]> {
		const state = this.#open();
		const run = state.runs.get(runId);
		return sources.map((source) => (run === undefined ? null : readValue(state, run, source)));
	}

	async readOutputs(runId: string, paths: readonly string[]): Promise<readonly (string | null)[]> {
		const checkpoints = this.#open().runs.get(runId)?.checkpoints;
		return paths.map((path) => checkpoints?.get(path)?.record.output ?? null);
	}

	async listWorkers(): Promise<readonly WorkerRecord[]> {
		const state = this.#open();
		return [...state.workers.values()].map((worker) => workerOf(state, worker));
	}

	async listOrphans(): Promise<readonly InstanceRecord[]> {
		return listOrphans(this.#open());
	}

	async listUnserved(): Promise<readonly UnservedWork[]> {
		return listUnserved(this.#open(), this.#clock.now());
	}

	async listWaits(query: WaitQuery): Promise<WaitPage> {
		return listWaits(this.#open(), this.#clock.now(), query);
	}

	async countWaits(): Promise<readonly WaitCount[]> {
		return countWaits(this.#open());
	}

	async listRequests(query: RequestQuery): Promise<RequestPage> {
		return listRequests(this.#open(), this.#clock.now(), query);
	}

	async listAttention(limit: number): Promise<Attention> {
		return listAttention(this.#open(), this.#clock.now(), limit);
	}

	async readEnded(query: EndedQuery): Promise<EndedSeries> {
		return readEnded(this.#open(), this.#clock.now(), query);
	}

	async listWorkflows(): Promise<readonly WorkflowSummary[]> {
		return listWorkflows(this.#open());
	}

	async readWorkflow(workflow: string): Promise<WorkflowDetail | null> {
		return readWorkflow(this.#open(), this.#clock.now(), workflow);
	}

	/** There are no other processes. */
	readonly hearsOthers = true;

	onHint(listener: (hint: Hint) => void): () => void {
		const entry = { tell: listener };
		this.#listeners.add(entry);
		return () => {
			this.#listeners.delete(entry);
		};
	}

	async close(): Promise<void> {
		this.#closed = true;
		this.#listeners.clear();
	}

	#open(): MemoryState {
		if (this.#closed) throw new BackendClosedError(this.name);
		return this.#state;
	}

	#commit<T>(cause: HintCause, body: (commit: Commit) => T): T {
		this.#open();
		const commit = new Commit(this.#clock.now(), cause);
		const result = body(commit);
		// After the answer is on its way, so that a listener neither sees it before the caller nor can break it.
		if (commit.touched.size > 0 && this.#listeners.size > 0) queueMicrotask(() => this.#announce(commit));
		return result;
	}

	#announce({ touched, cause }: Commit): void {
		for (const { instance } of touched) {
			// A run that was replaced by this start: whoever runs a task of it must hear of that as of a cancel.
			const told = cause === "create" && isTerminal(instance.status) ? "control" : cause;
			for (const { tell } of this.#listeners) tell({ origin: "local", runId: instance.runId, cause: told });
		}
	}
}
