import { expect, it } from "vitest";
import { nodeEntry } from "./node-entry.ts";

it("calls what is pending not reached once the instance has ended, and nothing else", () => {
	expect(nodeEntry({ state: "pending" }, false).word).toBe("Pending");
	expect(nodeEntry({ state: "pending" }, true)).toEqual({ look: "pending", word: "Not reached" });
	expect(nodeEntry({ state: "completed" }, true).word).toBe("Completed");
	expect(nodeEntry({ state: "cancelled" }, true).word).toBe("Cancelled");
});
