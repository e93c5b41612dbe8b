import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Program } from "./stand/program.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const READY = /Waymark is at (http:\/\/127\.0\.0\.1:\d+)/;
const WORKER = /\[worker\] Waymark demo worker \(process (\d+)\)/;

interface Listed {
	readonly instances: readonly { readonly instanceId: string; readonly progress: { readonly done: number } }[];
}

describe("the start command", () => {
	let folder: string;
	let busy: Server;
	let port: number;
	let program: Program | null = null;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), "waymark-start-"));
		busy = createServer();
		await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
		const address = busy.address();
		port = typeof address === "object" && address !== null ? address.port : 0;
	});
	afterEach(async () => {
		await program?.end("SIGTERM");
		program = null;
		await new Promise((resolve) => busy.close(resolve));
		rmSync(folder, { recursive: true, force: true });
	});

	const start = async (...options: string[]) => {
		const database = `file:${join(folder, "demo.db")}`;
		const args = ["scripts/start.mjs", "--no-build", "--port", String(port), "--db", database, ...options];
		const env = { WAYMARK_DEMO_EVERY: "200", WAYMARK_DEMO_PACE: "10-50" };
		const started = await Program.start({ args, cwd: ROOT, env, ready: READY });
		program = started.program;
		return { program: started.program, url: started.said };
	};
	const list = async (url: string): Promise<Listed> => (await fetch(`${url}/api/instances`)).json() as Promise<Listed>;
	const isAlive = (pid: number) => {
		try {
			process.kill(pid, 0);
			return true;
		} catch {
			return false;
		}
	};

	it("takes the next port when its own is busy, and shows instances that move", async () => {
		const { program, url } = await start();
		expect(Number(new URL(url).port)).toBeGreaterThan(port);
		expect(program.output).toContain(`Port ${port} is busy`);
		await expect
			.poll(async () => (await list(url)).instances.filter(({ progress }) => progress.done > 0).length, {
				timeout: 20_000,
			})
			.toBeGreaterThan(1);
	});

	it("starts a worker again that was killed, and its instances go on", async () => {
		const { program, url } = await start();
		const pid = Number(await program.says(WORKER));
		await expect.poll(async () => (await list(url)).instances.length, { timeout: 20_000 }).toBeGreaterThan(0);
		process.kill(pid, "SIGKILL");
		await program.says(/worker was ended by SIGKILL; starting it again/);
		expect(Number(await program.says(WORKER, 2))).not.toBe(pid);
		const before = (await list(url)).instances.length;
		await expect.poll(async () => (await list(url)).instances.length, { timeout: 20_000 }).toBeGreaterThan(before);
	});

	it("stops both processes on Ctrl-C", async () => {
		const { program, url } = await start();
		const pid = Number(await program.says(WORKER));
		expect(await program.end("SIGINT")).toBe(0);
		expect(isAlive(pid)).toBe(false);
		await expect(fetch(url)).rejects.toThrow();
	});

	it("starts nothing with --no-demo", async () => {
		const { program, url } = await start("--no-demo");
		expect(await list(url)).toMatchObject({ instances: [] });
		expect(program.output).not.toMatch(WORKER);
	});
});
