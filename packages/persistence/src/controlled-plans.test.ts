import { describe, expect, it } from "vitest";
import { CONTROLLED } from "./instance-row.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { PostgresServer } from "./testing/postgres-server.ts";

const server = await PostgresServer.start("fast");

const INDEX = "instance_controlled";
const ASKED = `SELECT run_id FROM instance WHERE ${CONTROLLED} ORDER BY run_id`;

describe("whatever looks for instances that are being paused or cancelled", () => {
	it("finds them by their partial index on SQLite", async () => {
		const { handle } = await openTestStore();
		const plan = handle.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${ASKED}`).all();
		expect(plan.map(({ detail }) => detail)).toEqual([`SCAN instance USING INDEX ${INDEX}`]);
	});

	it("finds them by their partial index on PostgreSQL", async () => {
		const url = await server.createDatabase();
		// An empty table would be read as a whole.
		const plan = await server.session(async (client) => {
			await client.query("SET enable_seqscan = off");
			return (await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${ASKED}`)).rows;
		}, url);
		expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toContain(INDEX);
	});
});
