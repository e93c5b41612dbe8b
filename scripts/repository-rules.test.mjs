import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { problemsOf } from "./repository-rules.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const up = "..";

describe("the rules of the repository", () => {
	it("report a download host in the lockfile", () => {
		const text = '{ "packages": { "node_modules/next": { "resolved": "https://example.test/next/-/next-1.tgz" } } }';
		expect(problemsOf(root, "package-lock.json", text)).toHaveLength(1);
		expect(problemsOf(root, "package-lock.json", '{ "packages": { "a": { "resolved": "packages/engine" } } }')).toEqual(
			[],
		);
	});

	it("report a path that leads out of the repository, and let one inside be", () => {
		expect(problemsOf(root, "docs/a.ts", `import "${up}/${up}/elsewhere/b.ts"`)).toHaveLength(1);
		expect(problemsOf(root, "a.ts", `see ${up}/elsewhere`)).toHaveLength(1);
		expect(problemsOf(root, "docs/a.ts", `import "${up}/scripts/b.ts"`)).toEqual([]);
	});

	it("report a path of somebody's machine", () => {
		expect(problemsOf(root, "a.ts", `const x = "/${"home"}/ada/waymark"`)).toHaveLength(1);
	});

	it("report a link in a document that leads nowhere", () => {
		expect(
			problemsOf(root, "README.md", "[x](docs/nothing.md) [y](package.json#name) [z](https://example.test)"),
		).toEqual(["README.md: the link to docs/nothing.md leads nowhere"]);
	});
});
