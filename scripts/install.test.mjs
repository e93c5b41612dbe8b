import { describe, expect, it } from "vitest";
import { isNodeSupported, missingPackages } from "./install.mjs";

const wanted = {
	packages: {
		"": { version: "0.1.0" },
		"packages/engine": { version: "0.1.0" },
		"node_modules/@waymark/engine": { link: true },
		"node_modules/next": { version: "2.0.0" },
		"apps/dashboard/node_modules/x": { version: "1.0.0" },
		"node_modules/only-on-windows": { version: "1.0.0", optional: true },
	},
};

describe("what is missing", () => {
	it("is everything where nothing was installed, but for workspaces and optional packages", () => {
		expect(missingPackages(wanted, null)).toEqual(["node_modules/next", "apps/dashboard/node_modules/x"]);
	});

	it("is what has another version", () => {
		const packages = {
			"node_modules/next": { version: "1.9.0" },
			"apps/dashboard/node_modules/x": { version: "1.0.0" },
		};
		expect(missingPackages(wanted, { packages })).toEqual(["node_modules/next"]);
	});
});

describe("the oldest Node", () => {
	it("is 20.19", () => {
		expect(["18.20.0", "20.18.3", "20.19.0", "21.0.0", "22.12.0"].filter(isNodeSupported)).toEqual([
			"20.19.0",
			"21.0.0",
			"22.12.0",
		]);
	});
});
