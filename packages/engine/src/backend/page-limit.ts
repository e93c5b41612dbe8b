import { InvalidArgumentError } from "../core/errors.ts";

/** @throws InvalidArgumentError unless a page may hold that many rows */
export function checkPageLimit(limit: number): void {
	if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return;
	throw new InvalidArgumentError("limit", `A page holds 1 to 200 rows, not ${limit}. Ask for such a number.`);
}

/** A place in a list: a number and an id, as `parseCursor` takes it. */
export function cursorAt(at: number, id: string): string {
	return `${at}~${id}`;
}

/** @throws InvalidArgumentError if it was not made by `cursorAt` */
export function parseCursor(cursor: string): { readonly at: number; readonly id: string } {
	const [, at, id] = /^(\d{1,16})~(.+)$/su.exec(cursor) ?? [];
	if (at === undefined || id === undefined || id.includes("\0") || cursor.length > 3_000) {
		throw new InvalidArgumentError("cursor", "This is no cursor of that list. Begin with the first page.");
	}
	return { at: Number(at), id };
}

/** The tallest number of stretches that a series may have. */
const MOST_BUCKETS = 100;

/** @throws InvalidArgumentError */
export function checkBuckets(query: {
	readonly from: number;
	readonly bucketMs: number;
	readonly buckets: number;
}): void {
	const whole = [query.from, query.bucketMs, query.buckets].every((value) => Number.isSafeInteger(value));
	if (whole && query.bucketMs >= 1 && query.buckets >= 1 && query.buckets <= MOST_BUCKETS) return;
	throw new InvalidArgumentError(
		"buckets",
		`A series has 1 to ${MOST_BUCKETS} stretches of whole milliseconds. Correct it.`,
	);
}
