import type { RecordedNode, SettleOutcome } from "../../backend/commands.ts";
import type { StoredValue } from "../../core/stored-value.ts";
import { insist } from "./contradiction.ts";
import type { Draft } from "./model-walk.ts";

type Completed = Extract<SettleOutcome, { readonly kind: "completed" }>;

/** Holds what a settle says that follows from a node against what the model says. */
export function compareStep(path: string, draft: Draft, bytes: { json: unknown } | null, outcome: Completed): void {
	const recorded = [path, ...draft.recorded.map((one) => one.path)];
	same(
		"I3",
		`${path} records`,
		outcome.recorded.map((one) => one.path),
		recorded,
	);
	same(
		"I4",
		`${path} opens`,
		outcome.open.map((one) => `${one.path} ${one.state}`),
		draft.opened.map((one) => `${one.path} ${one.opensAs}`),
	);
	same("I6", `${path} counts down`, outcome.countDown, draft.countDown);
	same("I5", `${path} ends the run`, outcome.result !== null, draft.end !== null);
	if (bytes !== null) same("I4", `${path} yields`, jsonOf(outcome.recorded[0]), bytes.json);
}

export function same(invariant: string, what: string, actual: unknown, expected: unknown): void {
	const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
	insist(a === b, invariant, () => `${what} ${a}, not ${b}`);
}

export function decoded(value: StoredValue): unknown {
	return JSON.parse(new TextDecoder().decode(value.bytes));
}

function jsonOf(node: RecordedNode | undefined): unknown {
	return node?.value == null ? undefined : decoded(node.value);
}
