import { expect, it } from "vitest";
import { shownTo } from "./shown-to.ts";
import type { Role } from "./wire.ts";

const as = (role: Role | null) => ({
	access: { readOnly: false, user: role === null ? null : { name: "mira", role } },
});

const cause = { name: "E", message: "deeper", code: null, stack: "at card 4111", cause: null };
const error = { name: "E", message: "no", code: null, stack: "at card 4111", cause };
const answer = {
	now: 1,
	snapshot: {
		instance: { error, labels: { stack: "blue" } },
		attempts: [
			{ path: "a", error },
			{ path: "b", error: null },
		],
	},
};

it("hides every stack from who may see states alone, however deep, and nothing else", () => {
	const shown = shownTo(as("viewer"), answer);
	expect(JSON.stringify(shown)).not.toContain("4111");
	expect(shown).toEqual(JSON.parse(JSON.stringify(answer).replaceAll('"at card 4111"', "null")));
	expect(shown.snapshot.instance.labels.stack).toBe("blue");
	expect(error.stack).toBe("at card 4111");
});

it("is the same answer for everybody else", () => {
	for (const role of ["reader", "operator", "admin", null] as const) expect(shownTo(as(role), answer)).toBe(answer);
});
