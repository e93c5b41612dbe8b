import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import { startDashboard } from "./dashboard-stand.ts";
import type { EngineStand } from "./engine-stand.ts";
import type { Program } from "./program.ts";

const MAKE_ACCESS = fileURLToPath(new URL("../../apps/dashboard/dist/make-access.js", import.meta.url));

/** Vera views, Rolf reads, Olga operates, Ada administers. */
const PEOPLE = { vera: "viewer", rolf: "reader", olga: "operator", ada: "admin" } as const;

export type Person = keyof typeof PEOPLE;

interface Users {
	readonly users: readonly { readonly name: string }[];
}

/** A dashboard with a sign-in, on the database of an engine's stand. */
export class GuardedStand {
	private constructor(
		readonly url: string,
		readonly dashboard: Program,
		readonly file: string,
		readonly tokens: Readonly<Record<Person, string>>,
	) {}

	static async open(engine: EngineStand): Promise<GuardedStand> {
		const file = join(mkdtempSync(join(tmpdir(), "waymark-access-")), "access.json");
		const tokens = Object.fromEntries(
			Object.entries(PEOPLE).map(([name, role]) => [name, makeToken(file, name, role)]),
		) as Record<Person, string>;
		const { program, url } = await startDashboard(engine, { WAYMARK_ACCESS: file });
		return new GuardedStand(url, program, file, tokens);
	}

	/** Takes somebody out of the file, as an admin does with an editor. */
	takeOut(person: Person): void {
		const { users } = JSON.parse(readFileSync(this.file, "utf8")) as Users;
		writeFileSync(this.file, JSON.stringify({ users: users.filter(({ name }) => name !== person) }));
	}

	/** The Cookie header of a new session. */
	async cookieOf(person: Person): Promise<string> {
		const answer = await this.exchange(this.tokens[person]);
		const [cookie] = (answer.headers.get("set-cookie") ?? "").split(";");
		if (answer.status !== 200 || cookie === undefined) throw new Error(`the sign-in was answered ${answer.status}`);
		return cookie;
	}

	exchange(token: unknown): Promise<Response> {
		return this.post("/api/session", { token });
	}

	get(path: string, cookie = ""): Promise<Response> {
		return fetch(`${this.url}${path}`, { headers: { cookie }, redirect: "manual" });
	}

	/** A POST as the dashboard's own pages make it. */
	post(path: string, body: unknown, cookie = "", more: Readonly<Record<string, string>> = {}): Promise<Response> {
		return fetch(`${this.url}${path}`, {
			method: "POST",
			headers: { "content-type": "application/json", "x-waymark-request": "1", origin: this.url, cookie, ...more },
			body: JSON.stringify(body),
		});
	}

	async signIn(page: Page, person: Person): Promise<void> {
		await page.goto("/login");
		await page.getByLabel("Token", { exact: true }).fill(this.tokens[person]);
		// A page is drawn before it listens.
		await expect(async () => {
			if (page.url().endsWith("/login")) await page.getByRole("button", { name: "Sign in" }).click({ timeout: 2_000 });
			await expect(page.getByText(`Signed in as ${person}`)).toBeVisible({ timeout: 4_000 });
		}).toPass();
	}

	async signOut(page: Page): Promise<void> {
		// A page is drawn before it listens.
		await expect(async () => {
			if (!page.url().endsWith("/login")) {
				await page.getByRole("button", { name: "Sign out" }).click({ timeout: 2_000 });
			}
			await expect(page).toHaveURL(/\/login$/, { timeout: 2_000 });
		}).toPass();
	}

	async close(): Promise<void> {
		await this.dashboard.stop();
		rmSync(join(this.file, ".."), { recursive: true });
	}
}

/** By the command that people make tokens with. */
function makeToken(file: string, name: string, role: string): string {
	const said = execFileSync(process.execPath, [MAKE_ACCESS, file, name, role], { encoding: "utf8" });
	return said.trim().split("\n").at(-1) ?? "";
}
