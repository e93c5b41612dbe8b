import { simplerPlans } from "../model/shrink-plan.ts";
import { CALM, type FaultRates, type Scenario } from "./scenario.ts";
import { type Outcome, simulate } from "./simulation.ts";

/** Most schedules played to make one failing scenario smaller. */
const MOST_PLAYS = 1_500;

/** The smallest scenario found that still breaks the same invariant: fewer workers and faults, less of everything. */
export async function shrink(scenario: Scenario, invariant: string): Promise<{ scenario: Scenario; outcome: Outcome }> {
	let smallest = scenario;
	let outcome = await simulate(scenario, { keepsLog: true });
	let plays = 0;
	for (let isBetter = true; isBetter; ) {
		isBetter = false;
		for (const candidate of simplerScenarios(smallest)) {
			if (plays >= MOST_PLAYS) return { scenario: smallest, outcome };
			plays += 1;
			const tried = await simulate(candidate, { keepsLog: true });
			if (tried.violation?.invariant !== invariant) continue;
			smallest = candidate;
			outcome = tried;
			isBetter = true;
			break;
		}
	}
	return { scenario: smallest, outcome };
}

function* simplerScenarios(scenario: Scenario): Generator<Scenario> {
	const { rates, workers, plans } = scenario;
	const isCalm = Object.values(rates).every((rate) => rate === 0);
	if (!isCalm) yield { ...scenario, rates: CALM };
	for (const name of Object.keys(rates) as (keyof FaultRates)[]) {
		if (rates[name] > 0) yield { ...scenario, rates: { ...rates, [name]: 0 } };
	}
	for (const at of workers.keys()) if (workers.length > 1) yield { ...scenario, workers: workers.toSpliced(at, 1) };
	if (plans.length > 1) for (const at of plans.keys()) yield { ...scenario, plans: plans.toSpliced(at, 1) };
	if (scenario.instances > 1) yield { ...scenario, instances: scenario.instances - 1 };
	if (scenario.runners > 0) yield { ...scenario, runners: scenario.runners - 1 };
	if (scenario.requests > 0) {
		yield { ...scenario, requests: 0 };
		yield { ...scenario, requests: scenario.requests - 1 };
	}
	const { retriesNow = 0 } = scenario;
	if (retriesNow > 0) yield { ...scenario, retriesNow: 0 };
	if (retriesNow > 1) yield { ...scenario, retriesNow: retriesNow - 1 };
	if (scenario.turns > 1) yield { ...scenario, turns: scenario.turns - 1 };
	if (scenario.hasClientsBeside === true) yield { ...scenario, hasClientsBeside: false };
	if (scenario.hasTwins) yield { ...scenario, hasTwins: false };
	if (scenario.isSuspending) yield { ...scenario, isSuspending: false };
	if (scenario.maxSkewMs > 0) yield { ...scenario, maxSkewMs: 0 };
	for (const at of workers.keys()) {
		const worker = workers[at];
		if (worker !== undefined && worker.slots > 1)
			yield { ...scenario, workers: workers.with(at, { ...worker, slots: 1 }) };
	}
	for (const [at, plan] of plans.entries()) {
		for (const simpler of simplerPlans(plan)) yield { ...scenario, plans: plans.with(at, simpler) };
	}
}
