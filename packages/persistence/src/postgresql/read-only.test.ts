import { StoreUnusableError } from "@waymark/engine/backend";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import { openBackend } from "../open-backend.ts";
import { createCommand } from "../testing/commands.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import { readOnlyAddress } from "./connection.ts";

const server = await PostgresServer.startOwn("fast");

async function openToRead(url: string) {
	const backend = await openBackend(url, { readOnly: true });
	onTestFinished(() => backend.close());
	return backend;
}

it("shows what others write, and refuses every command", async () => {
	const url = await server.createDatabase();
	const writer = await openBackend(url);
	onTestFinished(() => writer.close());
	await writer.create(createCommand("order-1"));
	const reader = await openToRead(url);
	expect((await reader.getInstance("order-1"))?.status).toBe("pending");
	const request = { requestId: "request-1", instanceId: "order-1", by: "mira", reason: null, expectedRunId: null };
	await expect(reader.pause(request)).rejects.toThrow(StoreUnusableError);
	await expect(reader.create(createCommand("order-2"))).rejects.toThrow("for reading alone");
	await expect(reader.reap()).rejects.toThrow("for reading alone");
	expect((await writer.getInstance("order-1"))?.version).toBe((await reader.getInstance("order-1"))?.version);
});

it("needs no right to write: the server itself refuses what its connections would write", async () => {
	const url = await server.createDatabase();
	await server.sql("DROP ROLE IF EXISTS looker");
	await server.sql("CREATE ROLE looker LOGIN");
	await server.sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO looker", url);
	const address = new URL(url);
	address.username = "looker";
	const reader = await openToRead(address.href);
	expect(await reader.countInstances()).toMatchObject({ workflows: [] });
	const client = new pg.Client(readOnlyAddress(url));
	await client.connect();
	onTestFinished(() => client.end());
	await expect(client.query("DELETE FROM instance")).rejects.toThrow("read-only transaction");
});

it("keeps the options that the address has", () => {
	const address = readOnlyAddress("postgresql://h/d?options=-c%20search_path%3Dw&application_name=x");
	expect(new URL(address).searchParams.get("options")).toBe("-c search_path=w -c default_transaction_read_only=on");
	expect(new URL(address).searchParams.get("application_name")).toBe("x");
});

it("opens a database that is read-only by itself, such as a replica, and migrates nothing", async () => {
	const url = await server.createDatabase();
	await server.sql(`ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET default_transaction_read_only = on`);
	await expect(openBackend(url)).rejects.toThrow("it is read-only");
	expect(await (await openToRead(url)).getInstance("nobody")).toBeNull();
	const empty = await server.createEmptyDatabase();
	await expect(openBackend(empty, { readOnly: true })).rejects.toThrow("lacks the migration");
});
