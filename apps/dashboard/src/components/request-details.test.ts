import { expect, it } from "vitest";
import { RequestError } from "../api/fetch-json.ts";
import { requestDetails } from "./request-details.ts";

const AT = new Date("2026-11-29T12:00:00Z");

it("names the request, the answer, the reference, the page and the moment", () => {
	const body = { error: { code: "Internal", message: "It broke. Try again.", reference: "1f2e3d4c" } } as const;
	const error = new RequestError("Internal", body.error.message, 500, body, "GET", "/api/workers");
	expect(requestDetails(error, "http://localhost/workers", AT)).toBe(
		[
			"It broke. Try again.",
			"GET /api/workers: 500 Internal",
			"Reference 1f2e3d4c",
			"On http://localhost/workers",
			"At 2026-11-29T12:00:00.000Z",
		].join("\n"),
	);
});

it("says that there was no answer, and has no reference then", () => {
	const error = new RequestError("Offline", "Nobody answers.", 0, null, "GET", "/api/signals");
	const text = requestDetails(error, "http://localhost/signals", AT);
	expect(text).toContain("GET /api/signals: no answer\n");
	expect(text).not.toContain("Reference");
});

it("tells of an error of the page itself what it knows", () => {
	expect(requestDetails(new TypeError("x is undefined"), "http://localhost/", AT)).toBe(
		"x is undefined\nOn http://localhost/\nAt 2026-11-29T12:00:00.000Z",
	);
});

it("names the reference of a page that the server could not make", () => {
	const error = Object.assign(new Error("An error occurred."), { digest: "2087341" });
	expect(requestDetails(error, "http://localhost/", AT)).toContain("\nReference 2087341\n");
});
