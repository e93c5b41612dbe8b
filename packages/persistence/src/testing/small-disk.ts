import { execFileSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

interface SmallDisk {
	readonly folder: string;
	remount(options: string): void;
}

/** A file system of its own of that many KiB; null where we may not mount one. */
export function smallDisk(kib: number): SmallDisk | null {
	const folder = temporaryFolder();
	const run = (...args: readonly string[]) => execFileSync("mount", args, { stdio: "ignore" });
	try {
		run("-t", "tmpfs", "-o", `size=${kib}k`, "tmpfs", folder);
	} catch {
		return null;
	}
	onTestFinished(() => {
		execFileSync("umount", ["-l", folder], { stdio: "ignore" });
	});
	return { folder, remount: (options) => run("-o", `remount,${options}`, folder) };
}
