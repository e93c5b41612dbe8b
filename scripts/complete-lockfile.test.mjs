import { describe, expect, it } from "vitest";
import { entryOf, missingOptional } from "./complete-lockfile.mjs";

describe("packages of other platforms", () => {
	it("are missing where no folder above has them", () => {
		const packages = {
			"": {},
			"node_modules/next": { dev: true, optionalDependencies: { "@next/swc-a": "1.0.0", "@next/swc-b": "^2.0.0" } },
			"node_modules/@next/swc-a": { version: "1.0.0" },
			"apps/x/node_modules/y": { optionalDependencies: { "y-linux-x64": "1.0.0" } },
			"apps/x/node_modules/y/node_modules/y-linux-x64": { version: "1.0.0" },
		};
		expect(missingOptional({ packages })).toEqual([{ name: "@next/swc-b", version: "2.0.0", dev: true }]);
	});

	it("say in their names where they run", () => {
		const entry = (name) => entryOf({ name, version: "1.0.0", dev: false });
		expect(entry("@turbo/windows-64")).toEqual({ version: "1.0.0", cpu: ["x64"], optional: true, os: ["win32"] });
		expect(entry("@biomejs/cli-linux-x64-musl")).toMatchObject({ libc: ["musl"], os: ["linux"], cpu: ["x64"] });
		expect(entry("@tailwindcss/oxide-linux-arm-gnueabihf")).toMatchObject({ libc: ["glibc"], cpu: ["arm"] });
		expect(entry("@tailwindcss/oxide-wasm32-wasi")).toEqual({ version: "1.0.0", cpu: ["wasm32"], optional: true });
	});
});
