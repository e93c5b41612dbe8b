import { describe, expect, it } from "vitest";
import { chaos } from "../testing/faults/chaos.ts";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { PostgresServer } from "../testing/postgres-server.ts";

const server = await PostgresServer.startOwn("durable");

const HOUR_MS = 3_600_000;

describe("four worker processes on one PostgreSQL, killed, frozen and cut off at random", () => {
	it(
		"end 2,000 instances of every kind with the right results, and every piece of work accounted for",
		async () => {
			const stage = await FaultStage.open(await server.createDatabase());
			const database = new URL(stage.url).pathname.slice(1);
			const cut = () =>
				server.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE datname = '${database}' AND application_name = 'waymark' AND random() < 0.7`);
			const told = await chaos(stage, { workers: 4, instances: 2_000, lease: 1_500, cut });
			console.log(told);
			expect(told).toContain("instances");
		},
		24 * HOUR_MS,
	);
});
