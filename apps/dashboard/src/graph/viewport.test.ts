import { describe, expect, it } from "vitest";
import { centreOn, detailLevel, firstViewport, fitAll, isInView } from "./viewport.ts";

const screen = { width: 1_000, height: 600 };

describe("firstViewport", () => {
	it("shows everything when that stays readable, and never enlarges", () => {
		const small = { x: 0, y: 0, width: 400, height: 100 };
		expect(firstViewport(small, screen, null)).toEqual({ x: 300, y: 250, zoom: 1 });
	});

	it("goes to the interesting node when the whole would be too small to read", () => {
		const bounds = { x: 0, y: 0, width: 10_000, height: 100 };
		const node = { x: 5_000, y: 20, width: 224, height: 56 };
		const view = firstViewport(bounds, screen, node);
		expect(view.zoom).toBeGreaterThanOrEqual(0.6);
		expect(isInView(node, view, screen)).toBe(true);
	});
});

describe("centreOn", () => {
	const bounds = { x: 0, y: 0, width: 5_000, height: 3_000 };

	it("leaves no empty space beside the plan at its edges", () => {
		const first = centreOn({ x: 0, y: 0, width: 10, height: 10 }, bounds, screen, 1);
		expect(first).toEqual({ x: 40, y: 40, zoom: 1 });
		const last = centreOn({ x: 4_990, y: 2_990, width: 10, height: 10 }, bounds, screen, 1);
		expect(last).toEqual({ x: 1_000 - 40 - 5_000, y: 600 - 40 - 3_000, zoom: 1 });
	});
});

describe("fitAll", () => {
	it("keeps the whole plan inside the screen", () => {
		const view = fitAll({ x: 0, y: 0, width: 4_000, height: 3_000 }, screen);
		expect(view.x).toBeGreaterThanOrEqual(0);
		expect(view.y).toBeGreaterThanOrEqual(0);
		expect(4_000 * view.zoom + view.x).toBeLessThanOrEqual(1_000);
		expect(3_000 * view.zoom + view.y).toBeLessThanOrEqual(600);
	});
});

describe("detailLevel", () => {
	it("holds its level a little beyond the threshold, so that it never flickers", () => {
		expect(detailLevel(0.59, "full")).toBe("full");
		expect(detailLevel(0.59, "name")).toBe("name");
		expect(detailLevel(0.61, "name")).toBe("name");
		expect(detailLevel(0.64, "name")).toBe("full");
		expect(detailLevel(0.24, "name")).toBe("name");
		expect(detailLevel(0.2, "name")).toBe("block");
		expect(detailLevel(0.26, "block")).toBe("block");
	});
});
