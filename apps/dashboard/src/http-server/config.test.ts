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
		expect(configOf([], env)).toEqual({
			host: "127.0.0.1",
			port: 5000,
			database: "file:/data/a.db",
			readOnly: false,
			access: null,
			publicNames: [],
			hides: [],
		});
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

	it("hides what is named too, or nothing, and refuses what would do neither", () => {
		expect(configOf(["--hide", "iban", "--hide", "tax-id"]).hides).toEqual(["iban", "tax-id"]);
		expect(configOf([], { WAYMARK_HIDE: "iban,pin_code" }).hides).toEqual(["iban", "pin_code"]);
		expect(configOf(["--hide-nothing"]).hides).toBeNull();
		expect(configOf([], { WAYMARK_HIDE_NOTHING: "1" }).hides).toBeNull();
		for (const argv of [
			["--hide", "--"],
			["--hide", "ab"],
			["--hide-nothing", "--hide", "iban"],
		]) {
			expect(readConfig(argv, {}).kind, argv.join(" ")).toBe("refused");
		}
		expect(readConfig([], { WAYMARK_HIDE_NOTHING: "please" }).kind).toBe("refused");
	});

	it("changes nothing if either the option or the environment says so, and guesses nothing", () => {
		expect(configOf(["--read-only", "--port", "0"])).toMatchObject({ readOnly: true, port: 0 });
		expect(configOf([], { WAYMARK_READ_ONLY: "1" }).readOnly).toBe(true);
		expect(configOf([], { WAYMARK_READ_ONLY: "0" }).readOnly).toBe(false);
		expect(configOf([], { WAYMARK_READ_ONLY: "" }).readOnly).toBe(false);
		expect(readConfig([], { WAYMARK_READ_ONLY: "yes please" }).kind).toBe("refused");
		expect(readConfig(["--read-only=false"], {}).kind).toBe("refused");
	});

	it("names the file of users by its whole path", () => {
		expect(configOf(["--access", "a.json"]).access).toMatch(/^\/.*\/a\.json$/);
		expect(configOf([], { WAYMARK_ACCESS: "/etc/waymark.json" }).access).toBe("/etc/waymark.json");
	});

	it("listens beyond this machine only with a sign-in and the name of a proxy", () => {
		const open = ["--host", "0.0.0.0"];
		const access = ["--access", "/a.json"];
		const names = ["--allow-host", "waymark.example.com", "--allow-host", "w.example.com:8443"];
		expect(readConfig([...open, ...access], {}).kind).toBe("refused");
		expect(readConfig([...open, ...names], {}).kind).toBe("refused");
		expect(readConfig(names, {})).toMatchObject({ message: expect.stringContaining("--access") });
		expect(configOf([...open, ...access, ...names])).toMatchObject({
			host: "0.0.0.0",
			publicNames: ["waymark.example.com", "w.example.com:8443"],
		});
		expect(configOf(access, { WAYMARK_ALLOW_HOST: "a.example.com,b.example.com" }).publicNames).toHaveLength(2);
		expect(readConfig(["--host", "example.com", ...access, ...names], {}).kind).toBe("refused");
	});

	it.each(["*", "https://a.example.com", "a/b", "A.example.com", ".example.com", "a b", "a,b", "x:y", ""])(
		"refuses the public name %j",
		(name) => {
			expect(readConfig(["--access", "/a.json", "--allow-host", name], {}).kind).toBe("refused");
		},
	);
});
