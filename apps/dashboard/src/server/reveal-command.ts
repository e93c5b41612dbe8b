import { randomUUID } from "node:crypto";
import { sourceOf, type ValueRef } from "@waymark/engine/graph";
import { ApiError } from "./api-error.ts";
import { admit, refuse } from "./authorise.ts";
import { getBackend } from "./backend.ts";
import { notFound } from "./instance-state.ts";
import { inClear, loadValue, readRef } from "./instance-value.ts";
import { readBody } from "./read-body.ts";
import type { ValueResponse } from "./wire.ts";

const MAX_WORDS = 500;

/** One value in clear. It is shown only once the audit has it: who, and what of. Refusals are audited too. */
export async function reveal(request: Request, instanceId: string): Promise<ValueResponse> {
	const { by, access, denial } = admit(request, "reveal");
	// By a database that is open for reading alone nothing can be audited.
	if (denial?.code === "ReadOnly") refuse({ by }, "reveal", denial);
	const fields = await readBody(request);
	const ref = readRef(fields.requiredText("ref", { max: 10_000 }));
	const run = fields.text("expectedRunId", { max: 200 });
	const value = denial === null ? await loadValue(instanceId, run, ref) : null;
	const result = await (await getBackend()).reveal({
		requestId: randomUUID(),
		instanceId,
		by,
		reason: wordsOf(ref),
		expectedRunId: run,
		...(denial === null ? {} : { forbidden: `the role ${access.user?.role} may not see that` }),
	});
	if (denial !== null) throw new ApiError(denial.code, denial.message);
	if (result.kind === "not_found") throw notFound(instanceId);
	if (result.kind !== "accepted" || value === null) {
		throw new ApiError("ValueNotFound", "The id belongs to a newer run by now. Reload the page.");
	}
	return inClear(value);
}

/** What was looked at, as the audit says it. */
function wordsOf(ref: ValueRef): string {
	const source = sourceOf(ref);
	switch (source.kind) {
		case "input":
			return "the input of the instance";
		case "signal":
			return `the payload of signal ${source.signalId}`.slice(0, MAX_WORDS);
		case "join":
			return `the outputs of the branches of ${source.forkPath}`.slice(0, MAX_WORDS);
		case "checkpoint":
			return `the output of ${source.path}`.slice(0, MAX_WORDS);
		case "none":
			return "nothing";
	}
}
