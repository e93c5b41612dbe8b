import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Program } from "./program.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const FROZEN_TIME = new URL("./frozen-time.mjs", import.meta.url).href;
const SEEN_LATER_MS = 3 * 60_000;

/** Scenarios of the gallery in a store of their own, the worker that stays with them, and the built dashboard. */
export class GalleryStand {
	readonly url: string;
	readonly #folder: string;
	readonly #programs: readonly Program[];

	private constructor(url: string, folder: string, programs: readonly Program[]) {
		this.url = url;
		this.#folder = folder;
		this.#programs = programs;
	}

	/** `frozen`: it is then, for ever, and everything that is shown was so three minutes before. */
	static async open(scenarios: readonly string[], frozen: number | null = null): Promise<GalleryStand> {
		const folder = mkdtempSync(join(tmpdir(), "waymark-gallery-"));
		const env = { WAYMARK_DB: `file:${join(folder, "gallery.db")}`, PORT: "0", WAYMARK_HOST: "127.0.0.1" };
		const programs: Program[] = [];
		try {
			const seeded = await Program.start({
				args: ["e2e/gallery/gallery.process.mjs", ...scenarios],
				cwd: ROOT,
				env: { ...env, ...(frozen !== null && { WAYMARK_GALLERY_AT: String(frozen - SEEN_LATER_MS) }) },
				ready: /^gallery ready/,
			});
			programs.push(seeded.program);
			const served = await Program.start({
				args: [...(frozen === null ? [] : ["--import", FROZEN_TIME]), "dist/main.js"],
				cwd: join(ROOT, "apps/dashboard"),
				env: { ...env, ...(frozen !== null && { WAYMARK_FROZEN_AT: String(frozen) }) },
				ready: /^Waymark dashboard: (http\S+)/,
			});
			programs.push(served.program);
			return new GalleryStand(served.said, folder, programs);
		} catch (error) {
			for (const program of programs) await program.stop();
			throw error;
		}
	}

	async sendSignal(instanceId: string, name: string, payload: unknown): Promise<void> {
		const answer = await fetch(`${this.url}/api/instances/${instanceId}/signal`, {
			method: "POST",
			headers: { "content-type": "application/json", "x-waymark-request": "1", origin: this.url },
			body: JSON.stringify({ name, payload }),
		});
		if (!answer.ok) throw new Error(`the signal was answered with ${answer.status}`);
	}

	async close(): Promise<void> {
		for (const program of [...this.#programs].reverse()) await program.stop();
		rmSync(this.#folder, { recursive: true, force: true });
	}
}
