import type { Scenario } from "../scenario.ts";
import { longChain } from "./chain.ts";
import { forkOfHundred } from "./fork.ts";
import { idle } from "./idle.ts";
import { linearHundredInFlight, linearOneAtATime } from "./linear.ts";
import { parkedInTheBackground } from "./parked.ts";
import { payloads } from "./payloads.ts";
import { recoveryByAnother, recoveryByRestart } from "./recovery.ts";
import { resume } from "./resume.ts";
import { signals, signalsAcross } from "./signals.ts";
import { sleepers } from "./sleepers.ts";
import { startToResult, startToResultAcross } from "./start-to-result.ts";

/** In the order in which they are run and shown. */
export const scenarios: readonly Scenario[] = [
	linearOneAtATime,
	linearHundredInFlight,
	forkOfHundred,
	longChain,
	startToResult,
	startToResultAcross,
	signals,
	signalsAcross,
	sleepers,
	recoveryByRestart,
	recoveryByAnother,
	resume,
	payloads,
	parkedInTheBackground,
	idle,
];
