import type { CreateCommand, CreateResult, Grant } from "../backend/commands.ts";
import type { PersistentBackend } from "../backend/contract.ts";
import type { DefinitionRecord } from "../backend/rows.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import type { Codecs } from "../core/codec/codec.ts";
import {
	InstanceExistsError,
	InvalidArgumentError,
	InvalidInstanceIdError,
	SchemaMismatchError,
} from "../core/errors.ts";
import type { Ids } from "../core/ids.ts";
import type { OpenSpec } from "../core/interpreter/open-spec.ts";
import { begin } from "../core/interpreter/step.ts";
import { isInstanceId, isName, LIMITS } from "../core/limits.ts";
import { INPUT_REF } from "../core/value-ref.ts";
import type { Vicinity } from "./vicinity.ts";

export interface StartOptions {
	/** What to do if the id exists: refuse (default), answer with the existing one, or cancel it and start anew. */
	readonly onConflict?: "fail" | "useExisting" | "terminateExisting";
	/** Searchable metadata: at most 32 names of up to 200 characters. */
	readonly labels?: Readonly<Record<string, string>>;
	/** Who starts it; default "client". */
	readonly by?: string;
}

export function definitionOf(workflow: Workflow): DefinitionRecord {
	const { definitionHash: hash, name, graph, plannedNodes } = workflow;
	return { hash, workflow: name, graph, plannedNodes };
}

/**
 * Creates an instance from graph data alone: no code of the workflow is needed to start it.
 * @param vicinity whose workers may take it on; null: it is left to whoever claims it
 */
export async function createInstance(
	ports: { readonly backend: PersistentBackend; readonly codecs: Codecs; readonly ids: Ids },
	definition: DefinitionRecord,
	instanceId: string,
	input: unknown,
	options: StartOptions,
	vicinity: Vicinity | null,
): Promise<Exclude<CreateResult, { kind: "conflict" }>> {
	if (!isInstanceId(instanceId)) throw new InvalidInstanceIdError(String(instanceId));
	const onConflict = options.onConflict ?? "fail";
	if (!["fail", "useExisting", "terminateExisting"].includes(onConflict)) {
		throw new InvalidArgumentError("onConflict", `onConflict is "fail", "useExisting" or "terminateExisting".`);
	}
	const command: CreateCommand = {
		runId: ports.ids.next(),
		instanceId,
		definition,
		input: ports.codecs.encode(input),
		labels: checkedLabels(options.labels ?? {}),
		open: begin(definition.graph).open,
		onConflict,
		grantTo: null,
		by: options.by ?? "client",
	};
	const result = await (vicinity === null
		? ports.backend.create(command)
		: createBeside(vicinity, ports.backend, command));
	if (result.kind === "conflict") throw new InstanceExistsError(instanceId, result.instance.status);
	return result;
}

/** A worker beside it that can run it owns it from the insert and begins at once, with the input at hand. */
async function createBeside(
	vicinity: Vicinity,
	backend: PersistentBackend,
	command: CreateCommand,
): Promise<CreateResult> {
	const { runId, definition, open, input } = command;
	const reservation = vicinity.starting(runId, definition.hash, open);
	let grants: readonly Grant[] | null = null;
	let ungranted = open;
	try {
		const result = await backend.create({ ...command, grantTo: reservation?.grantTo ?? null });
		grants = result.kind === "created" ? result.grants : [];
		ungranted = result.kind === "created" ? withoutGranted(open, grants) : [];
		return result;
	} finally {
		reservation?.take(grants, new Map([[INPUT_REF, input]]));
		vicinity.started(runId, ungranted);
	}
}

function withoutGranted(open: readonly OpenSpec[], grants: readonly Grant[]): readonly OpenSpec[] {
	if (grants.length === open.length) return [];
	const granted = new Set(grants.map(({ path }) => path));
	return open.filter(({ path }) => !granted.has(path));
}

function checkedLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	const entries = Object.entries(labels);
	const isFine = ([name, value]: [string, unknown]) =>
		isName(name) && typeof value === "string" && value.length <= LIMITS.nameLength;
	if (entries.length > LIMITS.labels || !entries.every(isFine)) {
		throw new InvalidArgumentError(
			"labels",
			`Labels are at most ${LIMITS.labels} names with text values of up to ${LIMITS.nameLength} characters. Shorten or drop some.`,
		);
	}
	return labels;
}

/** The input as the workflow's schema gives it back. */
export async function validInput(workflow: Workflow, input: unknown): Promise<unknown> {
	const schema = workflow.inputSchema;
	if (schema === null) return input;
	const result = await schema["~standard"].validate(input);
	if (result.issues === undefined) return result.value;
	throw new SchemaMismatchError(
		`Input of "${workflow.name}"`,
		result.issues.map((issue) => issue.message),
	);
}
