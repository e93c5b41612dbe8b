import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PostgresHost } from "@waymark/persistence/testing";
import type { DatabaseKind } from "./database-kind.ts";

/** Makes empty databases, with the durability that is promised by default, and leaves nothing behind. */
export class Databases {
	readonly #folders: string[] = [];
	#postgres: PostgresHost | null = null;

	/** The address of a database with nothing in it. */
	async fresh(kind: DatabaseKind): Promise<string> {
		switch (kind) {
			case "sqlite": {
				const folder = mkdtempSync(path.join(tmpdir(), "waymark-bench-"));
				this.#folders.push(folder);
				return `file:${path.join(folder, "bench.db")}`;
			}
			case "postgresql": {
				this.#postgres ??= await PostgresHost.start("durable");
				return this.#postgres.createEmptyDatabase();
			}
		}
	}

	/** A measurement that is interrupted leaves no server behind. */
	removeOnSignals(): void {
		for (const signal of ["SIGINT", "SIGTERM"] as const) {
			process.once(signal, () => void this.remove().finally(() => process.exit(1)));
		}
	}

	async remove(): Promise<void> {
		await this.#postgres?.remove();
		for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
	}
}
