import { systemIds } from "@waymark/engine";
import type { ClaimCommand } from "@waymark/engine/backend";
import { describe, expect, it, onTestFinished } from "vitest";
import { claimTexts } from "./claim-texts.ts";
import { earliestDue, freeRows, orphanedRows, readLeases } from "./claimable.ts";
import { CommitContext } from "./commit-context.ts";
import { readHolders } from "./guards.ts";
import { openPostgresStore } from "./postgresql/open-store.ts";
import { PrismaBackend } from "./prisma-backend.ts";
import type { Sql, SqlValue } from "./sql.ts";
import { sqliteDialect } from "./sqlite/sqlite-dialect.ts";
import type { Store } from "./store.ts";
import { createCommand } from "./testing/commands.ts";
import { crowd } from "./testing/crowded-queue.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { PostgresServer } from "./testing/postgres-server.ts";

const server = await PostgresServer.startOwn("fast");

/** Of each of six kinds that the claim cannot take. A walk through one of them would look at all of these. */
const EACH = 3_000;
/** Steps from one lane and priority to the next, and the rows taken: they do not grow with the queue. */
const MOST_EXAMINED = 150;
const INDEX = "open_node_state_owner_lane_priority_due_at_idx";
const CLAIM: ClaimCommand = { owner: "w", slots: 10, definitions: ["hash-1"], tags: [], runId: null };

interface Asked {
	readonly text: string;
	readonly values: readonly SqlValue[];
}

/** Claims beside the crowd, and answers what was asked of the database for that. */
async function claimInCrowd(store: Store, nextDue: number | null = 9_000_000_000_001): Promise<Asked[]> {
	const backend = new PrismaBackend(store, async () => {});
	await backend.registerWorker({ workerId: "w", name: "w", slots: 10, leaseMs: 60_000 });
	for (const id of ["x", "y", "z"]) await backend.create(createCommand(id));
	const asked: Asked[] = [];
	await store.database.transaction(async (sql, now) => {
		const ctx = new CommitContext(recording(sql, asked), now, systemIds);
		expect((await freeRows(ctx, CLAIM)).map(({ run_id }) => run_id).sort()).toEqual([
			"run-of-x",
			"run-of-y",
			"run-of-z",
		]);
		expect(await readLeases(ctx, CLAIM.owner)).toEqual({ live: true, dead: [] });
		expect(await orphanedRows(ctx, CLAIM, ["nobody"])).toEqual([]);
		expect(await earliestDue(ctx, CLAIM)).toBe(nextDue);
	});
	await backend.close();
	return asked;
}

function recording(sql: Sql, asked: Asked[]): Sql {
	return {
		dialect: sql.dialect,
		all: (text, ...values) => {
			asked.push({ text, values });
			return sql.all(text, ...values);
		},
		get: (text, ...values) => {
			asked.push({ text, values });
			return sql.get(text, ...values);
		},
		run: (text, ...values) => {
			asked.push({ text, values });
			return sql.run(text, ...values);
		},
		announce: () => sql.announce(),
	};
}

