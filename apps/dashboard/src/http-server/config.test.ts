import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

function configOf(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
	const result = readConfig(argv, env);
	if (result.kind === "refused") throw new Error(result.message);
	return result.config;
}

describe("the configuration", () => {
	it("listens on loopback by default, with an absolute file", () => {
		const config = configOf([]);
		expect(config).toMatchObject({ host: "127.0.0.1", port: 4173 });
		expect(config.database).toMatch(/^file:\/.*\/waymark\.db$/);
	});

	it("takes the environment, and arguments before it", () => {
		const env = { PORT: "5000", WAYMARK_DB: "file:/data/a.db" };
		expect(configOf([], env)).toEqual({ host: "127.0.0.1", port: 5000, database: "file:/data/a.db" });
		expect(configOf(["--port", "0", "--db", "memory:"], env)).toMatchObject({ port: 0, database: "memory:" });
	});

	it.each(["0.0.0.0", "::", "192.168.0.10", "example.com", ""])("refuses to listen on %j, and says why", (host) => {
		const result = readConfig(["--host", host], {});
		expect(result).toMatchObject({ kind: "refused", message: expect.stringContaining("this machine only") });
	});

	it.each(["-1", "65536", "80a", "1e3", ""])("refuses the port %j", (port) => {
		expect(readConfig(["--port", port], {}).kind).toBe("refused");
	});

	it("refuses options that it does not know, and options without a value", () => {
		expect(readConfig(["--hots", "::1"], {}).kind).toBe("refused");
		expect(readConfig(["--port"], {}).kind).toBe("refused");
	});
});
