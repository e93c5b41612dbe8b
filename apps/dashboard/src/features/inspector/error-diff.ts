import type { RecordedError } from "@waymark/engine/backend";
import { diffLines } from "diff";

export interface DiffLine {
	readonly kind: "same" | "gone" | "new";
	readonly text: string;
}

/** More than this is no comparison that anybody reads. */
const MAX_LINES = 400;

/** What is different about an error, line by line: name, code, message and stack. */
export function errorDiff(before: RecordedError, now: RecordedError): readonly DiffLine[] {
	const lines = diffLines(textOf(before), textOf(now)).flatMap(({ value, added, removed }) =>
		value
			.replace(/\n$/, "")
			.split("\n")
			.map((text): DiffLine => ({ kind: added ? "new" : removed ? "gone" : "same", text })),
	);
	return lines.slice(0, MAX_LINES);
}

export function isSameError(before: RecordedError, now: RecordedError): boolean {
	return textOf(before) === textOf(now);
}

function textOf({ name, code, message, stack }: RecordedError): string {
	// The stack begins with the name and message once more.
	const frames = stack?.split("\n").filter((line) => /^\s*at\s/.test(line)) ?? [];
	return [code === null ? name : `${name} (${code})`, ...message.split("\n"), ...frames]
		.map((line) => `${line}\n`)
		.join("");
}
