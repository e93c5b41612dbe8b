import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { isName, isRole, parseAccess } from "./access-file.ts";
import { ROLES } from "./roles.ts";
import { newToken, storedHash } from "./tokens.ts";

/**
 * `node dist/make-access.js FILE NAME ROLE`: gives somebody a new token, in a file that is made if it is missing. A running
 * dashboard takes the change over within seconds.
 */
const USAGE = `npm run access -- FILE NAME ROLE
  Gives NAME a new token in FILE, which is made if it is missing, and prints it once. Who is there already gets a new
  token, and perhaps another role. To take somebody out, remove the entry.
  ROLE   ${ROLES.join(", ")}`;

interface Line {
	readonly name: string;
	readonly role: string;
	readonly token: string;
}

main(process.argv.slice(2));

function main([file = "", name = "", role = "", ...more]: readonly string[]): void {
	if (file === "" || !isName(name) || !isRole(role) || more.length > 0) {
		giveUp(USAGE);
		return;
	}
	const path = resolve(file);
	try {
		const token = newToken();
		write(path, [...others(path, name), { name, role, token: storedHash(token) }]);
		process.stdout.write(
			`${name} may sign in as ${role} where a dashboard is started with --access ${path}. The token is not shown again:\n\n${token}\n`,
		);
	} catch (error) {
		giveUp(`${path}: ${error instanceof Error ? error.message : "it cannot be written."}`);
	}
}

/** @throws Error that says what is wrong: a file that is not understood is not written over. */
function others(path: string, name: string): readonly Line[] {
	if (!existsSync(path)) return [];
	const text = readFileSync(path, "utf8");
	parseAccess(text);
	const { users } = JSON.parse(text) as { readonly users: readonly Line[] };
	return users.filter((user) => user.name !== name);
}

/** Whoever reads it sees the old file or the new one, and others see neither. */
function write(path: string, users: readonly Line[]): void {
	const draft = `${path}.new-${process.pid}`;
	writeFileSync(draft, `${JSON.stringify({ users }, null, "\t")}\n`, { mode: 0o600, flag: "wx" });
	chmodSync(draft, 0o600);
	renameSync(draft, path);
}

function giveUp(message: string): void {
	process.stderr.write(`${message}\n`);
	process.exitCode = 1;
}
