import { expect, it } from "vitest";
import { loginPath, ownPath } from "./own-path.ts";

it.each(["/", "/instances", "/instances/a%2Fb?view=graph&node=x/y", "/settings#access"])("goes on to %s", (path) => {
	expect(ownPath(path)).toBe(path);
});

it.each([
	null,
	undefined,
	"",
	"instances",
	"//evil.com",
	"/\\evil.com",
	"/\t/evil.com",
	"https://evil.com/",
	"javascript:alert(1)",
	"/x/..//evil.com",
	"/login",
	"/login?next=/login",
	"/api/instances",
	"/_next/x",
])("does not go to %j", (path) => {
	expect(ownPath(path)).toBe("/");
});

it("leads from the sign-in back to where one was", () => {
	expect(loginPath("/")).toBe("/login");
	expect(ownPath(new URL(loginPath("/a?b=c&d"), "http://x").searchParams.get("next"))).toBe("/a?b=c&d");
});
