import { WorkflowClient } from "@waymark/engine";
import type { DefinitionRecord, InstanceRecord, PersistentBackend } from "@waymark/engine/backend";
import { ApiError } from "./api-error.ts";
import { authorise } from "./authorise.ts";
import { getBackend } from "./backend.ts";
import { checkInput } from "./check-input.ts";
import { requireNoMarks, withoutSecrets } from "./hiding.ts";
import { findDefinition } from "./instance-state.ts";
import { readBody } from "./read-body.ts";

/**
 * Starts an instance of a workflow that this database has seen before, by the definition of its newest instance. The
 * code is not needed for that: a worker that has it performs the tasks.
 */
export async function startInstance(request: Request): Promise<Response> {
	const { by } = authorise(request, "start");
	const fields = await readBody(request);
	const workflow = fields.requiredText("workflow", { max: 200 });
	const instanceId = fields.requiredText("instanceId", { max: 1_000 });
	requireNoMarks(fields.value("input"));
	const backend = await getBackend();
	const definition = await newestDefinition(backend, workflow);
	checkInput(definition.graph.inputSchema, fields.value("input"));
	const labels = labelsOf(fields.value("labels"));
	const client = new WorkflowClient(backend);
	const { instance } = await startOnce(backend, instanceId, () =>
		client.startDefinition(definition, instanceId, fields.value("input"), { by, labels }),
	);
	return Response.json(withoutSecrets({ instance }), { status: 201 });
}

/** Sizes and names are checked by the engine. */
function labelsOf(given: unknown): Readonly<Record<string, string>> {
	if (given === null) return {};
	const isText = (value: unknown): value is string => typeof value === "string";
	if (typeof given !== "object" || Array.isArray(given) || !Object.values(given).every(isText)) {
		throw new ApiError("BadRequest", '"labels" must be an object of strings. Correct it.');
	}
	return given as Readonly<Record<string, string>>;
}

/** The definition of the newest instance of that workflow. */
export async function newestDefinition(backend: PersistentBackend, workflow: string): Promise<DefinitionRecord> {
	const page = await backend.listInstances({ statuses: [], workflows: [workflow], limit: 1, cursor: null });
	const [newest] = page.instances;
	if (newest !== undefined) return findDefinition(backend, newest.definitionHash);
	const { workflows } = await backend.countInstances();
	const known = workflows.length === 0 ? "None is known yet" : `Known: ${workflows.slice(0, 20).join(", ")}`;
	throw new ApiError(
		"UnknownWorkflow",
		`No workflow of that name has been started here. ${known}. Start it once from code, or correct the name.`,
	);
}

/** A refusal because the id is taken carries the instance that has it. */
async function startOnce(
	backend: PersistentBackend,
	instanceId: string,
	start: () => Promise<{ readonly instance: InstanceRecord }>,
): Promise<{ readonly instance: InstanceRecord }> {
	try {
		return await start();
	} catch (error) {
		const taken = error instanceof Error && "code" in error && error.code === "InstanceExists";
		const holder = taken ? await backend.getInstance(instanceId) : null;
		if (holder === null) throw error;
		throw new ApiError(
			"InstanceExists",
			`An instance of that id exists already (${holder.status}). Choose another id, or open that one.`,
			holder,
		);
	}
}
