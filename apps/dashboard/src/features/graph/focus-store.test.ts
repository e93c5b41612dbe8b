import { expect, it } from "vitest";
import { createFocusStore } from "./focus-store.ts";

it("tells of what the camera follows, once for every change, and beside what is selected", () => {
	const store = createFocusStore();
	const told: (string | null)[] = [];
	store.subscribe(() => told.push(store.followed()));
	store.select("a");
	store.follow("b");
	store.follow("b");
	store.follow(null);
	expect(told).toEqual([null, "b", null]);
	expect(store.selected()).toBe("a");
});
