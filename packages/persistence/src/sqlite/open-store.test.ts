import { symlinkSync } from "node:fs";
import path from "node:path";
import { BackendClosedError, InvalidArgumentError, systemClock } from "@waymark/engine";
import Sqlite from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "../open-backend.ts";
import { createCommand, json } from "../testing/commands.ts";
import { openTestStore } from "../testing/open-test-store.ts";
import { temporaryFile } from "../testing/temporary-folder.ts";

describe("one file, opened several times in one process", () => {
	it("is one connection, also under another name", async () => {
		const first = await openTestStore();
		const link = path.join(path.dirname(first.file), "link.db");
		symlinkSync(first.file, link);
		const second = await openTestStore(link);
		expect(second.handle).toBe(first.handle);
	});

	it("stays open until the last user closes it, and opens again after that", async () => {
		const file = temporaryFile();
		const [first, second] = await Promise.all([openBackend(`file:${file}`), openBackend(`file:${file}`)]);
		await first.close();
		await second.create(createCommand("order-1"));
		await second.close();
		const third = await openBackend(`file:${file}`);
		expect(await third.getInstance("order-1")).not.toBeNull();
		await third.close();
	});

	it("is refused with another durability or clock than it has", async () => {
		const { file } = await openTestStore();
		await expect(openBackend(`file:${file}`, { durability: "normal" })).rejects.toThrow(InvalidArgumentError);
		await expect(openBackend(`file:${file}`, { clock: { ...systemClock } })).rejects.toThrow(InvalidArgumentError);
	});

	it("finishes what was queued before it closes, and refuses what comes later", async () => {
		const file = temporaryFile();
		const backend = await openBackend(`file:${file}`);
		const queued = backend.create(createCommand("order-1"));
		await backend.close();
		expect(await queued).toMatchObject({ kind: "created" });
		await expect(backend.create(createCommand("order-2"))).rejects.toThrow(BackendClosedError);
	});
});

describe("a full disk", () => {
	it("fails the commands that met it, loses nothing, and is forgotten when there is room again", async () => {
		const { file, handle } = await openTestStore();
		const backend = await openBackend(`file:${file}`);
		onTestFinished(() => backend.close());
		await backend.create(createCommand("order-1"));
		const pages = Number(handle.pragma("page_count", { simple: true }));
		handle.pragma(`max_page_count = ${pages}`);
		const input = json("x".repeat(100_000));
		const full = await Promise.allSettled([
			backend.create(createCommand("order-2", { input })),
			backend.create(createCommand("order-3", { input })),
		]);
		expect(full.map((result) => result.status === "rejected" && result.reason.because)).toEqual(
			Array(2).fill(expect.stringContaining("the disk is full")),
		);
		expect(await backend.getInstance("order-2")).toBeNull();
		handle.pragma("max_page_count = 1000000");
		expect(await backend.create(createCommand("order-2", { input }))).toMatchObject({ kind: "created" });
		expect(handle.pragma("integrity_check", { simple: true })).toBe("ok");
	});
});

describe("another process on the file", () => {
	function otherProcess(file: string) {
		const other = new Sqlite(file, { timeout: 0 });
		onTestFinished(() => {
			other.close();
		});
		return other;
	}

	it("that holds the write lock delays a command without blocking the event loop", async () => {
		const { file } = await openTestStore();
		const backend = await openBackend(`file:${file}`);
		onTestFinished(() => backend.close());
		const other = otherProcess(file);
		other.exec("BEGIN IMMEDIATE");
		let done = false;
		const create = backend.create(createCommand("order-1")).then((result) => {
			done = true;
			return result;
		});
		for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
		expect(done).toBe(false);
		expect(await backend.getInstance("order-1")).toBeNull();
		other.exec("COMMIT");
		expect(await create).toMatchObject({ kind: "created" });
	});

	it("that commits is noticed while someone listens", async () => {
		const { file } = await openTestStore();
		const backend = await openBackend(`file:${file}`);
		onTestFinished(() => backend.close());
		const hint = new Promise((resolve) => {
			onTestFinished(backend.onHint(resolve));
		});
		otherProcess(file).exec(
			"INSERT INTO worker (worker_id, name, slots, started_at, heartbeat_at, expires_at) VALUES ('other', 'other', 1, 1, 1, 1)",
		);
		expect(await hint).toEqual({ origin: "remote" });
	});
});
