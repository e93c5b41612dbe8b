import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type Duration, parseDuration } from "../duration.ts";
import type { RetryPolicy, TaskPolicy } from "../graph/continuation.ts";
import { isName, LIMITS } from "../limits.ts";
import { type RetryOptions, readRetryOptions } from "../retry-policy.ts";
import type { OnFailure } from "./outcome.ts";

/** How one task, join or route key wants to be run. Only `version` and `onFailure` are part of the definition hash. */
export interface TaskSettings {
	/** Longest one attempt may take; it is then told to stop through `ctx.signal` and counts as failed. Default: no limit. */
	readonly timeout?: Duration | undefined;
	/** Longest silence: a task that calls `ctx.heartbeat()` more rarely is taken as hung, told to stop, and counts as failed. Default: none. */
	readonly heartbeatTimeout?: Duration | undefined;
	/** Default: one attempt. `{}` takes the defaults of a retry policy. */
	readonly retry?: RetryOptions | undefined;
	/** Which workers may run it: those that serve all of these. */
	readonly tags?: readonly string[] | undefined;
	/** 1 (first) to 5 (last). Default 3. */
	readonly priority?: number | undefined;
	/** Change it when the task's meaning changes: instances of the old version then stay with the old code. */
	readonly version?: string | undefined;
	readonly description?: string | undefined;
}

export interface TaskOptions<Input = never, Output = unknown, Failure extends OnFailure = OnFailure>
	extends TaskSettings {
	/** `value` turns the final failure into data, `{ ok: true, value } | { ok: false, error }`. Default `fail`. */
	readonly onFailure?: Failure | undefined;
	/** Checked before each attempt; the function gets what the schema makes of its input. */
	readonly input?: StandardSchemaV1<unknown, Input> | undefined;
	/** Checked after each attempt; what the schema makes of the output is recorded. */
	readonly output?: StandardSchemaV1<unknown, Output> | undefined;
}

const DEFAULT_PRIORITY = 3;

/** The policy, and what is wrong with the options; a bad field keeps its default. */
export function readTaskOptions(options: TaskOptions<unknown> | undefined): {
	readonly policy: TaskPolicy;
	readonly inputSchema: StandardSchemaV1 | null;
	readonly outputSchema: StandardSchemaV1 | null;
	readonly problems: readonly string[];
} {
	const given = options ?? {};
	const problems: string[] = [];
	const policy: TaskPolicy = {
		retry: readRetry(given.retry, problems),
		timeoutMs: readTimeout("timeout", given.timeout, problems),
		heartbeatTimeoutMs: readTimeout("heartbeatTimeout", given.heartbeatTimeout, problems),
		onFailure: given.onFailure ?? "fail",
		priority: readPriority(given.priority, problems),
		tags: readTags(given.tags, problems),
		description: readText(given.description, "description", problems),
		version: readText(given.version, "version", problems),
	};
	return {
		policy,
		inputSchema: readSchema(given.input, "input", problems),
		outputSchema: readSchema(given.output, "output", problems),
		problems,
	};
}

function readRetry(retry: RetryOptions | undefined, problems: string[]): RetryPolicy | null {
	if (retry === undefined) return null;
	const read = readRetryOptions(retry);
	problems.push(...read.problems);
	return read.policy;
}

function readTimeout(
	name: "timeout" | "heartbeatTimeout",
	timeout: Duration | undefined,
	problems: string[],
): number | null {
	if (timeout === undefined) return null;
	const parsed = parseDuration(timeout);
	if (parsed.ok && parsed.ms > 0) return parsed.ms;
	problems.push(
		`${name}: ${parsed.ok ? "an attempt needs more than 0 ms; leave it out for no limit" : parsed.problem}`,
	);
	return null;
}

function readPriority(priority: number | undefined, problems: string[]): number {
	if (priority === undefined) return DEFAULT_PRIORITY;
	if (Number.isInteger(priority) && priority >= 1 && priority <= 5) return priority;
	problems.push("priority must be a whole number from 1 (first) to 5 (last)");
	return DEFAULT_PRIORITY;
}

function readTags(tags: readonly string[] | undefined, problems: string[]): readonly string[] {
	if (tags === undefined) return [];
	if (Array.isArray(tags) && tags.every(isName)) return [...new Set(tags)];
	problems.push('tags must be a list of names such as ["gpu"], of letters, digits and . _ : @ / -');
	return [];
}

/** Descriptions and versions are stored with the graph, so they keep to a length. */
export function readText(text: string | undefined, name: string, problems: string[]): string | null {
	if (text === undefined) return null;
	if (typeof text === "string" && text.length > 0 && text.length <= LIMITS.reasonLength) return text;
	problems.push(`${name} must be a text of 1 to ${LIMITS.reasonLength} characters`);
	return null;
}

/** Some libraries' schemas are functions with properties. */
export function readSchema(
	schema: StandardSchemaV1 | undefined,
	name: string,
	problems: string[],
): StandardSchemaV1 | null {
	if (schema === undefined) return null;
	const isHolder = (typeof schema === "object" && schema !== null) || typeof schema === "function";
	if (isHolder && typeof schema["~standard"]?.validate === "function") return schema;
	problems.push(`${name} must be a Standard Schema (an object with "~standard")`);
	return null;
}
