import { describe, expect, it } from "vitest";
import { ApiError } from "./api-error.ts";
import { readListQuery } from "./list-query.ts";

const read = (query: string) => readListQuery(new URLSearchParams(query));

describe("the list's filters", () => {
	it("are all open by default", () => {
		expect(read("")).toEqual({ statuses: [], workflows: [], cursor: null, limit: 50 });
	});

	it("may be repeated or joined by commas, and count once", () => {
		expect(read("status=failed,paused&status=failed&workflow=order&workflow=a b")).toMatchObject({
			statuses: ["failed", "paused"],
			workflows: ["order", "a b"],
		});
	});

	it("read times, durations, labels and texts", () => {
		expect(
			read(
				"from=2026-11-24T22:00:00Z&to=1800000000000&duration=3600000&retries=now&signal=go&label=a=b=c&label=x=&id=ord&error=no",
			),
		).toMatchObject({
			startedFrom: Date.UTC(2026, 10, 24, 22),
			startedTo: 1_800_000_000_000,
			minDurationMs: 3_600_000,
			retries: "now",
			signal: "go",
			labels: { a: "b=c", x: "" },
			idPrefix: "ord",
			error: "no",
		});
	});

	it.each([
		"limit=0",
		"limit=-1",
		"limit=1e9",
		"limit=NaN",
		"limit=50;drop",
		"limit=201",
		"status=unknown",
		"status=__proto__",
		"retries=all",
		"towards=sideways",
		"from=2026-13-45",
		"from=-1",
		"to=999999999999999",
		"from=20&to=10",
		"duration=Infinity",
		"duration=-5",
		"label=alone",
		"label==value",
		"label=tenant=acme&label=tenant=other",
		"id=%00",
		`error=${"x".repeat(201)}`,
		`workflow=${"x".repeat(201)}`,
		`cursor=${"x".repeat(1_001)}`,
	])("refuse %s with a typed error", (query) => {
		expect(() => read(query)).toThrow(ApiError);
	});

	it("pass hostile names on as data", () => {
		expect(read("workflow='; drop table instance;--").workflows).toEqual(["'; drop table instance;--"]);
		expect(read("error=(a%2B)%2B%24&id=%25_%5C")).toMatchObject({ error: "(a+)+$", idPrefix: "%_\\" });
	});

	it("keep a label named __proto__ a name", () => {
		const { labels } = read("label=__proto__=x");
		expect(Object.entries(labels ?? {})).toEqual([["__proto__", "x"]]);
	});
});
