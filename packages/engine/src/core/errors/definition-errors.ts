import { hasCode, WaymarkError } from "./waymark-error.ts";

export interface DefinitionProblem {
	/** Definition path of the offending node, or "" for the workflow itself. */
	readonly path: string;
	readonly message: string;
}

/** `build()` found structural errors; all of them are listed. */
export class InvalidDefinitionError extends WaymarkError {
	readonly code = "InvalidDefinition";
	constructor(
		readonly workflow: string,
		readonly problems: readonly DefinitionProblem[],
	) {
		const lines = problems.map((p) => `  ${p.path === "" ? "(workflow)" : p.path}: ${p.message}`);
		super(`Workflow "${workflow}" cannot be built:\n${lines.join("\n")}\nFix these in its flow() definition.`);
	}
	static override is(error: unknown): error is InvalidDefinitionError {
		return hasCode(error, "InvalidDefinition");
	}
}

export class DefinitionMismatchError extends WaymarkError {
	readonly code = "DefinitionMismatch";
	constructor(
		readonly instanceId: string,
		readonly storedHash: string,
		readonly givenHash: string,
		readonly firstDifference: string,
	) {
		super(
			`Instance "${instanceId}" was started with definition ${storedHash.slice(0, 12)}, but the code has ` +
				`${givenHash.slice(0, 12)}: ${firstDifference}. Keep the old definition registered until its instances end, or start a new instance.`,
		);
	}
	static override is(error: unknown): error is DefinitionMismatchError {
		return hasCode(error, "DefinitionMismatch");
	}
}

export class UnknownWorkflowError extends WaymarkError {
	readonly code = "UnknownWorkflow";
	constructor(
		readonly workflow: string,
		readonly known: readonly string[],
	) {
		super(
			`No workflow "${workflow}" is known here. ${known.length === 0 ? "None is registered" : `Known: ${known.join(", ")}`}. Register it, or correct the name.`,
		);
	}
	static override is(error: unknown): error is UnknownWorkflowError {
		return hasCode(error, "UnknownWorkflow");
	}
}
