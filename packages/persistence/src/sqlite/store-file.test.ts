import { copyFileSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { StoreUnusableError } from "@waymark/engine";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openBackend } from "../open-backend.ts";
import { createCommand } from "../testing/commands.ts";
import { temporaryFile, temporaryFolder } from "../testing/temporary-folder.ts";

/** Opens, and answers why that was refused. */
async function refusal(url: string): Promise<string> {
	try {
		const backend = await openBackend(url);
		await backend.close();
	} catch (error) {
		if (StoreUnusableError.is(error)) return error.because;
		throw error;
	}
	throw new Error(`${url} was opened.`);
}

async function createdFile(): Promise<string> {
	const file = temporaryFile();
	const backend = await openBackend(`file:${file}`);
	await backend.create(createCommand("order-1"));
	await backend.close();
	return file;
}

describe("what cannot be a store is refused and left as it is", () => {
	it("an empty file, which SQLite would take for an empty database", async () => {
		const file = temporaryFile();
		writeFileSync(file, "");
		expect(await refusal(`file:${file}`)).toContain("Restore a backup");
	});

	it("a file that is no database", async () => {
		const file = temporaryFile();
		writeFileSync(file, "Dear diary,\n".repeat(100));
		expect(await refusal(`file:${file}`)).toContain("is not a SQLite database");
	});

	it("another program's database", async () => {
		const file = temporaryFile();
		new Sqlite(file).exec("CREATE TABLE bookmark (url TEXT)").close();
		expect(await refusal(`file:${file}`)).toContain("belongs to another program");
		const tables = new Sqlite(file).prepare("SELECT name FROM sqlite_master").pluck().all();
		expect(tables).toEqual(["bookmark"]);
	});

	it("a store that lost its contents", async () => {
		const file = await createdFile();
		const handle = new Sqlite(file);
		handle.exec("DELETE FROM store");
		handle.close();
		expect(await refusal(`file:${file}`)).toContain("lost its contents");
	});

	it("a truncated file", async () => {
		const file = await createdFile();
		truncateSync(file, 4096 * 2);
		expect(await refusal(`file:${file}`)).toContain("damaged");
	});

	it("a store that a newer version has written", async () => {
		const file = await createdFile();
		const handle = new Sqlite(file);
		handle.exec(`INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
			VALUES ('x', 'y', 1, '99990101000000_later', 1)`);
		handle.close();
		expect(await refusal(`file:${file}`)).toContain("newer version of Waymark");
	});

	it("a folder", async () => {
		const folder = temporaryFolder();
		expect(await refusal(`file:${folder}`)).toContain("it is a folder");
	});

	it("a file in a folder that is not there", async () => {
		const file = path.join(temporaryFolder(), "missing", "waymark.db");
		expect(await refusal(`file:${file}`)).toContain("Create it first");
	});

	it("a server, without repeating its password", async () => {
		const url = "postgresql://user:secret@127.0.0.1/waymark";
		await expect(openBackend(url)).rejects.toThrow("cannot be used");
		await expect(openBackend(url)).rejects.not.toThrow("secret");
	});

	it("an address of unknown kind", async () => {
		expect(await refusal("mysql://127.0.0.1/x")).toContain("not an address Waymark knows");
		expect(await refusal("file:")).toContain("names no file");
	});
});

describe("a store file", () => {
	it("is created whole, with nothing left beside it", async () => {
		const file = await createdFile();
		expect(readdirSync(path.dirname(file))).toEqual(["waymark.db"]);
	});

	it("keeps what was acknowledged when it is opened again", async () => {
		const file = await createdFile();
		const backend = await openBackend(`file:${file}`);
		expect(await backend.getInstance("order-1")).toMatchObject({ status: "pending", labels: { team: "blue" } });
		await backend.close();
	});

	it("can be copied while stopped", async () => {
		const file = await createdFile();
		const folder = path.join(temporaryFolder(), "backup");
		mkdirSync(folder);
		copyFileSync(file, path.join(folder, "copy.db"));
		const backend = await openBackend(`file:${path.join(folder, "copy.db")}`);
		expect(await backend.getInstance("order-1")).not.toBeNull();
		await backend.close();
	});
});
