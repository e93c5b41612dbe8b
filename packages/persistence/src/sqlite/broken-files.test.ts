import {
	chmodSync,
	closeSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import path from "node:path";
import { StoreUnusableError, systemClock } from "@waymark/engine";
import Sqlite from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBackend } from "../open-backend.ts";
import { built, runProcess } from "../testing/child-process.ts";
import { createCommand } from "../testing/commands.ts";
import { brokenInvariants } from "../testing/invariants.ts";
import { smallDisk } from "../testing/small-disk.ts";
import { temporaryFile, temporaryFolder } from "../testing/temporary-folder.ts";
import { checkVersion } from "./connection.ts";
import { doubtAbout } from "./file-system.ts";

const IS_ROOT = process.getuid?.() === 0;

/** Opens and reads everything once; answers what that was refused with. */
async function refusal(file: string): Promise<string> {
	try {
		const backend = await openBackend(`file:${file}`);
		try {
			await backend.create(createCommand("another"));
			await backend.getSnapshot("run-of-order-1", 0);
		} finally {
			await backend.close();
		}
	} catch (error) {
		if (StoreUnusableError.is(error)) return error.because;
		throw error;
	}
	throw new Error(`${file} was opened.`);
}

/** A store that a process left with SIGKILL: what it acknowledged last lies in the log only. */
async function crashedFile(count: number): Promise<string> {
	const file = temporaryFile();
	await (await openBackend(`file:${file}`)).close();
	const ended = await runProcess(`
		import { openBackend } from ${built("index.js")};
		const backend = await openBackend(${JSON.stringify(`file:${file}`)});
		const command = ${JSON.stringify(createCommand("order"))};
		command.input.bytes = new TextEncoder().encode("1");
		for (let i = 0; i < ${count}; i++) await backend.create({ ...command, instanceId: "order-" + i, runId: "run-of-order-" + i });
		process.kill(process.pid, "SIGKILL");
	`);
	expect(ended.signal, ended.output).toBe("SIGKILL");
	expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
	return file;
}

async function counted(file: string): Promise<number> {
	const backend = await openBackend(`file:${file}`);
	const counts = await backend.countInstances();
	await backend.close();
	const handle = new Sqlite(file, { readonly: true });
	expect(handle.pragma("integrity_check", { simple: true })).toBe("ok");
	expect(await brokenInvariants((text) => handle.prepare(text).all())).toEqual([]);
	handle.close();
	return counts.byStatus.pending;
}

describe("a store that may not be written to", () => {
	it.skipIf(IS_ROOT)("because of its folder's permissions is refused with what to do", async () => {
		const folder = path.join(temporaryFolder(), "closed");
		mkdirSync(folder);
		chmodSync(folder, 0o500);
		onTestFinished(() => chmodSync(folder, 0o700));
		expect(await refusal(path.join(folder, "waymark.db"))).toContain("permissions");
	});

	it.skipIf(IS_ROOT)("because of its own permissions is refused with what to do", async () => {
		const file = await crashedFile(1);
		chmodSync(file, 0o400);
		expect(await refusal(file)).toContain("permissions");
	});

	it.skipIf(IS_ROOT)("because of its log's permissions is refused with what to do", async () => {
		for (const suffix of ["-wal", "-shm"]) {
			const file = await crashedFile(1);
			chmodSync(file + suffix, 0o400);
			expect(await refusal(file)).toContain("permissions");
		}
	});

	it.runIf(IS_ROOT)("because its file system is read-only is refused with what to do, old or new", async (context) => {
		const disk = smallDisk(4_000);
		if (disk === null) return context.skip("mounting is not allowed here");
		const file = path.join(disk.folder, "waymark.db");
		await (await openBackend(`file:${file}`)).close();
		disk.remount("ro");
		expect(await refusal(file)).toMatch(/permissions/);
		expect(await refusal(path.join(disk.folder, "new.db"))).toContain("permissions");
		disk.remount("rw");
		expect(await counted(file)).toBe(0);
	});
});

describe("a store whose pages were overwritten", () => {
	it("is refused as damaged, and not written to any more", async () => {
		const file = temporaryFile();
		const backend = await openBackend(`file:${file}`);
		await backend.create(createCommand("order-1"));
		await backend.close();
		const handle = openSync(file, "r+");
		const pages = Math.floor(statSync(file).size / 4096);
		for (let page = 1; page < pages; page++) writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
		closeSync(handle);
		expect(await refusal(file)).toContain("damaged");
	});
});

