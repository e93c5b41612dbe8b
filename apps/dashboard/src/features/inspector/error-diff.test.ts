import type { RecordedError } from "@waymark/engine/backend";
import { expect, it } from "vitest";
import { errorDiff, isSameError } from "./error-diff.ts";

const error = (message: string, line = 12): RecordedError => ({
	name: "CarrierError",
	code: "refused",
	message,
	stack: `CarrierError: ${message}\n    at book (/srv/book.ts:${line}:9)`,
	cause: null,
});

it("shows what became different and what stayed", () => {
	expect(errorDiff(error("no slot at 9"), error("no slot at 10"))).toEqual([
		{ kind: "same", text: "CarrierError (refused)" },
		{ kind: "gone", text: "no slot at 9" },
		{ kind: "new", text: "no slot at 10" },
		{ kind: "same", text: "    at book (/srv/book.ts:12:9)" },
	]);
});

it("knows the same error from one that was thrown elsewhere", () => {
	expect(isSameError(error("no"), error("no"))).toBe(true);
	expect(isSameError(error("no"), error("no", 99))).toBe(false);
});
