import { type Grant, type GrantTo, type GrantWithin, mayGrant } from "@waymark/engine/backend";
import type { CommitContext } from "./commit-context.ts";
import type { InstanceHead } from "./instance-row.ts";
import type { OpeningNode } from "./open-nodes.ts";

/** The row of a grant as it stands after the grant. */
export interface GrantedNode {
	readonly path: string;
	readonly epoch: number;
	readonly attempt: number;
	readonly crashes: number;
	readonly input: string;
	readonly signal_id: string | null;
}

/** `dueAt`: the time that made the row actionable; null if it was simply ready. */
export function toGrant(row: InstanceHead, node: GrantedNode, dueAt: number | null): Grant {
	return {
		instanceId: row.instance_id,
		runId: row.run_id,
		workflow: row.workflow,
		definitionHash: row.definition_hash,
		path: node.path,
		epoch: node.epoch,
		attempt: node.attempt,
		crashes: node.crashes,
		input: node.input,
		signalId: node.signal_id,
		dueAt,
	};
}

/** How many rows of this run may be granted to them now. */
export async function grantable(ctx: CommitContext, row: InstanceHead, to: GrantTo | null): Promise<number> {
	if (to === null || to.slots <= 0 || !mayGrant(row)) return 0;
	return (await ctx.isLive(to.owner)) ? to.slots : 0;
}

/** Whether whoever is described so can run a node of that instance. `tags` as they are stored. */
export function isWithin(
	row: Pick<InstanceHead, "definition_hash">,
	tags: string,
	{ definitions, tags: served }: GrantWithin,
): boolean {
	if (!definitions.includes(row.definition_hash)) return false;
	return tags === "[]" || (JSON.parse(tags) as string[]).every((tag) => served.includes(tag));
}

/** Whether a grant of a row opened like this runs user code; a wait is only settled. */
export function runsCode(openedAs: OpeningNode["spec"]["state"]): boolean {
	return openedAs === "ready" || openedAs === "joining";
}

/** Marks an opening row as granted in the commit that opens it. */
export function grantOpening(row: InstanceHead, node: OpeningNode, owner: string): Grant {
	node.owner = owner;
	if (runsCode(node.spec.state)) node.state = "running";
	const { path, input } = node.spec;
	const granted = { path, epoch: 1, attempt: 1, crashes: 0, input, signal_id: node.signalId };
	return toGrant(row, granted, null);
}
