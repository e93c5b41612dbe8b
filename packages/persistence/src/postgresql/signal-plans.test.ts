import { systemIds } from "@waymark/engine";
import pg from "pg";
import { expect, it, onTestFinished, vi } from "vitest";
import { PrismaBackend } from "../prisma-backend.ts";
import { awaiting, createCommand, signalCommand } from "../testing/commands.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import { FLUSH_SETTINGS } from "./flush-text.ts";
import { openPostgresStore } from "./open-store.ts";

const server = await PostgresServer.start("fast");

interface PlanNode {
	readonly "Relation Name"?: string;
	readonly "Index Cond"?: string;
	readonly Plans?: readonly PlanNode[];
}

function scans(node: PlanNode): PlanNode[] {
	const below = (node.Plans ?? []).flatMap(scans);
	return "Relation Name" in node && node.Plans === undefined ? [node, ...below] : below;
}

/** Statements are planned once, for tables that may be nearly empty then: a plan that reads all of one would stay. */
it("is planned, over empty tables, to look up the rows of its own run alone", async () => {
	const { url, free } = await server.borrowDatabase();
	const { store, release } = await openPostgresStore(url, { clock: null, ids: systemIds });
	const client = new pg.Client(url);
	await client.connect();
	onTestFinished(async () => {
		await Promise.all([client.end(), release()]);
		await free();
	});
	const backend = new PrismaBackend(store, async () => {});
	await backend.registerWorker({ workerId: "w", name: "w", slots: 9, leaseMs: 60_000 });
	await backend.create(createCommand("i", { open: [awaiting("ask", "go")] }));
	const asked = vi.spyOn(pg.Client.prototype, "query");
	const grantTo = { owner: "w", slots: 1, definitions: ["hash-1"], tags: [] };
	expect(await backend.sendSignal(signalCommand("i", { grantTo }))).toMatchObject({ grants: [{ path: "ask" }] });
	const texts = asked.mock.calls.map(([query]) => (query as unknown as { readonly text: string }).text);
	asked.mockRestore();
	// One reads the run, one writes the signal.
	expect(texts).toHaveLength(2);
	await client.query(FLUSH_SETTINGS);
	for (const text of texts) {
		const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
			`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`,
		);
		const found = rows.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan }) => scans(Plan)));
		const ofRuns = found.filter((node) => node["Relation Name"] !== "worker");
		expect(ofRuns.length).toBeGreaterThan(1);
		for (const node of ofRuns) expect(node["Index Cond"]).toMatch(/\b(?:run|instance)_id = /);
	}
});
