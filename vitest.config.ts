import { defineConfig } from "vitest/config";

/** In tests the workspace packages are their sources, so that no build stands between an edit and its test. */
export const SOURCE_CONDITIONS = ["source", "module", "node", "development|production"];

export default defineConfig({
	ssr: { resolve: { conditions: SOURCE_CONDITIONS, externalConditions: ["source", "node", "module-sync"] } },
	resolve: { conditions: SOURCE_CONDITIONS },
	test: {
		passWithNoTests: false,
		testTimeout: 15_000,
		// Two cores are the machine this is made for; more files at once only make timing worse.
		maxWorkers: 2,
		projects: [
			{ extends: true, test: { name: "engine", root: "packages/engine", include: ["src/**/*.test.ts"] } },
			{ extends: true, test: { name: "persistence", root: "packages/persistence", include: ["src/**/*.test.ts"] } },
			{ extends: true, test: { name: "examples", root: "examples", include: ["src/**/*.test.ts"] } },
			{
				extends: true,
				test: { name: "bench", root: "bench", include: ["src/**/*.test.ts"], testTimeout: 90_000, hookTimeout: 60_000 },
			},
			{ extends: true, test: { name: "tooling", root: "scripts", include: ["**/*.test.{ts,mjs}"] } },
			{
				extends: true,
				test: { name: "e2e", root: "e2e", include: ["**/*.test.ts"], testTimeout: 90_000, hookTimeout: 60_000 },
			},
			"apps/dashboard",
		],
	},
});
