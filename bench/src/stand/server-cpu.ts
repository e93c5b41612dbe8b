import { readdirSync, readFileSync } from "node:fs";

/** What Linux counts CPU time in. */
const TICK_MS = 10;

interface ProcessTimes {
	readonly parent: number;
	readonly ownMs: number;
	/** Of children that have ended. */
	readonly endedMs: number;
}

/** CPU that a server and all of its processes have used, in ms, given one of its backends; null off Linux. */
export function serverCpuMs(backend: number): number | null {
	const postmaster = timesOf(backend)?.parent;
	if (postmaster === undefined) return null;
	const main = timesOf(postmaster);
	if (main === null) return null;
	let total = main.ownMs + main.endedMs;
	for (const name of readdirSync("/proc")) {
		if (!/^\d+$/.test(name)) continue;
		const times = timesOf(Number(name));
		if (times?.parent === postmaster) total += times.ownMs;
	}
	return total;
}

function timesOf(pid: number): ProcessTimes | null {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, "utf8");
		// The command's name may hold blanks: what follows its bracket does not.
		const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
		const at = (field: number) => Number(fields[field - 3]);
		return { parent: at(4), ownMs: (at(14) + at(15)) * TICK_MS, endedMs: (at(16) + at(17)) * TICK_MS };
	} catch {
		return null;
	}
}
