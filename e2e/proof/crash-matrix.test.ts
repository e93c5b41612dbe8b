import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { WorkflowClient } from "@waymark/engine";
import { openBackend } from "@waymark/persistence";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CallCrash, Order, StatementCrash } from "./crash.process.mjs";
import { drive, INSTANCE, SHAPES } from "./shapes.mjs";

type Crash = CallCrash | StatementCrash;

const CHILD = path.join(import.meta.dirname, "crash.process.mjs");
/** As many processes at once as the smallest machine that this is made for has cores. */
const AT_ONCE = 2;
/** Of the statements of each shape's run, this many are each the last that was not executed. */
const STATEMENTS_OF_EACH = 24;
/** Every so many cases are killed a second time, while they recover. */
const DOUBLE_EVERY = 5;
const FEWEST_KILLS = 500;

const folder = mkdtempSync(path.join(tmpdir(), "waymark-crash-"));
const template = path.join(folder, "template.db");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => (await openBackend(`file:${template}`)).close());

interface Case {
	readonly shape: string;
	readonly crash: Crash;
	readonly again: StatementCrash | null;
}

const done = { kills: 0, doubles: 0, missed: [] as string[] };

function run(order: Order): Promise<{ readonly signal: string | null; readonly output: string }> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [CHILD, JSON.stringify(order)], {
			stdio: ["ignore", "pipe", "inherit"],
			env: { ...process.env, NODE_OPTIONS: "" },
		});
		let output = "";
		child.stdout.on("data", (chunk: Buffer) => {
			output += chunk.toString();
		});
		child.on("error", reject);
		child.on("close", (_code, signal) => resolve({ signal, output }));
	});
}

function freshPlace(name: string) {
	const file = path.join(folder, `${name}.db`);
	copyFileSync(template, file);
	return { file, ledger: path.join(folder, `${name}.ledger`) };
}

/** Everything that must be the same as if nothing had happened. */
async function outcomeOf(file: string, ledger: string) {
	const backend = await openBackend(`file:${file}`, { durability: "normal" });
	try {
		const shown = await new WorkflowClient(backend).get(INSTANCE);
		const instance = await backend.getInstance(INSTANCE);
		const snapshot = instance === null ? null : await backend.getSnapshot(instance.runId, 0);
		if (instance === null || snapshot === null) throw new Error("the instance is gone");
		expect(await backend.listOrphans()).toEqual([]);
		expect(snapshot.openNodes).toEqual([]);
		const lines = existsSync(ledger) ? readFileSync(ledger, "utf8").split("\n").filter(Boolean) : [];
		// An attempt is begun once: whoever dies in it has used its number.
		expect(new Set(lines).size).toBe(lines.length);
		const tasks = new Set(lines.map((line) => line.split(" ")[0]));
		// A signal has another id each time.
		const recorded = snapshot.checkpoints.map(({ path: at, output, size, codec }) => {
			return { at, output: output.replace(/signal:[0-9a-f-]{36}/, "signal:it"), size, codec };
		});
		return {
			status: shown.status,
			output: "output" in shown ? shown.output : null,
			progress: instance.progress,
			checkpoints: recorded.sort((a, b) => a.at.localeCompare(b.at)),
			signals: snapshot.signals.map(({ name, consumedBy }) => ({ name, consumedBy })),
			unexpectedAttempts: snapshot.attempts.filter(({ outcome }) => outcome !== "lost" && outcome !== "failed"),
			tasks: [...tasks].sort(),
		};
	} finally {
		await backend.close();
	}
}

function checkFile(file: string): void {
	const handle = new Sqlite(file, { readonly: true });
	try {
		expect(handle.pragma("integrity_check", { simple: true })).toBe("ok");
		expect(handle.pragma("foreign_key_check")).toEqual([]);
	} finally {
		handle.close();
	}
}

async function crashAndRecover(one: Case, name: string, whole: unknown): Promise<void> {
	const { file, ledger } = freshPlace(name);
	const shape = SHAPES[one.shape];
	if (shape === undefined) throw new Error(`no shape ${one.shape}`);
	const { signal } = await run({ file, ledger, shape: one.shape, crash: one.crash });
	if (signal === "SIGKILL") done.kills += 1;
	else done.missed.push(`${one.shape} ${JSON.stringify(one.crash)}`);
	if (one.again !== null) {
		const second = await run({ file, ledger, shape: one.shape, crash: one.again });
		if (second.signal === "SIGKILL") {
			done.kills += 1;
			done.doubles += 1;
		}
	}
	checkFile(file);
	const backend = await openBackend(`file:${file}`, { durability: "normal" });
	await drive(backend, shape, ledger);
	await backend.close();
	const what = `${one.shape} killed at ${JSON.stringify([one.crash, one.again])}`;
	expect(await outcomeOf(file, ledger), what).toEqual(whole);
	checkFile(file);
	for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });
}

/** Where to kill, from a run that was not interrupted. The same list every time. */
function casesOf(shape: string, recorded: { calls: { command: string; nth: number }[]; statements: number }): Case[] {
	const crashes: Crash[] = recorded.calls.flatMap(({ command, nth }) =>
		(["before", "committed", "acknowledged"] as const).map((point) => ({ command, nth, point })),
	);
	const step = Math.max(1, recorded.statements / STATEMENTS_OF_EACH);
	for (let at = 1; at <= recorded.statements; at += step) crashes.push({ statement: Math.floor(at) });
	return crashes.map((crash, i) => ({
		shape,
		crash,
		again: i % DOUBLE_EVERY === 0 ? { statement: 2 + (i % 11) } : null,
	}));
}

it("a worker killed at any call, before and after its commit, and inside its transactions, leaves what its successor ends alike", async () => {
	const since = performance.now();
	const queue: { readonly one: Case; readonly whole: unknown; readonly name: string }[] = [];
	for (const shape of Object.keys(SHAPES)) {
		const place = freshPlace(`whole-${shape}`);
		const { output, signal } = await run({ ...place, shape, crash: null });
		expect(signal).toBeNull();
		const whole = await outcomeOf(place.file, place.ledger);
		casesOf(shape, JSON.parse(output)).forEach((one, i) => {
			queue.push({ one, whole, name: `${shape}-${i}` });
		});
	}
	const planned = queue.length;
	const lane = async () => {
		for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
			await crashAndRecover(next.one, next.name, next.whole);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, lane));
	const seconds = Math.round((performance.now() - since) / 1000);
	console.log(
		`${Object.keys(SHAPES).length} shapes, ${planned} cases, ${done.kills} kills (${done.doubles} while recovering), ` +
			`${done.missed.length} ended before their point, ${seconds} s`,
	);
	expect(done.kills).toBeGreaterThanOrEqual(FEWEST_KILLS);
	expect(done.missed.length).toBeLessThan(planned / 20);
}, 900_000);
