/** `@waymark/engine/testing`: what tests of workflows need. No test runner is needed to import it. */
export { FakeClock } from "./fake-clock.ts";
export { sequentialIds } from "./sequential-ids.ts";
