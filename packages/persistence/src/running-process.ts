import { readFileSync, readlinkSync } from "node:fs";

/**
 * A process as others on the same running system can find it: the system, the namespace that its number belongs to
 * (each container has one), the number, and when it began, for numbers are given out again.
 */
export type ProcessName = readonly [system: string, namespace: string, pid: number, began: string];

/** `unknown`: it is not to be told from here. */
export type Fate = "lives" | "gone" | "unknown";

/** The running system: new with every start of the machine, the same in all containers on it. Null where Linux does not say it. */
export const BOOT_ID = tried(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());

/** Null where the system does not say it. */
export const OWN_PROCESS: ProcessName | null = tried(() => {
	const { pid, began } = readStat("self");
	// Where `/proc` shows another namespace than this process is in, its numbers mean other processes.
	if (BOOT_ID === null || pid !== process.pid) return null;
	return [BOOT_ID, readlinkSync("/proc/self/ns/pid"), pid, began];
});

/** What has become of it, for certain or not at all. */
export function fateOf([system, namespace, pid, began]: ProcessName, own = OWN_PROCESS): Fate {
	if (own === null || own[0] !== system || own[1] !== namespace) return "unknown";
	try {
		process.kill(pid, 0);
	} catch (error) {
		// Any other refusal is about a process that is there.
		if ((error as NodeJS.ErrnoException).code === "ESRCH") return "gone";
	}
	const found = tried(() => readStat(String(pid)));
	if (found === null) return "unknown";
	if (found.began !== began) return "gone";
	// Dead, but nobody has asked how it ended: its connections may still be closing.
	return found.state === "Z" || found.state === "X" ? "unknown" : "lives";
}

/** The name of the program, in parentheses, may hold anything; what follows it is the third field and the others. */
function readStat(process: string) {
	const stat = readFileSync(`/proc/${process}/stat`, "utf8");
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	const [state = "", began = ""] = [fields[0], fields[19]];
	if (began === "") throw new Error("not the stat of a process");
	return { pid: Number.parseInt(stat, 10), state, began };
}

function tried<T>(read: () => T): T | null {
	try {
		return read();
	} catch {
		return null;
	}
}
