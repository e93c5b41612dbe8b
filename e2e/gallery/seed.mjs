import { jsonCodec, PooledWorker, WorkflowClient } from "@waymark/engine";
import { msgpackCodec } from "@waymark/engine/msgpack";
import { openBackend } from "@waymark/persistence";
import { PastClock } from "./past-clock.mjs";
import { gallery } from "./scenarios.mjs";

const HOUR_MS = 3_600_000;
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const SETTLED_WITHIN_MS = 120_000;
const LOOK_MS = 100;

/** @typedef {import("./scenarios.mjs").Scenario} Scenario */

/**
 * Fills a fresh store with the gallery, by the real engine: first what has happened, by a clock of its own, then what
 * happens now, beside a worker that stays until `close()`.
 * @param {string} url of an empty store
 * @param {{ only?: readonly string[] }} [options] ids of scenarios; all of them by default
 */
export async function seedGallery(url, { only } = {}) {
	/** @param {readonly Scenario[]} all */
	const chosen = (all) => (only === undefined ? all : all.filter(({ id }) => only.includes(id)));
	await livePast(url, chosen);
	return livePresent(url, chosen);
}

/**
 * @param {string} url
 * @param {(all: readonly Scenario[]) => readonly Scenario[]} chosen
 */
async function livePast(url, chosen) {
	const now = Date.now();
	const clock = new PastClock(now - 73 * HOUR_MS);
	const { scenarios, all } = gallery({ takes: (ms) => clock.advance(ms) });
	const backend = await openBackend(url, { clock, durability: "normal" });
	try {
		for (const scenario of chosen(scenarios).filter(({ era }) => era === "past")) {
			clock.advanceTo(now - (scenario.hoursAgo ?? 0) * HOUR_MS);
			await liveThrough(backend, clock, scenario, all, now);
		}
	} finally {
		await backend.close();
	}
}

/**
 * Ticks until the instance has ended, or waits for something that the past does not bring.
 * @param {import("@waymark/engine/backend").PersistentBackend} backend
 * @param {PastClock} clock
 * @param {Scenario} scenario
 * @param {readonly import("@waymark/engine").Workflow<any, any>[]} workflows
 * @param {number} now
 */
async function liveThrough(backend, clock, scenario, workflows, now) {
	const codecs = codecsOf(scenario);
	const client = new WorkflowClient(backend, { codecs });
	const worker = new PooledWorker(backend, {
		workflows,
		codecs,
		clock,
		slots: 20,
		lease: "1h",
		name: "gallery-past",
		log: QUIET,
	});
	await begin(client, scenario);
	for (;;) {
		await worker.tick();
		const { instance, ...state } = await client.get(scenario.id);
		const wakeAt = state.status === "waiting" || state.status === "awaiting_signal" ? state.wakeAt : null;
		if (instance.endedAt !== null || wakeAt === null || wakeAt - clock.now() > HOUR_MS || wakeAt > now) break;
		clock.advanceTo(wakeAt);
	}
	await ask(client, scenario);
	await worker.stop({ drain: 0 });
}

/**
 * @param {string} url
 * @param {(all: readonly Scenario[]) => readonly Scenario[]} chosen
 */
async function livePresent(url, chosen) {
	const { scenarios, served } = gallery({ takes: () => undefined });
	const backend = await openBackend(url, { durability: "normal" });
	const client = new WorkflowClient(backend);
	// What ignores its abort is waited for as long as anybody looks at the gallery.
	/** @type {Omit<import("@waymark/engine").WorkerOptions, "workflows">} */
	const options = { slots: 500, poll: "1s", cancelGrace: "7d", name: "gallery-worker", log: QUIET };
	const worker = new PooledWorker(backend, { ...options, workflows: served });
	await worker.start();
	for (const scenario of chosen(scenarios).filter(({ era }) => era === "present")) {
		await begin(client, scenario);
		await standsStill(backend, scenario.id);
		await ask(client, scenario);
	}
	return {
		scenarios: chosen(scenarios).filter(({ shows }) => shows !== ""),
		backend,
		client,
		/** Tasks that listen to nobody are left behind: the caller ends the process. */
		async close() {
			await Promise.race([worker.stop({ drain: 0 }), new Promise((resolve) => setTimeout(resolve, 1_000))]);
			await backend.close();
		},
	};
}

/**
 * @param {WorkflowClient} client
 * @param {Scenario} scenario
 */
async function begin(client, scenario) {
	const { id, workflow, input = {}, labels = {}, signals = {} } = scenario;
	await client.start(workflow, id, input, { labels, by: "gallery" });
	for (const [name, payload] of Object.entries(signals)) await client.sendSignal(id, name, payload, { by: "mira" });
}

/**
 * @param {WorkflowClient} client
 * @param {Scenario} scenario
 */
async function ask(client, { id, asked, reason }) {
	if (asked === "pause") await client.pause(id, { by: "mira", reason: reason ?? null });
	if (asked === "cancel") await client.cancel(id, { by: "mira", reason: reason ?? null });
}

/**
 * Waits until nothing of it moves: every open node runs on, waits, or is left to a worker that does not exist.
 * @param {import("@waymark/engine/backend").PersistentBackend} backend
 * @param {string} instanceId
 */
async function standsStill(backend, instanceId) {
	const until = Date.now() + SETTLED_WITHIN_MS;
	let seen = -1;
	while (Date.now() < until) {
		const version = (await backend.getInstance(instanceId))?.version ?? -1;
		const snapshot =
			version === seen ? await backend.getSnapshot((await backend.getInstance(instanceId))?.runId ?? "", 0) : null;
		if (snapshot?.openNodes.every(isStill) === true) return;
		seen = version;
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
	}
	throw new Error(`${instanceId} still moves after ${SETTLED_WITHIN_MS / 1000} s`);
}

const SOON_MS = 60_000;

/** @param {import("@waymark/engine/backend").OpenNodeRecord} node */
function isStill({ state, tags, dueAt }) {
	if (state === "ready") return tags.length > 0;
	if (state === "retrying") return (dueAt ?? 0) - Date.now() > SOON_MS;
	return true;
}

/** @param {Scenario} scenario */
function codecsOf({ codec }) {
	return codec === "msgpack" ? [msgpackCodec, jsonCodec] : [jsonCodec];
}
