import { defineConfig } from "vitest/config";

const CONDITIONS = ["source", "module", "node", "development|production"];

export default defineConfig({
	ssr: { resolve: { conditions: CONDITIONS, externalConditions: ["source", "node", "module-sync"] } },
	resolve: { conditions: CONDITIONS },
	test: { name: "dashboard", include: ["src/**/*.test.{ts,tsx}"], environment: "node", testTimeout: 15_000 },
});
