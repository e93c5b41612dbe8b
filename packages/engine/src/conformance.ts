/** `@waymark/engine/conformance`: the suites that every backend passes. They need vitest, and the last one fast-check. */
export { backendConformance, type OpenBackend } from "./testing/conformance/backend-conformance.ts";
export { modelConformance } from "./testing/properties/model-conformance.ts";
export { semanticsConformance } from "./testing/semantics/index.ts";
