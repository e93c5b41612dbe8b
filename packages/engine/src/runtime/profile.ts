import { hostname } from "node:os";
import type { WorkerProfile } from "../backend/rows.ts";

/** What this process tells of itself. */
export function profileOf(can: Pick<WorkerProfile, "version" | "tags" | "definitions">): WorkerProfile {
	const { version, tags, definitions } = can;
	return { host: hostname(), pid: process.pid, version, tags, definitions };
}

export function defaultName(): string {
	return `${hostname()}-${process.pid}`;
}
