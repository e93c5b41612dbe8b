import type { InstanceRecord } from "@waymark/engine/backend";
import { firstLine } from "../instance/first-line.ts";

interface FailureWords {
	/** Path of the node that failed the instance; null: it is not known. */
	readonly path: string | null;
	/** Class and first line of the error: what tells one outage from ten bugs. */
	readonly words: string;
	/** All of it that a hint can hold. */
	readonly whole: string;
}

/** A message may be of any length, and a row shows one line of it. */
const LONGEST = 300;

/** Why an instance failed, in one line; null: it did not. */
export function failureWords({ status, error, failedPath }: InstanceRecord): FailureWords | null {
	if (status !== "failed" || error === null) return null;
	const { name, message } = error;
	const where = failedPath === null ? "" : ` in ${failedPath}`;
	const line = firstLine(message).trim();
	return {
		path: failedPath,
		words: (line === "" ? name : `${name}: ${line}`).slice(0, LONGEST),
		whole: `${name}${where}: ${message}`.slice(0, LONGEST),
	};
}