describe("the log of a process that was killed", () => {
	it("holds what was acknowledged: all of it is there afterwards", async () => {
		expect(await counted(await crashedFile(20))).toBe(20);
	});

	it("that somebody deleted takes the newest with it, and leaves a store that is whole", async () => {
		const file = await crashedFile(20);
		rmSync(`${file}-wal`);
		rmSync(`${file}-shm`, { force: true });
		expect(await counted(file)).toBeLessThan(20);
	});

	it("that another store left is refused, and neither file is touched", async () => {
		const [file, other] = [await crashedFile(200), await crashedFile(200)];
		const kept = readFileSync(file);
		copyFileSync(`${file}-wal`, `${file}-own`);
		copyFileSync(`${other}-wal`, `${file}-wal`);
		rmSync(`${file}-shm`, { force: true });
		expect(await refusal(file)).toContain("another store's");
		expect(readFileSync(file).equals(kept)).toBe(true);
		expect(readFileSync(`${file}-wal`).equals(readFileSync(`${other}-wal`))).toBe(true);
		copyFileSync(`${file}-own`, `${file}-wal`);
		expect(await counted(file)).toBe(200);
	});

	it("is believed beside a store of before there were marks", async () => {
		const file = await crashedFile(20);
		const store = openSync(file, "r+");
		writeSync(store, Buffer.alloc(4), 0, 4, 60);
		closeSync(store);
		expect(await counted(file)).toBe(20);
	});

	it("that is garbage or was cut off counts as far as it is whole", async () => {
		const file = await crashedFile(20);
		copyFileSync(`${file}-wal`, `${file}-kept`);
		const log = openSync(`${file}-wal`, "r+");
		writeSync(log, Buffer.alloc(3_000, 0x5a), 0, 3_000, Math.floor(statSync(`${file}-wal`).size / 2));
		closeSync(log);
		const left = await counted(file);
		expect(left).toBeGreaterThan(0);
		expect(left).toBeLessThan(20);
		const other = await crashedFile(1);
		writeFileSync(`${other}-wal`, "not a log at all\n".repeat(1_000));
		expect(await counted(other)).toBe(0);
		expect(existsSync(other)).toBe(true);
	});
});

describe("what a SQLite store stands on", () => {
	it("is refused if two processes could damage the file with it", () => {
		expect(() => checkVersion("store", "3.51.2")).toThrow("3.51.3 is needed");
		expect(() => checkVersion("store", "3.50.9")).toThrow("Reinstall better-sqlite3");
		for (const version of ["3.51.3", "3.53.0", "4.0.0"]) expect(() => checkVersion("store", version)).not.toThrow();
	});

	it("is doubted on a network file system and in a container's layer, and nowhere else", () => {
		for (const type of [0x6969, 0xff534d42, -11317950, 0x01021997]) expect(doubtAbout(type)).toContain("local disk");
		expect(doubtAbout(0x65735546)).toContain("may be another machine's");
		expect(doubtAbout(0x794c7630)).toContain("on a volume");
		// ext4, xfs, btrfs, tmpfs, and Windows, which says 0.
		for (const type of [0xef53, 0x58465342, 0x9123683e, 0x01021994, 0]) expect(doubtAbout(type)).toBeNull();
	});

	it("keeps whole numbers exactly, up to the largest that JavaScript knows", async () => {
		const file = temporaryFile();
		let now = Number.MAX_SAFE_INTEGER - 1_000;
		const backend = await openBackend(`file:${file}`, { clock: { now: () => now, monotonic: systemClock.monotonic } });
		await backend.create(createCommand("order-1"));
		now += 999;
		await backend.pause({ requestId: "r", instanceId: "order-1", by: "ada", reason: null, expectedRunId: null });
		const page = await backend.listInstances({ statuses: [], workflows: [], limit: 1, cursor: null });
		expect(page.instances[0]).toMatchObject({ createdAt: now - 999, updatedAt: now });
		expect(await backend.getInstance("order-1")).toMatchObject({ createdAt: now - 999, updatedAt: now });
		await backend.close();
	});
});
