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

	it.each([
		"limit=0",
		"limit=-1",
		"limit=1e9",
		"limit=NaN",
		"limit=50;drop",
		"limit=201",
		"status=unknown",
		"status=__proto__",
		`cursor=${"x".repeat(500)}`,
	])("refuse %s with a typed error", (query) => {
		expect(() => read(query)).toThrow(ApiError);
	});

	it("pass hostile names on as data", () => {
		expect(read("workflow='; drop table instance;--").workflows).toEqual(["'; drop table instance;--"]);
	});
});
