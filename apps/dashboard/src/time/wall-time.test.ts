import { expect, it } from "vitest";
import { fromWallTime, wallTime } from "./wall-time.ts";

it("shows a moment as the clocks of a zone do", () => {
	const at = Date.UTC(2026, 10, 24, 22, 5);
	expect(wallTime(at, "UTC")).toBe("2026-11-24T22:05");
	expect(wallTime(at, "Asia/Kolkata")).toBe("2026-11-25T03:35");
});

it.each(["UTC", "America/Denver", "Asia/Kolkata", "Europe/Berlin", "Pacific/Chatham"])(
	"goes there and back in %s",
	(zone) => {
		for (const at of [
			Date.UTC(2026, 0, 1),
			Date.UTC(2026, 2, 29, 0, 59),
			Date.UTC(2026, 6, 1, 12, 34),
			Date.UTC(2026, 9, 25, 3),
		]) {
			expect(fromWallTime(wallTime(at, zone), zone)).toBe(at);
		}
	},
);

it("takes nothing else for a time", () => {
	for (const text of ["", "tomorrow", "2026-13-45T00:00", "2026-11-24"]) expect(fromWallTime(text, "UTC")).toBeNull();
});
