import { fileURLToPath } from "node:url";
import { EngineStand, type Storage } from "./engine-stand.ts";
import { Program } from "./program.ts";

const DASHBOARD = fileURLToPath(new URL("../../apps/dashboard", import.meta.url));

/** The built dashboard server over that engine's database, on a free port. */
export async function startDashboard(
	engine: EngineStand,
	env: Readonly<Record<string, string>> = {},
): Promise<{ readonly program: Program; readonly url: string }> {
	const { program, said } = await Program.start({
		args: ["dist/main.js"],
		cwd: DASHBOARD,
		env: { WAYMARK_DB: engine.database, PORT: "0", WAYMARK_HOST: "127.0.0.1", ...env },
		ready: /^Waymark dashboard: (http\S+)/,
	});
	return { program, url: said };
}

/** The engine's stand, and the built dashboard server in front of the same database on a free port. */
export class DashboardStand {
	private constructor(
		readonly engine: EngineStand,
		readonly url: string,
		readonly dashboard: Program,
	) {}

	static async open(storage: Storage): Promise<DashboardStand> {
		const engine = await EngineStand.open(storage);
		try {
			await engine.startWorker();
			const { program, url } = await startDashboard(engine);
			return new DashboardStand(engine, url, program);
		} catch (error) {
			// Without a stand nobody would close it.
			await engine.close();
			throw error;
		}
	}

	/** A POST as the dashboard's own pages make it. */
	post(path: string, body: unknown): Promise<Response> {
		return this.postText(path, JSON.stringify(body));
	}

	postText(path: string, body: string): Promise<Response> {
		return fetch(`${this.url}${path}`, {
			method: "POST",
			headers: { "content-type": "application/json", "x-waymark-request": "1", origin: this.url },
			body,
		});
	}

	async close(): Promise<void> {
		await this.dashboard.stop();
		await this.engine.close();
	}
}
