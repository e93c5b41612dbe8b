/** Every error that Waymark throws, by what it is about. */
export * from "./errors/definition-errors.ts";
export * from "./errors/instance-errors.ts";
export * from "./errors/store-errors.ts";
export * from "./errors/task-errors.ts";
export * from "./errors/value-errors.ts";
export { WaymarkError, type WaymarkErrorCode } from "./errors/waymark-error.ts";
