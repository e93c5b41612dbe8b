import { type InstanceQuery, MATCH_LIMIT } from "@waymark/engine/backend";
import type Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { listAttention } from "./attention.ts";
import { listRequests } from "./audit-list.ts";
import { readEnded } from "./ended-series.ts";
import { countInstances, countMatching, listInstances } from "./instance-list.ts";
import { STRETCH } from "./instance-search.ts";
import type { Sql, SqlValue } from "./sql.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { countWaits, listWaits } from "./waits.ts";
import { listWorkflows, readWorkflow } from "./workflow-stats.ts";

const ALL: InstanceQuery = { statuses: [], workflows: [], limit: 50, cursor: null };
const PAGE = { limit: 50, cursor: null };
const REQUESTS = { kinds: [], results: [], by: null, instanceId: null, ...PAGE };

const LISTS: Readonly<Record<string, Partial<InstanceQuery>>> = {
	"the list": {},
	"the list from a place in it": { cursor: "1000~run-0000005" },
	"the list towards newer": { cursor: "1000~run-0000005", towards: "newer" },
	"several statuses": { statuses: ["failed", "waiting"] },
	"several workflows": { workflows: ["order", "nap"] },
	"statuses of a workflow": { statuses: ["failed"], workflows: ["order"] },
	"a time": { startedFrom: 10, startedTo: 20 },
	"a duration": { minDurationMs: 10 },
	"nodes in backoff": { retries: "now" },
	"attempts that failed": { retries: "ever" },
	"a signal": { signal: "go" },
	"a label": { labels: { tenant: "acme" } },
	"labels and a status": { labels: { tenant: "acme", region: "eu" }, statuses: ["failed"] },
	"the beginning of an id": { idPrefix: "order-" },
	"an error": { error: "refused" },
};

const READS: Readonly<Record<string, (sql: Sql) => Promise<unknown>>> = {
	...Object.fromEntries(
		Object.entries(LISTS).map(([name, query]) => [name, (sql: Sql) => listInstances(sql, 5_000, { ...ALL, ...query })]),
	),
	...Object.fromEntries(
		Object.entries(LISTS).map(([name, query]) => [
			`the count of ${name}`,
			(sql: Sql) => countMatching(sql, 5_000, { ...ALL, ...query }),
		]),
	),
	"counts by status": countInstances,
	waits: (sql) => listWaits(sql, 5_000, { signal: null, ...PAGE }),
	"waits of one name": (sql) => listWaits(sql, 5_000, { signal: "go", limit: 50, cursor: "0~go\nrun-0000005\na" }),
	"counts of waits": countWaits,
	"the audit": (sql) => listRequests(sql, 5_000, { ...REQUESTS, cursor: "5~x" }),
	attention: (sql) => listAttention(sql, 5_000, 6),
	"what ended": (sql) => readEnded(sql, 5_000, { from: 0, bucketMs: 100, buckets: 60 }),
	workflows: listWorkflows,
	"a workflow": (sql) => readWorkflow(sql, 5_000, "order"),
};

describe("a read of a page", () => {
	for (const [name, read] of Object.entries(READS)) {
		it(`walks no table from end to end: ${name}`, async () => {
			const { database, handle } = await openTestStore();
			fill(handle, 20);
			await database.read(async (sql) => {
				const asked: { text: string; values: readonly SqlValue[] }[] = [];
				await read(recorded(sql, asked));
				expect(asked.length).toBeGreaterThan(0);
				for (const { text, values } of asked) {
					expect(text).not.toMatch(/\bOFFSET\b/);
					expect(scansOf(handle, text, values), text).toEqual([]);
				}
			});
		});
	}

	it("goes on where a bounded stretch ended, until it has seen everything", async () => {
		const { database, handle } = await openTestStore();
		const instances = 2 * STRETCH + 10;
		fill(handle, instances);
		const sizes: number[] = [];
		let cursor: string | null = null;
		do {
			const page: Awaited<ReturnType<typeof listInstances>> = await database.read((sql) =>
				listInstances(sql, 5_000, { ...ALL, error: "Needle", cursor }),
			);
			sizes.push(page.instances.length);
			cursor = page.nextCursor;
		} while (cursor !== null);
		// Every instance has failed, and only the very first, in the last stretch, with this error.
		expect(sizes).toEqual([0, 0, 1]);
	});
});

describe("a count of what a filter lets through", () => {
	it("ends at its limit, or with its stretch, and says that there may be more", async () => {
		const { database, handle } = await openTestStore();
		fill(handle, STRETCH);
		const count = (filter: Partial<InstanceQuery>) =>
			database.read((sql) => countMatching(sql, 5_000, { ...ALL, ...filter }));
		expect(await count({ statuses: ["failed"] })).toEqual({ count: MATCH_LIMIT, complete: false });
		expect(await count({ error: "hay" })).toEqual({ count: MATCH_LIMIT, complete: false });
		expect(await count({ error: "needle" })).toEqual({ count: 1, complete: false });
		expect(await count({ idPrefix: "order-12" })).toEqual({ count: 111, complete: true });
		expect(await count({ startedTo: MATCH_LIMIT })).toEqual({ count: MATCH_LIMIT, complete: true });
		expect(await count({ error: "needle", startedTo: 5 })).toEqual({ count: 1, complete: true });
	});
});

/** Instances that all failed at their own moment, of one workflow; the first with another error. */
function fill(handle: Sqlite.Database, instances: number): void {
	handle.exec(`
		INSERT INTO definition VALUES ('hash', 'order', 1, 0, '{}');
		WITH RECURSIVE g(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM g WHERE n < ${instances - 1})
		INSERT INTO instance (run_id, instance_id, generation, workflow, definition_hash, status, control, version,
			progress_done, progress_total, created_at, updated_at, ended_at, error, labels, input_codec, input_bytes)
		SELECT printf('run-%07d', n), 'order-' || n, 1, 'order', 'hash', 'failed', 'none', 1, 0, 1, n, n, n,
			'{"name":"E","message":"' || CASE n WHEN 0 THEN 'a needle' ELSE 'hay' END || '","code":null,"stack":null,"cause":null}',
			'{}', 'json', x'7b7d' FROM g`);
}

/** Tables that the statement walks without an index. Subqueries and JSON arrays are walked too; they are bounded. */
function scansOf(handle: Sqlite.Database, text: string, values: readonly SqlValue[]): readonly string[] {
	const plan = handle.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values) as { readonly detail: string }[];
	const tables = /^SCAN (instance|i|k|open_node|n|checkpoint|c|attempt|a|label|l|control_request|r|signal|s)$/;
	const names = handle.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
	return plan
		.map(({ detail }) => detail)
		.filter((detail) => tables.test(detail) && isTable(detail.slice("SCAN ".length), text, names));
}

/** An alias of a subquery is none: `FROM (…) c`. */
function isTable(alias: string, text: string, names: readonly string[]): boolean {
	return names.some((name) => name === alias || new RegExp(`\\b${name} ${alias}\\b`).test(text));
}

function recorded(sql: Sql, asked: { text: string; values: readonly SqlValue[] }[]): Sql {
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
		run: (text, ...values) => sql.run(text, ...values),
		announce: () => sql.announce(),
	};
}
