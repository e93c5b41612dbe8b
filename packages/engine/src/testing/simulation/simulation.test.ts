import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Scenario, scenarioOf } from "./scenario.ts";
import { simulate } from "./simulation.ts";

const SEEDS = new URL("../../../../../seeds/", import.meta.url);

describe("the simulation of the engine", () => {
	const kept = readdirSync(SEEDS).filter((name) => name.endsWith(".json"));

	it.each(kept)("holds on the kept schedule %s", async (name) => {
		const { scenario } = JSON.parse(readFileSync(new URL(name, SEEDS), "utf8")) as { scenario: Scenario };
		expect((await simulate(scenario)).violation).toBeNull();
	});

	it("gives the same commits for the same seed, and others for another", async () => {
		const hashes: string[] = [];
		for (const seed of [7, 7, 8]) hashes.push((await simulate(scenarioOf(seed))).hash);
		expect(hashes[0]).toBe(hashes[1]);
		expect(hashes[0]).not.toBe(hashes[2]);
	});

	it("meets every kind of trouble in a few hundred schedules", async () => {
		const met = new Set<string>();
		for (let seed = 1; seed <= 250; seed += 1) {
			const { log, violation } = await simulate(scenarioOf(seed), { keepsLog: true });
			expect(violation).toBeNull();
			for (const line of log) for (const [name, sign] of SIGNS) if (sign.test(line)) met.add(name);
		}
		expect([...met].sort()).toEqual([...SIGNS.keys()].sort());
	}, 90_000);
});

/** How each trouble shows in the list of commits. */
const SIGNS = new Map([
	["crash", /crashes$/],
	["freeze", /is frozen for/],
	["freeze just before an answer", /just before an answer/],
	["stall", /stalls for/],
	["clock jump", /has its clock set/],
	["outage", /the database is gone/],
	["graceful stop", /is told to stop/],
	["runner", /^\d+ chaos runner\d+ ends: (?:completed|waiting|awaiting_signal)/],
	["takeover", /claim .*#\d+\/[2-9]/],
	["lost answer", /: settled again/],
	["fenced", /: fenced/],
	["discarded by a cancel", /: discarded/],
	["attempts exhausted by crashes", /lost: settled/],
	["pause", /pause i\d: accepted/],
	["cancel", /cancel i\d: accepted/],
	["retry", /retry i\d: accepted/],
	["retry of a node at once", /retryNow i\d \S+: accepted/],
	["delete", /delete i\d: deleted/],
	["replacement", /terminateExisting: created/],
	["start beside a worker", /create .*: created .*#1/],
	["signal beside a worker", /signal .*: stored for \S+ .*#\d/],
	["repeated signal", /signal .*: key_conflict/],
	["loop", /completed [a-z]\[1\]/],
	["join", /completed [a-z]-join/],
	["route", /completed [a-z]\.key/],
	["child", /settle \S+ [a-z]\/[a-z]#/],
]);
