import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DRAWN_LOOKS, STATUS_LOOKS } from "../components/status-table.ts";
import { contrast, deltaE } from "./testing/colour.ts";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const tokens = new Map(
	[...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(([, name, light, dark]) => [
		name,
		{ light, dark },
	]),
);

function colour(name: string, theme: "light" | "dark"): string {
	const value = tokens.get(name)?.[theme];
	if (value === undefined) throw new Error(`tokens.css has no colour --${name}`);
	return value;
}

it("computes the distances of the published CIEDE2000 examples", () => {
	expect(deltaE("#ffffff", "#000000")).toBeCloseTo(100, 3);
	expect(deltaE("#ff0000", "#ff0000")).toBe(0);
	expect(deltaE("#ff0000", "#00ff00")).toBeCloseTo(86.6, 1);
	expect(deltaE("#0000ff", "#ffff00")).toBeCloseTo(103.4, 1);
});

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
	it.each(DRAWN_LOOKS)("reads %s text on its soft background and on the page", (look) => {
		const text = colour(`status-${look}-text`, theme);
		for (const ground of [`status-${look}-soft`, "page", "raised"]) {
			expect(contrast(text, colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
		}
	});

	it.each(DRAWN_LOOKS)("shows solid %s against page and canvas", (look) => {
		for (const ground of ["page", "canvas"]) {
			expect(contrast(colour(`status-${look}-solid`, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
		}
	});

	it("keeps every two solids apart in normal vision", () => {
		for (const [at, a] of STATUS_LOOKS.entries()) {
			for (const b of STATUS_LOOKS.slice(at + 1)) {
				const distance = deltaE(colour(`status-${a}-solid`, theme), colour(`status-${b}-solid`, theme));
				expect(distance, `${a} and ${b}`).toBeGreaterThanOrEqual(10);
			}
		}
	});

	it.each([
		["ink", "page"],
		["ink", "pressed"],
		["ink-muted", "page"],
		["ink-muted", "canvas"],
		["ink-muted", "pressed"],
		["ink-faint", "page"],
		["ink-faint", "raised"],
		["ink-faint", "canvas"],
		["ink-faint", "hover"],
		["link", "page"],
		["link", "canvas"],
		["on-inverse", "inverse"],
		["on-danger", "danger"],
		["danger-ink", "page"],
		["danger-ink", "danger-soft"],
		["ink", "danger-soft"],
		["amber-ink", "amber-soft"],
	])("reads %s on %s", (text, ground) => {
		expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
	});

	it("shows the focus ring", () => {
		expect(contrast(colour("focus", theme), colour("page", theme))).toBeGreaterThanOrEqual(3);
	});
});
