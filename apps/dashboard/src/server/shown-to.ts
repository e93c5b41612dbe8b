import { denialOf } from "../access/permissions.ts";
import type { Actor } from "./authorise.ts";

/** What of an answer somebody may see: who may see states alone is shown no stack, which may hold what a task worked on. */
export function shownTo<T>({ access }: Pick<Actor, "access">, answer: T): T {
	return denialOf(access, "data") === null ? answer : (withoutStacks(answer) as T);
}

/** Values of inputs and outputs are not in here: they have an address of their own (see instance-value.ts). */
function withoutStacks(value: unknown): unknown {
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map(withoutStacks);
	const copy = Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, withoutStacks(inside)]));
	return isError(value) ? { ...copy, stack: null } : copy;
}

/** A RecordedError of the engine, by all its fields. */
function isError(value: object): boolean {
	return "name" in value && "message" in value && "code" in value && "stack" in value && "cause" in value;
}
