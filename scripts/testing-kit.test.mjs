import { join } from "node:path";
import { rolldown } from "rolldown";
import { expect, it } from "vitest";
import { ROOT } from "./install.mjs";

it("gives tests of workflows a kit that needs no test runner", async () => {
	const input = join(ROOT, "packages/engine/src/testing/index.ts");
	const bundle = await rolldown({ input, platform: "node", external: /^[^./]/ });
	const { output } = await bundle.generate({ format: "esm" });
	await bundle.close();
	const packages = output.flatMap((part) => (part.type === "chunk" ? part.imports : []));
	expect(packages.filter((name) => !name.startsWith("node:"))).toEqual([]);
});
