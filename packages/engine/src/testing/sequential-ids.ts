import type { Ids } from "../core/ids.ts";

/** Ids `<prefix>-00000001`, `<prefix>-00000002`, … : unique, in text order of their making, and the same every time. */
export function sequentialIds(prefix = "id"): Ids {
	let made = 0;
	return {
		next() {
			made += 1;
			return `${prefix}-${String(made).padStart(8, "0")}`;
		},
	};
}
