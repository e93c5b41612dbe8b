import { describe } from "vitest";
import { chainSemantics } from "./chains.ts";
import { compositeSemantics } from "./composites.ts";
import { controlSemantics } from "./control.ts";
import { crashSemantics } from "./crashes.ts";
import { forkSemantics } from "./forks.ts";
import { knownBranchDefects } from "./known-branch-defects.ts";
import { knownDriverDefects } from "./known-driver-defects.ts";
import { parkSemantics } from "./parks.ts";
import { positionSemantics } from "./positions.ts";
import { retrySemantics } from "./retries.ts";
import { retryNowSemantics } from "./retry-now.ts";
import { seedBehaviours } from "./seed-behaviours.ts";
import { spreadSemantics } from "./spread.ts";
import { startSemantics } from "./starts.ts";
import type { OpenBackend } from "./world.ts";

/** What workflows mean, driven by the real runner, worker and client over a backend: one topic a file. */
export function semanticsConformance(name: string, open: OpenBackend): void {
	describe(`semantics on ${name}`, () => {
		startSemantics(open);
		chainSemantics(open);
		forkSemantics(open);
		compositeSemantics(open);
		parkSemantics(open);
		retrySemantics(open);
		retryNowSemantics(open);
		controlSemantics(open);
		crashSemantics(open);
		spreadSemantics(open);
		positionSemantics(open);
		seedBehaviours(open);
		knownBranchDefects(open);
		knownDriverDefects(open);
	});
}
