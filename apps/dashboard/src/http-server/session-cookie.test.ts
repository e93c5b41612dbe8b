import { expect, it } from "vitest";
import { clearCookie, cookieName, readCookie, setCookie } from "./session-cookie.ts";

it("names the port, because browsers send cookies to every port of a host", () => {
	expect(cookieName(4173)).not.toBe(cookieName(4174));
});

it("is read whatever stands beside it, and not where it is given twice", () => {
	expect(readCookie("a=1; s-1=value; b=2", "s-1")).toBe("value");
	expect(readCookie("s-1=", "s-1")).toBe("");
	expect(readCookie("xs-1=value; s-10=value", "s-1")).toBeNull();
	expect(readCookie("s-1=one; s-1=two", "s-1")).toBeNull();
	expect(readCookie(null, "s-1")).toBeNull();
});

it("is out of reach of scripts and of other sites, and goes over TLS alone where there is TLS", () => {
	expect(setCookie("s", "v", false)).toBe("s=v; Path=/; HttpOnly; SameSite=Strict");
	expect(setCookie("s", "v", true)).toBe("s=v; Path=/; HttpOnly; SameSite=Strict; Secure");
	expect(clearCookie("s", false)).toContain("Max-Age=0");
});
