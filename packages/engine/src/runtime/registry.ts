import type { TaskHandler, Workflow } from "../core/builder/workflow.ts";
import { InvalidArgumentError, UnknownWorkflowError } from "../core/errors.ts";
import { definitionPath } from "../core/graph/path.ts";

/** A workflow whatever its types: what a worker can be given. */
export type AnyWorkflow = Workflow<never, unknown> | Workflow<unknown, unknown>;

/** The workflows that a process has code for. Several definitions of one name live side by side; the last one named starts. */
export class Registry {
	readonly #byHash = new Map<string, Workflow>();
	readonly #byName = new Map<string, Workflow>();

	constructor(workflows: readonly AnyWorkflow[]) {
		for (const workflow of workflows) this.add(workflow);
	}

	add(workflow: AnyWorkflow): void {
		if (typeof workflow?.definitionHash !== "string") {
			throw new InvalidArgumentError("workflows", "A workflow is what flow(name)…build() returns. Call build() on it.");
		}
		this.#byHash.set(workflow.definitionHash, workflow as Workflow);
		this.#byName.set(workflow.name, workflow as Workflow);
	}

	get hashes(): readonly string[] {
		return [...this.#byHash.keys()];
	}

	get names(): readonly string[] {
		return [...this.#byName.keys()].sort();
	}

	byHash(hash: string): Workflow | null {
		return this.#byHash.get(hash) ?? null;
	}

	byName(name: string): Workflow {
		const workflow = this.#byName.get(name);
		if (workflow === undefined) throw new UnknownWorkflowError(name, this.names);
		return workflow;
	}
}

/** The code at a node path; null for nodes that run none. */
export function handlerAt(workflow: Workflow, path: string): TaskHandler | null {
	return workflow.handlers.get(definitionPath(path)) ?? null;
}
