import { beforeEach, describe, expect, it } from "vitest";
import { LEAST, ROLES } from "../access/permissions.ts";
import { allowedHosts } from "../http-server/allowed-hosts.ts";
import { holdGate } from "../http-server/gate.ts";
import { SignIn } from "../http-server/sign-in.ts";
import { hashOf, newToken } from "../http-server/tokens.ts";
import { actorOf, authorise } from "./authorise.ts";
import type { Action, Role } from "./wire.ts";

const ACTIONS = Object.keys(LEAST) as Action[];
const OWN = { host: "127.0.0.1:4173", origin: "http://127.0.0.1:4173", "x-waymark-request": "1" };
const tokens = Object.fromEntries(ROLES.map((role) => [role, newToken()])) as Record<Role, string>;

let signIn: SignIn;

function hold(readOnly: boolean, hasSignIn = true): void {
	const entries = ROLES.map((role) => ({ name: `the ${role}`, role, hash: hashOf(tokens[role]) }));
	signIn = new SignIn(entries);
	const origins = allowedHosts(4173, ["waymark.example.com"]);
	holdGate({ readOnly, signIn: hasSignIn ? signIn : null, origins, cookie: "session", hides: [] });
}

/** A request of a page of ours by somebody of that role. */
function requestOf(role: Role | null, more: Record<string, string> = {}): Request {
	const exchange = role === null ? null : signIn.exchange(tokens[role], "peer");
	const cookie = exchange?.kind === "signed-in" ? { cookie: `session=${exchange.session.id}` } : {};
	return new Request("http://127.0.0.1:4173/api/x", { method: "POST", headers: { ...OWN, ...cookie, ...more } });
}

function codeOf(request: Request, action: Action): string {
	try {
		authorise(request, action);
		return "allowed";
	} catch (error) {
		return error instanceof Error && "code" in error ? String(error.code) : "thrown";
	}
}

beforeEach(() => hold(false));

describe("every action of every role", () => {
	it.each(ACTIONS)("%s is allowed from the least role on", (action) => {
		for (const role of ROLES) {
			const enough = ROLES.indexOf(role) >= ROLES.indexOf(LEAST[action]);
			expect(codeOf(requestOf(role), action), role).toBe(enough ? "allowed" : "Forbidden");
		}
		expect(codeOf(requestOf(null), action)).toBe("SignedOut");
	});

	it.each(ACTIONS)("%s changes nothing where the dashboard is read-only", (action) => {
		hold(true);
		const looks = action === "read" || action === "data";
		expect(codeOf(requestOf("admin"), action)).toBe(looks ? "allowed" : "ReadOnly");
		hold(true, false);
		expect(codeOf(requestOf(null), action)).toBe(looks ? "allowed" : "ReadOnly");
	});
});

describe("who somebody is", () => {
	it("is told by the session alone: no header gives a name or a role", () => {
		const headers = {
			"x-waymark-role": "admin",
			"x-waymark-user": "root",
			"x-forwarded-user": "root",
			"x-remote-user": "root",
			authorization: `Bearer ${tokens.admin}`,
		};
		expect(authorise(requestOf("viewer", headers), "read").access.user).toEqual({ name: "the viewer", role: "viewer" });
		expect(codeOf(requestOf("viewer", headers), "cancel")).toBe("Forbidden");
		expect(codeOf(requestOf(null, headers), "read")).toBe("SignedOut");
		expect(codeOf(requestOf(null, { cookie: `session=${tokens.admin}` }), "read")).toBe("SignedOut");
		expect(codeOf(requestOf(null, { cookie: "session=__proto__" }), "read")).toBe("SignedOut");
	});

	it("stands in the audit by name, and as the local operator without a sign-in", () => {
		expect(authorise(requestOf("operator"), "pause").by).toBe("the operator");
		hold(false, false);
		expect(actorOf(new Headers())).toEqual({
			by: "local operator",
			access: { readOnly: false, user: null },
			ended: null,
			session: null,
		});
	});
});

describe("a change", () => {
	it("comes from our own pages, whoever is signed in", () => {
		for (const more of [{ origin: "https://evil.com" }, { "x-waymark-request": "0" }, { host: "evil.com" }] as const) {
			expect(codeOf(requestOf("admin", more), "pause")).toBe("Forbidden");
		}
	});

	it("comes by a public name from its https pages alone", () => {
		const host = "waymark.example.com";
		expect(codeOf(requestOf("admin", { host, origin: `https://${host}` }), "pause")).toBe("allowed");
		expect(codeOf(requestOf("admin", { host, origin: `http://${host}` }), "pause")).toBe("Forbidden");
	});
});
