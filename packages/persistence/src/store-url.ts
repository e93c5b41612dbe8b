import path from "node:path";
import { fileURLToPath } from "node:url";
import { StoreUnusableError } from "@waymark/engine/backend";

/** Where a backend keeps its data. */
export type StoreUrl =
	| { readonly kind: "memory" }
	| { readonly kind: "sqlite"; readonly file: string }
	| { readonly kind: "postgresql"; readonly url: string };

/** `postgresql://user:password@host:5432/database`; `memory:`, `file:./relative.db`, `file:/absolute.db`, `file:///absolute.db`. Relative to the working directory. */
export function parseStoreUrl(url: string): StoreUrl {
	if (url === "memory:") return { kind: "memory" };
	if (url.startsWith("file:")) return { kind: "sqlite", file: filePath(url) };
	// The rest of a server's address may hold a password: it is never repeated.
	const scheme = /^[a-z+]{1,20}:/i.exec(url)?.[0];
	if (scheme === "postgresql:" || scheme === "postgres:") {
		return { kind: "postgresql", url };
	}
	throw new StoreUnusableError(
		scheme ?? "This address",
		"it is not an address Waymark knows. Use file:./waymark.db, postgresql://user@host/database, or memory: for tests.",
	);
}

function filePath(url: string): string {
	const rest = url.slice("file:".length);
	if (rest === "" || rest.includes("?") || rest.includes("\0")) {
		throw new StoreUnusableError("file:", "it names no file. Write file:./waymark.db, without parameters.");
	}
	if (!rest.startsWith("//")) return path.resolve(rest);
	try {
		return fileURLToPath(url);
	} catch (cause) {
		throw new StoreUnusableError(url, "it is not a file on this machine. Write file:./waymark.db.", { cause });
	}
}
