import type { QueryClient } from "@tanstack/react-query";
import type { InstanceRecord } from "@waymark/engine/backend";
import { keyPath, type NodeView } from "@waymark/engine/graph";
import { instancePath, postJson } from "../../api/fetch-json.ts";
import type { ActionAnswer, RetryNowBody } from "../../server/wire.ts";
import { tellRefusal } from "../instance/tell-refusal.ts";
import { stateKey } from "../live/use-instance-live.ts";

/** Asks for the next attempt of a node at once, and resolves when the page shows what came of it. A refusal is told in a toast. */
export function sendRetryNow(client: QueryClient, instance: InstanceRecord, { kind, path }: NodeView): Promise<void> {
	// What a route tries again is its key function.
	const open = kind === "route" ? keyPath(path) : path;
	return send(client, instance, { requestId: crypto.randomUUID(), expectedRunId: instance.runId, path: open });
}

/** Sent again it is the same request: if the first one arrived after all, no second wait is cut short. */
async function send(client: QueryClient, instance: InstanceRecord, body: RetryNowBody): Promise<void> {
	const { instanceId } = instance;
	try {
		await postJson<ActionAnswer>(instancePath(instanceId, "/retry-now"), body);
	} catch (error) {
		tellRefusal("Retrying now", error, () => void send(client, instance, body));
	} finally {
		await client.refetchQueries({ queryKey: stateKey(instanceId) });
	}
}

/** Why no node of that instance is tried at once, whoever asks; null: they are. */
export function heldReason({ status, control }: InstanceRecord): string | null {
	if (control === "cancelling") return "It is being cancelled";
	if (control === "pausing") return "It is being paused: unpause it first";
	return status === "paused" ? "It is paused: unpause it first" : null;
}
