import { getBackend } from "./backend.ts";
import { newestDefinition } from "./start-command.ts";
import type { StartForm } from "./wire.ts";

/** What the page needs to ask for an instance's input. */
export async function loadStartForm(workflow: string): Promise<StartForm> {
	const { hash, graph } = await newestDefinition(await getBackend(), workflow);
	return { workflow, definitionHash: hash, description: graph.description, inputSchema: graph.inputSchema ?? null };
}
