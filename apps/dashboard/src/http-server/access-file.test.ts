import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseAccess, readAccessFile } from "./access-file.ts";
import { hashOf, isToken, newToken, storedHash } from "./tokens.ts";

const MIRA = { name: "mira", role: "operator", token: storedHash(newToken()) };

function fileOf(text: string, mode = 0o600): string {
	const folder = mkdtempSync(join(tmpdir(), "waymark-access-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const path = join(folder, "access.json");
	writeFileSync(path, text);
	chmodSync(path, mode);
	return path;
}

const refusalOf = (users: unknown) => {
	const read = readAccessFile(fileOf(typeof users === "string" ? users : JSON.stringify({ users })));
	return read.kind === "refused" ? read.message : "it was read";
};

describe("a token", () => {
	it("is 256 random bits, and only its hash can be kept", () => {
		const [one, other] = [newToken(), newToken()];
		expect(one).not.toBe(other);
		expect(isToken(one)).toBe(true);
		expect(hashOf(one)).toHaveLength(32);
		expect(storedHash(one)).not.toContain(one.slice(3));
	});

	it.each(["", "wm_", "wm_short", `wm_${"x".repeat(44)}`, `wm_${"é".repeat(43)}`, "password"])("is not %j", (text) => {
		expect(isToken(text)).toBe(false);
	});
});

describe("the access file", () => {
	it("tells who may sign in, and as what", () => {
		const ada = { name: "Ada Ćwik", role: "viewer", token: storedHash(newToken()) };
		const read = readAccessFile(fileOf(JSON.stringify({ users: [MIRA, ada] })));
		expect(read).toMatchObject({
			kind: "entries",
			entries: [
				{ name: "mira", role: "operator" },
				{ name: "Ada Ćwik", role: "viewer" },
			],
		});
	});

	it("may be empty: then nobody can", () => {
		expect(parseAccess('{ "users": [] }')).toEqual([]);
	});

	it.runIf(process.platform !== "win32").each([0o604, 0o640 | 0o004, 0o620, 0o666])(
		"is refused where others may read or change it (mode %o)",
		(mode) => {
			const path = fileOf(JSON.stringify({ users: [MIRA] }), mode);
			expect(readAccessFile(path)).toMatchObject({ kind: "refused", message: expect.stringContaining("chmod 600") });
		},
	);

	it("is refused where it is not there, or no file", () => {
		expect(readAccessFile("/nowhere/at/all.json")).toMatchObject({ message: expect.stringContaining("not there") });
		expect(readAccessFile(tmpdir())).toMatchObject({ message: expect.stringContaining("not a file") });
	});

	it.each([
		["not JSON", "users: mira", "not JSON"],
		["no list", "{}", 'no list of "users"'],
		["a list of something else", ["mira"], "not an object"],
		["no name", [{ ...MIRA, name: "" }], "no name"],
		["a name with a line break", [{ ...MIRA, name: "mira\nadmin" }], "no name"],
		["an unknown role", [{ ...MIRA, role: "root" }], "no role of viewer, reader, operator, admin"],
		["a role by the prototype", [{ ...MIRA, role: "constructor" }], "no role"],
		["a field that means nothing", [{ ...MIRA, Role: "admin" }], '"Role"'],
		["the same name twice", [MIRA, { ...MIRA, token: storedHash(newToken()) }], "twice"],
		["one token for two", [MIRA, { ...MIRA, name: "ada" }], "somebody else"],
	])("is refused with %s", (_what, users, because) => {
		expect(refusalOf(users)).toContain(because);
	});

	it.each(["secret", newToken(), "", "sha256:abc", 42, null])("is refused with %j in the place of a hash", (token) => {
		const message = refusalOf([{ ...MIRA, token }]);
		expect(message).toContain("no hash of a token");
		if (typeof token === "string" && token !== "") expect(message).not.toContain(token);
	});
});
