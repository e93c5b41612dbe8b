import { WorkflowClient } from "@waymark/engine";
import { authorise } from "./authorise.ts";
import { getBackend } from "./backend.ts";
import { requireNoMarks } from "./hiding.ts";
import { readBody } from "./read-body.ts";
import type { SignalAnswer } from "./wire.ts";

/** Stores a signal for an instance; it is reserved for a wait at once, or buffered. */
export async function sendSignal(request: Request, instanceId: string): Promise<SignalAnswer> {
	const { by } = authorise(request, "signal");
	const fields = await readBody(request);
	const name = fields.requiredText("name", { max: 1_000 });
	const idempotencyKey = fields.text("idempotencyKey", { max: 1_000 });
	requireNoMarks(fields.value("payload"));
	const client = new WorkflowClient(await getBackend());
	const { signalId, reservedFor, duplicate } = await client.sendSignal(instanceId, name, fields.value("payload"), {
		by,
		...(idempotencyKey === null ? {} : { idempotencyKey }),
	});
	return { signalId, reservedFor, duplicate };
}
