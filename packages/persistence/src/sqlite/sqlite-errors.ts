import { InvalidArgumentError, StoreUnusableError } from "@waymark/engine/backend";

/** The result code of an error of better-sqlite3, such as SQLITE_BUSY; null for any other error. */
export function sqliteCode(error: unknown): string | null {
	if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
	return error.code.startsWith("SQLITE_") ? error.code : null;
}

export function isBusy(error: unknown): boolean {
	const code = sqliteCode(error);
	return code !== null && (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED"));
}

/** Faults of the file or the disk, as the error that says what to do; other errors as they are. */
export function withWayOut(store: string, error: unknown): unknown {
	const because = becauseOf(sqliteCode(error));
	return because === null ? error : new StoreUnusableError(store, because, { cause: error });
}

/** A command that does not fit what is stored, as the refusal of its caller's argument; other errors as they are. */
export function asRefusal(error: unknown): unknown {
	if (!(error instanceof Error) || !sqliteCode(error)?.startsWith("SQLITE_CONSTRAINT")) return error;
	const message = `The command does not fit what is stored (${error.message}). Read the instance again.`;
	return new InvalidArgumentError("command", message);
}

function becauseOf(code: string | null): string | null {
	if (code === null) return null;
	if (code.startsWith("SQLITE_CORRUPT")) return "the file is damaged. Stop all processes and restore a backup.";
	if (code === "SQLITE_NOTADB") return "the file is not a SQLite database. Name another file, or move this one away.";
	if (code === "SQLITE_FULL") return "the disk is full. Nothing was lost; make room and it goes on.";
	if (code.startsWith("SQLITE_READONLY")) return "it cannot be written to. Check the permissions of file and folder.";
	if (code.startsWith("SQLITE_CANTOPEN")) return "it cannot be opened. Check the permissions of file and folder.";
	if (code === "SQLITE_PERM" || code === "SQLITE_AUTH") return "access is denied. Check the permissions of the file.";
	if (code.startsWith("SQLITE_IOERR")) return "the disk reports an error. Check the disk, then restart.";
	return null;
}
