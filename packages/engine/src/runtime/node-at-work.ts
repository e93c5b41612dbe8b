import type { Grant } from "../backend/commands.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import { AttemptAbort } from "./attempt-abort.ts";
import { patientReads } from "./database-calls.ts";
import type { ExecutorPorts } from "./executor-ports.ts";
import type { MaybeLater } from "./maybe-later.ts";
import { perform } from "./perform.ts";
import type { Performed, Tenure } from "./performed.ts";
import { type Carried, isCarried, readCarried, readValue } from "./read-value.ts";

/** A grant that a slot has, and the chain that led to it. */
export interface Work {
	readonly grant: Grant;
	readonly owner: string;
	/** Values at hand. */
	readonly carried: Carried;
	readonly chain: { readonly since: number; nodes: number };
}

/** A node in its slot, from its grant until it is settled. */
export class NodeAtWork implements Tenure {
	readonly abort = new AttemptAbort();
	/** Its lease, in words. */
	readonly key: string;
	/** Null: its definition is not registered here. */
	readonly workflow: Workflow | null;
	readonly #ports: ExecutorPorts;

	constructor(
		ports: ExecutorPorts,
		readonly work: Work,
		/** Order of launching: a look at the database says nothing about what was granted after it. */
		readonly sequence: number,
	) {
		this.#ports = ports;
		this.key = keyOf(work.grant);
		this.workflow = ports.registry.byHash(work.grant.definitionHash);
	}

	/** What has no code here is given back. */
	perform(): MaybeLater<Performed> {
		if (this.workflow === null) return this.notPerformed();
		return perform(this.workflow, this.work.grant, this.abort, this.#ports, this);
	}

	/** It is given back as it is. */
	notPerformed(): Performed {
		const now = this.#ports.clock.now();
		return { kind: "aborted", startedAt: now, finishedAt: now, lingering: null };
	}

	get isLeased(): boolean {
		return this.#ports.lease.holds(this.work.owner);
	}

	readInput({ graph }: Workflow): MaybeLater<unknown> {
		const { carried, grant } = this.work;
		const { codecs } = this.#ports;
		if (isCarried(grant.input, carried)) return readCarried(grant.input, carried, codecs);
		const backend = patientReads(this.#ports, this.work, this.abort);
		return readValue({ backend, graph, runId: grant.runId, codecs, carried }, grant.input);
	}
}

export function keyOf({ runId, path, epoch }: Pick<Grant, "runId" | "path" | "epoch">): string {
	return `${runId} ${path} ${epoch}`;
}
