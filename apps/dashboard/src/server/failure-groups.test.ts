import { expect, it } from "vitest";
import { instanceAt } from "../features/live/testing/snapshots.ts";
import { failureGroups } from "./failure-groups.ts";

function failed(instanceId: string, failedPath: string | null, name: string | null, workflow = "order") {
	const error = name === null ? null : { name, message: `of ${instanceId}`, code: null, stack: null, cause: null };
	return instanceAt(1, { instanceId, status: "failed", failedPath, error, workflow });
}

const told = (...instances: Parameters<typeof failureGroups>[0]) =>
	failureGroups(instances).map(({ newest, count }) => `${count} × ${newest.instanceId}`);

it("takes failures of one workflow, node and class of error together, by the newest of them", () => {
	expect(
		told(failed("c", "charge", "Declined"), failed("b", "charge", "Declined"), failed("a", "charge", "Declined")),
	).toEqual(["3 × c"]);
	expect(
		told(failed("c", "charge", "Declined"), failed("b", "ship", "Declined"), failed("a", "charge", "Declined")),
	).toEqual(["2 × c", "1 × b"]);
});

it("keeps apart what failed elsewhere, otherwise or in another workflow", () => {
	const apart = [
		failed("a", "charge", "Declined"),
		failed("b", "charge", "Timeout"),
		failed("c", "charge", "Declined", "refund"),
		failed("d", null, "Declined"),
		failed("e", "charge", null),
		failed("f", null, null),
	];
	expect(told(...apart)).toHaveLength(6);
	expect(told(...apart, ...apart)).toEqual(["2 × a", "2 × b", "2 × c", "2 × d", "2 × e", "2 × f"]);
});

it("takes the iterations of a loop for one node", () => {
	expect(told(failed("b", "poll[7]/check", "Gone"), failed("a", "poll[0]/check", "Gone"))).toEqual(["2 × b"]);
});

it("says nothing of nothing", () => {
	expect(told()).toEqual([]);
});
