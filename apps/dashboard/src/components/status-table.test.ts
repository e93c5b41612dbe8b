import type { InstanceStatus, NodeState } from "@waymark/engine/graph";
import { expect, it } from "vitest";
import { instanceStatus, nodeStatus } from "./status-table.ts";

it("calls a state that only a newer engine knows what that engine calls it", () => {
	expect(nodeStatus("on_hold" as NodeState)).toEqual({ look: "unknown", word: "On hold" });
	expect(instanceStatus("archived" as InstanceStatus)).toEqual({ look: "unknown", word: "Archived" });
});

it("takes no state for a property that every object has", () => {
	for (const name of ["constructor", "toString", "__proto__"]) {
		expect(nodeStatus(name as NodeState).look).toBe("unknown");
		expect(instanceStatus(name as InstanceStatus).look).toBe("unknown");
	}
});

it("has a word for a state without a name, and cuts one that is too long", () => {
	expect(nodeStatus("" as NodeState).word).toBe("Unknown");
	expect([...nodeStatus("😀".repeat(200) as NodeState).word]).toHaveLength(32);
});
