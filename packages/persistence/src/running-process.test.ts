import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Fate, fateOf, OWN_PROCESS, type ProcessName } from "./running-process.ts";

describe.runIf(OWN_PROCESS !== null)("a process by its name", () => {
	const own = OWN_PROCESS as ProcessName;
	const [system, namespace, pid, began] = own;

	/** A child that waits; `name` as it would say it itself. */
	async function child() {
		const running = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000); console.log('up')"], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		await once(running.stdout, "data");
		const id = running.pid ?? 0;
		const since = readFileSync(`/proc/${id}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? "";
		return { running, name: [system, namespace, id, since] as ProcessName };
	}

	it("lives while it runs or stands still, and is gone when it was killed", async () => {
		expect(fateOf(own)).toBe("lives");
		const { running, name } = await child();
		expect(fateOf(name)).toBe("lives");
		running.kill("SIGSTOP");
		expect(fateOf(name)).toBe("lives");
		running.kill("SIGKILL");
		await once(running, "exit");
		expect(fateOf(name)).toBe("gone");
	});

	it("is gone when another one has its number", () => {
		expect(fateOf([system, namespace, pid, String(Number(began) + 1)])).toBe("gone");
	});

	it.each<[string, ProcessName, Fate]>([
		["on another system", ["another", namespace, pid, began], "unknown"],
		["in another container", [system, "pid:[1]", pid, began], "unknown"],
	])("is not to be told %s", (_where, name, fate) => {
		expect(fateOf(name)).toBe(fate);
	});

	it("is not to be told from a system that does not say who it is itself", () => {
		expect(fateOf([system, namespace, 2 ** 22 - 1, began], null)).toBe("unknown");
	});
});