describe("a claim beside thousands of nodes that it cannot take", () => {
	it("walks the index of the queue on SQLite, from lane to lane", async () => {
		const { store, handle } = await openTestStore();
		await new PrismaBackend(store, async () => {}).create(createCommand("first", { open: [] }));
		for (const sql of crowd(EACH, "recursive")) handle.exec(sql);
		const asked = await claimInCrowd(store);
		expect(asked.length).toBeLessThan(MOST_EXAMINED);
		const texts = claimTexts(sqliteDialect);
		const planOf = (text: string): string[] => {
			const plan = handle.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...Array(text.split("?").length - 1).fill(1));
			return (plan as { detail: string }[]).map(({ detail }) => detail).filter((detail) => / n /.test(detail));
		};
		const queue = `SEARCH n USING INDEX ${INDEX} (state=? AND owner=?`;
		expect(planOf(texts.nextLane)).toEqual([`${queue} AND lane>?)`]);
		expect(planOf(texts.nextPriority)).toEqual([`${queue} AND lane=? AND priority>?)`]);
		expect(planOf(texts.free)).toEqual([`${queue} AND lane=? AND priority=? AND due_at<?)`]);
		expect(planOf(texts.earliest)).toEqual([`${queue} AND lane=? AND priority=? AND due_at>?)`]);
		expect(planOf(texts.earliestLeft)).toEqual([`${queue} AND lane=? AND priority=? AND due_at>? AND due_at<?)`]);
		expect(planOf(texts.orphaned)).toEqual([`${queue})`]);
		const used = new Set(asked.map(({ text }) => text));
		for (const text of used) expect(planOf(text).join()).not.toContain("SCAN n");
		expect([...used]).toEqual(expect.arrayContaining([texts.nextLane, texts.nextPriority, texts.free, texts.earliest]));
	});

	it("says nothing that SQLite prepares anew whenever another value is bound", () => {
		for (const text of Object.values({ ...claimTexts(sqliteDialect) })) {
			expect(text).not.toMatch(/\bstate (=|<>|IN) \(?\?|LIMIT \?/);
			// Each list is a table of its own while the statement runs, and two of them cost more than all the rest of it.
			expect(text).not.toMatch(/status (NOT )?IN/);
		}
	});

	it("examines a bounded number of rows on PostgreSQL, whatever the queue holds", async () => {
		const url = await server.createDatabase();
		const { store, release } = await openPostgresStore(url, { clock: null, ids: systemIds });
		onTestFinished(release);
		await new PrismaBackend(store, async () => {}).create(createCommand("first", { open: [] }));
		for (const sql of crowd(EACH, "generate_series")) await server.sql(sql, url);
		const asked = await claimInCrowd(store);
		// Free rows, leases, orphaned rows, what is due next.
		expect(asked).toHaveLength(4);
		for (const { text, values } of asked) {
			const nodes = await explained(store, text, values);
			const onQueue = nodes.filter((node) => node["Relation Name"] === "open_node");
			expect(onQueue.length).toBeGreaterThan(0);
			expect(new Set(onQueue.map((node) => node["Index Name"]))).toEqual(new Set([INDEX]));
			const examined = nodes.filter((node) => "Relation Name" in node).reduce((sum, node) => sum + examinedBy(node), 0);
			expect(examined).toBeLessThan(MOST_EXAMINED);
		}
	}, 60_000);

	it.each([1, 20, 100, 400, 2_000])(
		"looks instances up by their run id on PostgreSQL, also as it is planned beside %i that nobody counted",
		async (count) => {
			const url = await server.createDatabase();
			const { store, release } = await openPostgresStore(url, { clock: null, ids: systemIds });
			onTestFinished(release);
			const backend = new PrismaBackend(store, async () => {});
			await Promise.all(Array.from({ length: count }, (_, n) => backend.create(createCommand(`i-${n}`, { open: [] }))));
			const asked = await claimInCrowd(store, null);
			expect(asked).toHaveLength(4);
			for (const { text, values } of asked) {
				const onInstances = (await explained(store, text, values)).filter(
					(node) => node["Relation Name"] === "instance",
				);
				for (const node of onInstances) expect(node["Index Name"]).toBe("instance_pkey");
			}
		},
		60_000,
	);

	it.each([100, 2_000])(
		"reads none of %i nodes that others run, on PostgreSQL",
		async (count) => {
			const url = await server.createDatabase();
			const { store, release } = await openPostgresStore(url, { clock: null, ids: systemIds });
			onTestFinished(release);
			const backend = new PrismaBackend(store, async () => {});
			await Promise.all(Array.from({ length: count }, (_, n) => backend.create(createCommand(`i-${n}`))));
			await backend.registerWorker({ workerId: "other", name: "other", slots: count, leaseMs: 60_000 });
			const { grants } = await backend.claim({ ...CLAIM, owner: "other", slots: count });
			expect(grants).toHaveLength(count);
			const asked: Asked[] = [];
			await store.database.transaction(async (sql, now) => {
				const ctx = new CommitContext(recording(sql, asked), now, systemIds);
				expect(await readLeases(ctx, "other")).toEqual({ live: true, dead: [] });
				expect(await readHolders(ctx.sql, now)).toMatchObject([{ worker_id: "other" }]);
			});
			for (const { text, values } of asked) {
				const nodes = (await explained(store, text, values)).filter((node) => node["Relation Name"] === "open_node");
				expect(nodes.reduce((sum, node) => sum + examinedBy(node), 0)).toBeLessThan(10);
			}
		},
		60_000,
	);
});

interface PlanNode {
	readonly "Relation Name"?: string;
	readonly "Index Name"?: string;
	readonly "Actual Rows": number;
	readonly "Actual Loops": number;
	readonly "Rows Removed by Filter"?: number;
	readonly "Rows Removed by Join Filter"?: number;
	readonly Plans?: readonly PlanNode[];
}

async function explained(store: Store, text: string, values: readonly SqlValue[]): Promise<PlanNode[]> {
	const plan = await store.database.transaction(async (sql) => {
		const [row] = await sql.all<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
			`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
			...values,
		);
		return row?.["QUERY PLAN"][0].Plan;
	});
	return plan === undefined ? [] : flat(plan);
}

function flat(node: PlanNode): PlanNode[] {
	return [node, ...(node.Plans ?? []).flatMap(flat)];
}

function examinedBy(node: PlanNode): number {
	return (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
}
