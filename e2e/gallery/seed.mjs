import { jsonCodec, PooledWorker, systemIds, WorkflowClient } from "@waymark/engine";
import { msgpackCodec } from "@waymark/engine/msgpack";
import { openBackend } from "@waymark/persistence";
import { PastClock } from "./past-clock.mjs";
import { gallery } from "./scenarios.mjs";

const HOUR_MS = 3_600_000;
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const SETTLED_WITHIN_MS = 120_000;
const LOOK_MS = 100;

/** @typedef {import("./scenarios.mjs").Scenario} Scenario */
/** @typedef {import("@waymark/engine").Ids} Ids */

/**
 * Fills a fresh store with the gallery, by the real engine: first what has happened, by a clock of its own, then what
 * happens now, beside a worker that stays until `close()`. With `at`, ms since the epoch, that is what "now" means, by a
 * clock that stands still unless something waits for it: the same rows come of every seeding.
 * @param {string} url of an empty store
 * @param {{ only?: readonly string[], at?: number | null }} [options] ids of scenarios; all of them by default
 */
export async function seedGallery(url, { only, at = null } = {}) {
	/** @param {readonly Scenario[]} all */
	const chosen = (all) => (only === undefined ? all : all.filter(({ id }) => only.includes(id)));
	const ids = at === null ? systemIds : countedIds();
	await livePast(url, chosen, at ?? Date.now(), ids);
	return livePresent(url, chosen, at === null ? null : new PastClock(at), ids);
}

/**
 * @param {string} url
 * @param {(all: readonly Scenario[]) => readonly Scenario[]} chosen
 * @param {number} now
 * @param {Ids} ids
 */
async function livePast(url, chosen, now, ids) {
	const clock = new PastClock(now - 73 * HOUR_MS);
	const { scenarios, all } = gallery({ takes: (ms) => clock.advance(ms) });
	const backend = await openBackend(url, { clock, durability: "normal" });
	try {
		for (const scenario of chosen(scenarios).filter(({ era }) => era === "past")) {
			clock.advanceTo(now - (scenario.hoursAgo ?? 0) * HOUR_MS);
			await liveThrough(backend, clock, scenario, all, now, ids);
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
 * @param {Ids} ids
 */
async function liveThrough(backend, clock, scenario, workflows, now, ids) {
	const codecs = codecsOf(scenario);
	const client = new WorkflowClient(backend, { codecs });
	const worker = new PooledWorker(backend, {
		workflows,
		codecs,
		clock,
		ids,
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
 * @param {PastClock | null} clock null: the system's
 * @param {Ids} ids
 */
async function livePresent(url, chosen, clock, ids) {
	const { scenarios, served } = gallery({ takes: () => undefined });
	const backend = await openBackend(url, { durability: "normal", ...(clock !== null && { clock }) });
	const client = new WorkflowClient(backend);
	// What ignores its abort is waited for as long as anybody looks at the gallery.
	/** @type {Omit<import("@waymark/engine").WorkerOptions, "workflows">} */
	const options = { ids, slots: 500, poll: "1s", cancelGrace: "7d", name: "gallery-worker", log: QUIET };
	const worker = new PooledWorker(backend, { ...options, ...(clock !== null && steady(clock)), workflows: served });
	await worker.start();
	for (const scenario of chosen(scenarios).filter(({ era }) => era === "present")) {
		await begin(client, scenario);
		await standsStill(backend, scenario.id, clock);
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
 * @param {PastClock | null} clock one that stands still is moved on to what is due soon
 */
async function standsStill(backend, instanceId, clock) {
	const until = performance.now() + SETTLED_WITHIN_MS;
	let seen = -1;
	let looks = 0;
	while (performance.now() < until) {
		const instance = await backend.getInstance(instanceId);
		looks = instance?.version === seen ? looks + 1 : 0;
		seen = instance?.version ?? -1;
		if (looks >= (clock === null ? 1 : SURE_LOOKS)) {
			const snapshot = await backend.getSnapshot(instance?.runId ?? "", 0);
			const now = clock?.now() ?? Date.now();
			const due = snapshot?.openNodes.flatMap(({ dueAt }) => (dueAt !== null && dueAt > now ? [dueAt] : [])) ?? [];
			const next = Math.min(...due);
			if (clock !== null && next - now <= SOON_MS) clock.advanceTo(next);
			else if (snapshot?.openNodes.every((node) => isStill(node, now)) === true) return;
			looks = 0;
		}
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
	}
	throw new Error(`${instanceId} still moves after ${SETTLED_WITHIN_MS / 1000} s`);
}

const SOON_MS = 60_000;
/** On a busy machine a look or two may find nothing new though something moves. */
const SURE_LOOKS = 6;

/**
 * @param {import("@waymark/engine/backend").OpenNodeRecord} node
 * @param {number} now
 */
function isStill({ state, tags, dueAt }, now) {
	if (state === "ready") return tags.length > 0;
	if (state === "retrying") return (dueAt ?? 0) - now > SOON_MS;
	return true;
}

/**
 * A worker that does the same in every seeding, and whose leases outlive a clock that is moved on.
 * @param {PastClock} clock
 * @returns {Partial<import("@waymark/engine").WorkerOptions>}
 */
function steady(clock) {
	return { clock, random: () => 0.5, lease: "1h", poll: "100ms" };
}

/** The same ids in every seeding. @returns {Ids} */
function countedIds() {
	let made = 0;
	return {
		next() {
			made += 1;
			return `00000000-0000-7000-8000-${String(made).padStart(12, "0")}`;
		},
	};
}

/** @param {Scenario} scenario */
function codecsOf({ codec }) {
	return codec === "msgpack" ? [msgpackCodec, jsonCodec] : [jsonCodec];
}
