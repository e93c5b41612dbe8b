import { describe, expect, it } from "vitest";
import { passageOf } from "./door.ts";

const stranger = (url: string, isRouterFetch = false) => passageOf({ url, isRouterFetch, isSignedIn: false });

describe("who is not signed in", () => {
	it.each([
		"/login",
		"/login?next=%2Finstances",
		"/healthz",
		"/icon.svg?icon.1.svg",
		"/api/session",
		"/api/session/end",
		"/_next/static/chunks/0-9e1zbx95ywd.js",
		"/_next/static/media/a~b.woff2?v=1",
	])("reaches %s", (url) => {
		expect(stranger(url)).toEqual({ kind: "open" });
	});

	it.each(["/", "/instances", "/login/", "/LOGIN", "/login/../instances", "//login", "/healthz/x", "/icon.svg/x"])(
		"is brought from %s to the sign-in",
		(url) => {
			expect(stranger(url).kind).toBe("login");
		},
	);

	it.each([
		"/api/instances",
		"/api/session/../instances",
		"/api/sessionx",
		"/api/instances/a/stream",
		"/_next/data/x.json",
		"/_next/static/../../instances",
		"/_next/static/%2e%2e/instances",
		"/_next/static/x\\..\\y",
		"/_next/image?url=x",
	])("is told so at %s", (url) => {
		expect(stranger(url)).toEqual({ kind: "signed-out" });
	});

	it("comes back to where they wanted to go", () => {
		const url = "/instances/order-1?view=graph&node=a/b";
		expect(stranger(url)).toEqual({ kind: "login", location: `/login?next=${encodeURIComponent(url)}` });
		expect(stranger("/")).toEqual({ kind: "login", location: "/login" });
		expect(stranger(`/instances?x=${"y".repeat(3_000)}`)).toEqual({ kind: "login", location: "/login" });
	});

	it("gets no sign-in page in the place of a page's data", () => {
		expect(stranger("/instances?_rsc=1", true)).toEqual({ kind: "signed-out" });
	});
});

it("lets whoever is signed in everywhere, but no token in an address", () => {
	for (const url of ["/", "/api/instances", "/instances?x=token"]) {
		expect(passageOf({ url, isRouterFetch: false, isSignedIn: true })).toEqual({ kind: "open" });
	}
	for (const url of ["/login?token=wm_x", "/api/instances?a=1&token=", "/?%74oken=x", "/api/session?token=x"]) {
		expect(passageOf({ url, isRouterFetch: false, isSignedIn: true })).toEqual({ kind: "token-in-address" });
		expect(stranger(url)).toEqual({ kind: "token-in-address" });
	}
});
