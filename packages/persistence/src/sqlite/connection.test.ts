import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openTestStore } from "../testing/open-test-store.ts";
import { temporaryFile } from "../testing/temporary-folder.ts";
import { APPLICATION_ID } from "./connection.ts";

const FULL = 2;
const NORMAL = 1;

describe("a SQLite connection", () => {
	it("survives power loss by default: WAL with synchronous FULL", async () => {
		const { handle } = await openTestStore();
		expect(handle.pragma("synchronous", { simple: true })).toBe(FULL);
		expect(handle.pragma("journal_mode", { simple: true })).toBe("wal");
	});

	it("gives power loss the last moments only where durability normal was asked for", async () => {
		const { handle } = await openTestStore(temporaryFile(), { durability: "normal" });
		expect(handle.pragma("synchronous", { simple: true })).toBe(NORMAL);
	});

	it("never waits inside SQLite, checks foreign keys and bears Waymark's mark", async () => {
		const { handle } = await openTestStore();
		expect(handle.pragma("busy_timeout", { simple: true })).toBe(0);
		expect(handle.pragma("foreign_keys", { simple: true })).toBe(1);
		expect(handle.pragma("wal_autocheckpoint", { simple: true })).toBe(4000);
		expect(handle.pragma("application_id", { simple: true })).toBe(APPLICATION_ID);
	});

	it("creates files that only their owner can read", async () => {
		const { file } = await openTestStore();
		for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600);
	});
});
