import {
	INSTANCE_STATUSES,
	type InstanceCounts,
	type InstancePage,
	type InstanceQuery,
	type InstanceStatus,
	InvalidArgumentError,
} from "@waymark/engine/backend";
import type { InstanceRow } from "./instance-row.ts";
import type { ReadClient } from "./read-client.ts";
import { toInstance } from "./record-mapper.ts";

interface Place {
	readonly createdAt: bigint;
	readonly runId: string;
}

/** One page, newest first, by keyset: as fast at the end as at the beginning. Reads no payload. */
export async function listInstances(client: ReadClient, now: number, query: InstanceQuery): Promise<InstancePage> {
	const { limit } = query;
	if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
		throw new InvalidArgumentError("limit", `A page holds 1 to 200 instances, not ${limit}. Ask for such a number.`);
	}
	const after = query.cursor === null ? null : parseCursor(query.cursor);
	const rows = await client.instance.findMany({
		where: {
			...(query.statuses.length > 0 && { status: { in: [...query.statuses] } }),
			...(query.workflows.length > 0 && { workflow: { in: [...query.workflows] } }),
			...(after !== null && {
				createdAt: { lte: after.createdAt },
				OR: [{ createdAt: { lt: after.createdAt } }, { runId: { lt: after.runId } }],
			}),
		},
		orderBy: [{ createdAt: "desc" }, { runId: "desc" }],
		take: limit + 1,
		omit: { inputCodec: true, inputBytes: true },
	});
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	const nextCursor = rows.length > limit && last !== undefined ? `${last.createdAt}~${last.runId}` : null;
	return { now, instances: page.map((row) => toInstance(toRow(row))), nextCursor };
}

/** Instances by status, and the names of all workflows. */
export async function countInstances(client: ReadClient): Promise<InstanceCounts> {
	const groups = await client.instance.groupBy({ by: ["status"], _count: { _all: true } });
	const definitions = await client.definition.findMany({
		distinct: ["workflow"],
		select: { workflow: true },
		orderBy: { workflow: "asc" },
	});
	const byStatus = Object.fromEntries(INSTANCE_STATUSES.map((status) => [status, 0])) as Record<InstanceStatus, number>;
	for (const group of groups) byStatus[group.status as InstanceStatus] = group._count._all;
	return { byStatus, workflows: definitions.map(({ workflow }) => workflow).sort() };
}

function parseCursor(cursor: string): Place {
	const [, createdAt, runId] = /^(\d{1,16})~(.+)$/.exec(cursor) ?? [];
	if (createdAt === undefined || runId === undefined) {
		throw new InvalidArgumentError("cursor", "This is no cursor of an instance list. Begin with the first page.");
	}
	return { createdAt: BigInt(createdAt), runId };
}

type ListedInstance = Omit<
	Awaited<ReturnType<ReadClient["instance"]["findMany"]>>[number],
	"inputCodec" | "inputBytes"
>;

function toRow(found: ListedInstance): InstanceRow {
	return {
		run_id: found.runId,
		instance_id: found.instanceId,
		generation: found.generation,
		workflow: found.workflow,
		definition_hash: found.definitionHash,
		status: found.status as InstanceRow["status"],
		control: found.control as InstanceRow["control"],
		version: found.version,
		progress_done: found.progressDone,
		progress_total: found.progressTotal,
		created_at: Number(found.createdAt),
		started_at: toNumber(found.startedAt),
		updated_at: Number(found.updatedAt),
		ended_at: toNumber(found.endedAt),
		output: found.output,
		failed_path: found.failedPath,
		error: found.error,
		labels: found.labels,
	};
}

function toNumber(value: bigint | null): number | null {
	return value === null ? null : Number(value);
}
