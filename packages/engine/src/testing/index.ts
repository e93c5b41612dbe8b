export { backendConformance, type OpenBackend } from "./conformance/backend-conformance.ts";
export { FakeClock } from "./fake-clock.ts";
export { semanticsConformance } from "./semantics/index.ts";
export { sequentialIds } from "./sequential-ids.ts";
