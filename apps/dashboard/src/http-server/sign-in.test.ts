import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Entry } from "./access-file.ts";
import type { Role } from "./roles.ts";
import { SignIn } from "./sign-in.ts";
import { hashOf, newToken, storedHash } from "./tokens.ts";

const HOUR = 3_600_000;

function person(name: string, role: Role = "operator"): { readonly token: string; readonly entry: Entry } {
	const token = newToken();
	return { token, entry: { name, role, hash: hashOf(token) } };
}

const mira = person("mira");
const ada = person("ada", "admin");

/** A sign-in with a clock that stands still until it is moved. */
function stand(...people: readonly { readonly entry: Entry }[]) {
	let now = 1_000;
	const signIn = new SignIn(
		people.map(({ entry }) => entry),
		() => now,
	);
	const open = (token: string, peer = "10.0.0.1") => {
		const exchange = signIn.exchange(token, peer);
		if (exchange.kind !== "signed-in") throw new Error(`it was ${exchange.kind}`);
		return exchange.session;
	};
	return {
		signIn,
		open,
		later: (ms: number) => {
			now += ms;
		},
	};
}

describe("a token", () => {
	it("gives a session of whoever has it, and a new one each time", () => {
		const { open, signIn } = stand(mira, ada);
		const [first, second] = [open(mira.token), open(mira.token)];
		expect(first.user).toEqual({ name: "mira", role: "operator" });
		expect(first.id).not.toBe(second.id);
		expect(open(ada.token).user).toEqual({ name: "ada", role: "admin" });
		expect(signIn.sessions.use(first.id)).toBe(first);
	});

	it.each(["", "wm_", newToken(), mira.token.toUpperCase(), `${mira.token} `, "ключ", storedHash(mira.token)])(
		"that is not known gives none: %j",
		(token) => {
			expect(stand(mira).signIn.exchange(token, "peer")).toEqual({ kind: "wrong" });
		},
	);

	it("of a shape that we never give out is none, though its hash stands in the file", () => {
		const weak: Entry = { name: "weak", role: "admin", hash: hashOf("1234") };
		expect(new SignIn([weak]).exchange("1234", "peer")).toEqual({ kind: "wrong" });
	});
});

describe("whoever gives wrong tokens", () => {
	it("waits after five in a minute, whatever comes then; others do not", () => {
		const { signIn, open, later } = stand(mira);
		for (let tries = 0; tries < 5; tries += 1) expect(signIn.exchange("wrong", "bad")).toEqual({ kind: "wrong" });
		for (let tries = 0; tries < 1_000; tries += 1) expect(signIn.exchange("wrong", "bad")).toEqual({ kind: "wait" });
		expect(signIn.exchange(mira.token, "bad")).toEqual({ kind: "wait" });
		expect(open(mira.token, "good").user.name).toBe("mira");
		later(60_001);
		expect(open(mira.token, "bad").user.name).toBe("mira");
	});

	it("from very many addresses fills no memory", () => {
		const { signIn } = stand(mira);
		for (let at = 0; at < 30_000; at += 1) signIn.exchange("wrong", `peer-${at}`);
		for (let tries = 0; tries < 5; tries += 1) signIn.exchange("wrong", "peer-29999");
		expect(signIn.exchange("wrong", "peer-29999")).toEqual({ kind: "wait" });
	});
});

describe("a session", () => {
	it("ends after twelve hours without use, and lasts while it is used", () => {
		const { signIn, open, later } = stand(mira);
		const { id, ended } = open(mira.token);
		for (let day = 0; day < 5; day += 1) {
			later(11 * HOUR);
			expect(signIn.sessions.use(id)).not.toBeNull();
		}
		later(12 * HOUR);
		expect(signIn.sessions.use(id)).toBeNull();
		signIn.sessions.sweep([mira.entry]);
		expect(ended.aborted).toBe(true);
		expect(signIn.sessions.size).toBe(0);
	});

	it("ends after a week however much it is used", () => {
		const { signIn, open, later } = stand(mira);
		const { id } = open(mira.token);
		for (let at = 0; at < 16; at += 1) {
			later(10 * HOUR);
			expect(signIn.sessions.use(id)).not.toBeNull();
		}
		later(10 * HOUR);
		expect(signIn.sessions.use(id)).toBeNull();
	});

	it("ends by signing out, and what hangs on it is told", () => {
		const { signIn, open } = stand(mira);
		const [here, there] = [open(mira.token), open(mira.token)];
		signIn.sessions.end(here.id);
		expect(here.ended.aborted).toBe(true);
		expect(signIn.sessions.use(here.id)).toBeNull();
		expect(there.ended.aborted).toBe(false);
	});

	it("ends when its person is taken out of the file, or gets another role or token; others stay", () => {
		const { signIn, open } = stand(mira, ada);
		const hers = open(ada.token);
		for (const changed of [
			[],
			[{ ...mira.entry, role: "viewer" as const }],
			[{ ...mira.entry, hash: hashOf(newToken()) }],
		]) {
			signIn.replace([mira.entry, ada.entry]);
			const session = open(mira.token);
			signIn.replace([...changed, ada.entry]);
			expect(session.ended.aborted).toBe(true);
			expect(signIn.sessions.use(session.id)).toBeNull();
		}
		expect(hers.ended.aborted).toBe(false);
	});

	it("makes room for newer ones in the order of use", () => {
		const { signIn, open } = stand(mira);
		const [first, second] = [open(mira.token), open(mira.token)];
		for (let at = 0; at < 1_999; at += 1) {
			expect(signIn.sessions.use(first.id)).not.toBeNull();
			open(mira.token);
		}
		expect(signIn.sessions.size).toBe(2_000);
		expect(second.ended.aborted).toBe(true);
		expect(signIn.sessions.use(first.id)).not.toBeNull();
	});
});

it("follows its file: a change counts without a restart, and a file that cannot be used changes nothing", async () => {
	const folder = mkdtempSync(join(tmpdir(), "waymark-access-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const file = join(folder, "access.json");
	const write = (...people: readonly { readonly token: string; readonly entry: Entry }[]) => {
		const users = people.map(({ token, entry: { name, role } }) => ({ name, role, token: storedHash(token) }));
		writeFileSync(file, JSON.stringify({ users }), { mode: 0o600 });
	};
	write(mira);
	const { signIn, open } = stand(mira);
	let tell: (message: string) => void = () => undefined;
	const told = new Promise<string>((resolve) => {
		tell = resolve;
	});
	onTestFinished(signIn.follow(file, tell));
	const session = open(mira.token);
	chmodSync(file, 0o644);
	expect(await told).toContain("others may read");
	expect(session.ended.aborted).toBe(false);
	const ended = new Promise((resolve) => session.ended.addEventListener("abort", resolve));
	chmodSync(file, 0o600);
	write(ada);
	await ended;
	expect(open(ada.token).user.role).toBe("admin");
}, 20_000);
