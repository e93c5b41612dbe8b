import { readFileSync, statSync } from "node:fs";
import { ROLES, type Role, type User } from "./roles.ts";
import { parseStoredHash } from "./tokens.ts";

/** One person's line in the file: `{ "name": "mira", "role": "operator", "token": "sha256:…" }`. */
export interface Entry extends User {
	/** SHA-256 of the token. */
	readonly hash: Buffer;
}

export type ReadAccess =
	| { readonly kind: "entries"; readonly entries: readonly Entry[] }
	| { readonly kind: "refused"; readonly message: string };

/** Others may neither read it nor, by their group, change it. */
const NOT_FOR_OTHERS = 0o027;
const MOST_USERS = 1_000;
const LONGEST_NAME = 60;
const FIELDS = new Set(["name", "role", "token"]);

/** Reads who may sign in. Whatever is not understood is refused: half a list would lock out, or let in, the wrong ones. */
export function readAccessFile(path: string): ReadAccess {
	const refused = (why: string): ReadAccess => ({ kind: "refused", message: `The access file ${path}: ${why}` });
	const found = statSync(path, { throwIfNoEntry: false });
	if (found === undefined) return refused("it is not there. Make it with: npm run access -- FILE NAME ROLE");
	if (!found.isFile()) return refused("it is not a file. Name the file with the users.");
	// Windows has other rights, and tells none of them here.
	if (process.platform !== "win32" && (found.mode & NOT_FOR_OTHERS) !== 0) {
		return refused(`others may read or change it. Take that from them: chmod 600 ${path}`);
	}
	try {
		return { kind: "entries", entries: parseAccess(readFileSync(path, "utf8")) };
	} catch (error) {
		return refused(error instanceof Error ? error.message : "it cannot be read.");
	}
}

/** @throws Error that says what is wrong, and what to do. */
export function parseAccess(text: string): readonly Entry[] {
	const users = usersOf(text);
	const entries = users.map(entryOf);
	const twice = entries.find(({ name }, at) => entries.findIndex((other) => other.name === name) !== at);
	if (twice !== undefined) throw new Error(`"${twice.name}" stands there twice. Leave one of the two.`);
	const shared = entries.find(({ hash }, at) => entries.findIndex((other) => other.hash.equals(hash)) !== at);
	if (shared !== undefined) throw new Error(`"${shared.name}" has the token of somebody else. Make a new one.`);
	return entries;
}

function usersOf(text: string): readonly unknown[] {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		throw new Error('it is not JSON. It should read { "users": [ … ] }.');
	}
	const users = typeof parsed === "object" && parsed !== null && "users" in parsed ? parsed.users : undefined;
	if (!Array.isArray(users)) throw new Error('it has no list of "users". It should read { "users": [ … ] }.');
	if (users.length > MOST_USERS)
		throw new Error(`more than ${MOST_USERS} are in it. Put a proxy that signs in before it.`);
	return users;
}

function entryOf(user: unknown, at: number): Entry {
	if (typeof user !== "object" || user === null) throw new Error(`user ${at + 1} is not an object. Correct it.`);
	const { name, role, token } = user as Readonly<Record<string, unknown>>;
	if (typeof name !== "string" || !isName(name)) {
		throw new Error(`user ${at + 1} has no name of 1 to ${LONGEST_NAME} printable characters. Give one.`);
	}
	const unknown = Object.keys(user).find((field) => !FIELDS.has(field));
	if (unknown !== undefined)
		throw new Error(`"${name}" has a field "${unknown}", which means nothing here. Remove it.`);
	if (!isRole(role)) throw new Error(`"${name}" has no role of ${ROLES.join(", ")}. Give one.`);
	const hash = typeof token === "string" ? parseStoredHash(token) : null;
	if (hash === null) {
		const because = "has no hash of a token. A token itself never stands here: make a new one with";
		throw new Error(`"${name}" ${because} npm run access -- FILE ${name} ${role}`);
	}
	return { name, role, hash };
}

export function isName(name: string): boolean {
	return name.length <= LONGEST_NAME && name.trim() === name && /^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(name);
}

export function isRole(role: unknown): role is Role {
	return ROLES.some((known) => known === role);
}
