import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

export interface DemoSettings {
	/** Address of the database. */
	readonly database: string;
	/** Reports and the shop's books go here. */
	readonly folder: string;
	readonly salesFile: string;
	/** Ms between two starts; 0: nothing is started, the worker only works. */
	readonly every: number;
	/** Shortest and longest time a service or a chunk of a file takes, in ms. */
	readonly pace: readonly [number, number];
}

const SALES = fileURLToPath(new URL("../../data/sales.csv", import.meta.url));

/** From the environment: WAYMARK_DB, WAYMARK_DEMO_FOLDER, WAYMARK_DEMO_EVERY (ms), WAYMARK_DEMO_PACE (such as 500-2000, in ms). */
export function settingsFrom(env: NodeJS.ProcessEnv): DemoSettings {
	const [, least = "500", most = "2500"] = /^(\d+)-(\d+)$/.exec(env.WAYMARK_DEMO_PACE ?? "") ?? [];
	return {
		database: env.WAYMARK_DB ?? "file:.waymark/demo.db",
		folder: resolve(env.WAYMARK_DEMO_FOLDER ?? ".waymark"),
		salesFile: SALES,
		every: Number(env.WAYMARK_DEMO_EVERY ?? 4_000),
		pace: [Number(least), Number(most)],
	};
}
