import { expect, it } from "vitest";
import { heatOf, worstNode } from "./heat-of.ts";

const node = (path: string, details = {}) => ({
	path,
	definitionHash: "h",
	completed: 0,
	failedAttempts: 0,
	failed: 0,
	running: 0,
	p50: null,
	p95: null,
	...details,
});

it("takes the iterations of a loop together, and leaves other versions out", () => {
	const heat = heatOf(
		[
			node("poll[1]/ask", { completed: 3, p95: 40 }),
			node("poll[2]/ask", { completed: 1, failedAttempts: 4, running: 1, p95: 90 }),
			node("poll[1]/ask", { definitionHash: "older", completed: 100 }),
		],
		"h",
	);
	expect([...heat.values()]).toEqual([
		{ path: "poll/ask", completed: 4, failedAttempts: 4, failureShare: 0.5, p95Ms: 90, running: 1 },
	]);
});

it("knows nothing of a node that never ran", () => {
	expect(heatOf([node("a")], "h").get("a")).toMatchObject({ failureShare: null, p95Ms: null });
});

it("names the node that fails the most often, and of two alike the one that was tried more", () => {
	const seldom = node("seldom", { completed: 95, failedAttempts: 5 });
	const few = node("few", { completed: 1, failedAttempts: 1 });
	const many = node("many", { completed: 8, failedAttempts: 8 });
	expect(worstNode(heatOf([seldom, few, many], "h"))?.path).toBe("many");
	expect(worstNode(heatOf([node("fine", { completed: 9 })], "h"))).toBeNull();
});
