/** `@waymark/engine`: build workflows, run them durably, ask about them and control them. */
export * from "./core/builder/index.ts";
export type { Clock } from "./core/clock.ts";
export { type Codec, type Codecs, codecs, jsonCodec } from "./core/codec/codec.ts";
export { type Duration, durationMs, type ParsedDuration, parseDuration } from "./core/duration.ts";
export * from "./core/errors.ts";
export type * from "./core/graph/continuation.ts";
export { firstDifference } from "./core/graph/difference.ts";
export { definitionHash } from "./core/hash.ts";
export type { Ids } from "./core/ids.ts";
export type { InstanceControl, InstanceStatus, TerminalStatus } from "./core/instance/status.ts";
export { LIMITS } from "./core/limits.ts";
export { recordError } from "./core/record-error.ts";
export type { RecordedError } from "./core/recorded-error.ts";
export { backoffMs, type RetryOptions } from "./core/retry-policy.ts";
export type { StoredValue } from "./core/stored-value.ts";
export { type InProcessOptions, runInProcess } from "./in-process.ts";
export { InMemoryBackend } from "./memory/index.ts";
export * from "./runtime/index.ts";
