import { describe } from "vitest";
import { claimCases } from "./claims.ts";
import { controlCases } from "./control.ts";
import { controlDrainedCases } from "./control-drained.ts";
import { controlStateCases } from "./control-states.ts";
import { createCases } from "./create.ts";
import { deleteCases } from "./delete.ts";
import { dispatchCases } from "./dispatch.ts";
import { forkJoinCases } from "./fork-join.ts";
import { hintCases } from "./hints.ts";
import { listFilterCases } from "./list-filters.ts";
import { overviewCases } from "./overview.ts";
import { queryCases } from "./queries.ts";
import { replayCases } from "./replay.ts";
import { retryCases } from "./retry.ts";
import { retryNowCases } from "./retry-now.ts";
import type { OpenBackend } from "./scripted-driver.ts";
import { settleCases } from "./settle.ts";
import { signalGrantCases } from "./signal-grants.ts";
import { signalCases } from "./signals.ts";
import { takeoverCases } from "./takeover.ts";
import { timeoutCases } from "./timeouts.ts";
import { unservedCases } from "./unserved.ts";
import { workerCases } from "./workers.ts";

export type { OpenBackend } from "./scripted-driver.ts";

/**
 * The suite that every backend passes. `open` gives a fresh, empty backend that reads its time from the clock given;
 * each case opens one and closes it.
 */
export function backendConformance(name: string, open: OpenBackend): void {
	describe(`${name} keeps the backend contract`, () => {
		describe("create", () => createCases(open));
		describe("settle", () => settleCases(open));
		describe("repeated commands", () => replayCases(open));
		describe("fork and join", () => forkJoinCases(open));
		describe("claims", () => claimCases(open));
		describe("dispatch", () => dispatchCases(open));
		describe("takeover", () => takeoverCases(open));
		describe("workers", () => workerCases(open));
		describe("work that no worker serves", () => unservedCases(open));
		describe("signals", () => signalCases(open));
		describe("signals that grant their wait", () => signalGrantCases(open));
		describe("signal against timeout", () => timeoutCases(open));
		describe("control requests", () => controlCases(open));
		describe("control requests and dead owners", () => controlDrainedCases(open));
		describe("control from every state", () => controlStateCases(open));
		describe("retry of a failed instance", () => retryCases(open));
		describe("retry of one node at once", () => retryNowCases(open));
		describe("delete", () => deleteCases(open));
		describe("queries", () => queryCases(open));
		describe("filters of the list", () => listFilterCases(open));
		describe("overview", () => overviewCases(open));
		describe("hints", () => hintCases(open));
	});
}
