import { describe, expect, it } from "vitest";
import type { Action, Role } from "../server/wire.ts";
import { denialOf, LEAST, ROLES } from "./permissions.ts";

/** Who may what, written out: viewer, reader, operator, admin. */
const TABLE: Readonly<Record<Action, readonly [boolean, boolean, boolean, boolean]>> = {
	read: [true, true, true, true],
	data: [false, true, true, true],
	signal: [false, false, true, true],
	start: [false, false, true, true],
	pause: [false, false, true, true],
	unpause: [false, false, true, true],
	retryNow: [false, false, true, true],
	cancel: [false, false, false, true],
	retry: [false, false, false, true],
	reveal: [false, false, false, true],
	bulk: [false, false, false, true],
};
const ACTIONS = Object.keys(LEAST) as Action[];

const may = (role: Role | null, action: Action, readOnly = false) =>
	denialOf({ readOnly, user: role === null ? null : { name: "mira", role } }, action) === null;

describe("what a role may do", () => {
	it("is written out for every action", () => {
		expect(ROLES).toEqual(["viewer", "reader", "operator", "admin"]);
		expect(Object.keys(TABLE).sort()).toEqual([...ACTIONS].sort());
	});

	it.each(ACTIONS)("is as the table says for %s", (action) => {
		expect(ROLES.map((role) => may(role, action))).toEqual(TABLE[action]);
	});

	it("is everything for the local operator, where there is no sign-in", () => {
		for (const action of ACTIONS) expect(may(null, action), action).toBe(true);
	});

	it("is to look and no more where the dashboard is read-only, and no more than else", () => {
		for (const action of ACTIONS) {
			for (const role of [null, ...ROLES]) {
				const looks = action === "read" || action === "data";
				expect(may(role, action, true), `${role} ${action}`).toBe(looks && may(role, action));
			}
		}
	});
});

it("says why not, and what to do", () => {
	const vera = { name: "vera", role: "viewer" } as const;
	expect(denialOf({ readOnly: false, user: vera }, "cancel")).toEqual({
		code: "Forbidden",
		message: "That needs the role admin, and yours is viewer. Ask an admin.",
	});
	expect(denialOf({ readOnly: false, user: vera }, "data")?.message).toContain("Hidden by policy");
	expect(denialOf({ readOnly: true, user: null }, "pause")).toMatchObject({ code: "ReadOnly" });
});
