import { execFileSync } from "node:child_process";
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { arch, cpus, platform, release, tmpdir, totalmem } from "node:os";
import path from "node:path";

/** What figures depend on besides the code. */
export interface Machine {
	readonly cpu: string;
	readonly cores: number;
	readonly memoryGb: number;
	readonly system: string;
	readonly node: string;
	readonly commit: string;
	/** Median time of writing 4 KB and waiting for the disk, where the databases lie. */
	readonly syncMs: number;
	readonly at: string;
}

export function machineFacts(): Machine {
	const [first] = cpus();
	return {
		cpu: first?.model ?? "unknown",
		cores: cpus().length,
		memoryGb: Math.round(totalmem() / 1024 ** 3),
		system: `${platform()} ${release()} ${arch()}`,
		node: process.version,
		commit: commit(),
		syncMs: Number(syncMs().toFixed(3)),
		at: new Date().toISOString(),
	};
}

function commit(): string {
	try {
		return execFileSync("git", ["describe", "--always", "--dirty"], {
			encoding: "utf8",
			cwd: import.meta.dirname,
		}).trim();
	} catch {
		return "unknown";
	}
}

const PROBES = 100;

function syncMs(): number {
	const folder = mkdtempSync(path.join(tmpdir(), "waymark-sync-"));
	const file = openSync(path.join(folder, "probe"), "w");
	const page = Buffer.alloc(4096);
	const times: number[] = [];
	for (let n = 0; n < PROBES; n += 1) {
		const since = performance.now();
		writeSync(file, page);
		fdatasyncSync(file);
		times.push(performance.now() - since);
	}
	closeSync(file);
	rmSync(folder, { recursive: true });
	return times.sort((a, b) => a - b)[PROBES / 2] ?? 0;
}
