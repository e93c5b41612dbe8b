/** `@waymark/engine/testing`: what tests of workflows need. No test runner is needed to import it. */
export { FakeClock } from "./fake-clock.ts";
export {
	CrashDifferenceError,
	type CrashOptions,
	type CrashReport,
	crashAtEveryCheckpoint,
} from "./kit/crash-everywhere.ts";
export { WorkflowTest, type WorkflowTestOptions } from "./kit/workflow-test.ts";
export { sequentialIds } from "./sequential-ids.ts";
