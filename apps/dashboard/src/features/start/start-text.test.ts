import { expect, it } from "vitest";
import { idProblem, newInstanceId } from "./instance-id.ts";
import { readLabels } from "./labels.ts";

it("makes an id of the workflow, the day and chance, that an instance may have", () => {
	const id = newInstanceId("order saga/eu", new Date("2026-11-24T22:00:00Z"), new Uint8Array([1, 254, 0, 16]));
	expect(id).toBe("order-saga-eu-20261124-01fe0010");
	expect(idProblem(id)).toBeNull();
});

it("says what is wrong with an id", () => {
	for (const id of ["", "a/b", "ä", " a", "x".repeat(201)]) expect(idProblem(id), id).not.toBeNull();
});

it("reads labels line by line, and says which line is none", () => {
	expect(readLabels("tenant = acme\n\nquery=a=b\n")).toEqual({
		kind: "labels",
		labels: { tenant: "acme", query: "a=b" },
	});
	expect(readLabels("tenant")).toMatchObject({ kind: "problem" });
	expect(readLabels("a=1\na=2")).toMatchObject({ kind: "problem", problem: '"a" is there twice.' });
});
