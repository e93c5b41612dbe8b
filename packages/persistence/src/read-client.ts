import type { PrismaClient } from "./generated/sqlite/client.ts";

/**
 * What the read models use of Prisma. The clients of two providers are not assignable to each other, but have the same
 * models and results: another provider's client is cast to this once, where it is made.
 */
export type ReadClient = Pick<PrismaClient, "definition" | "$disconnect">;

/**
 * Prisma's client of one store, made when something is first read by it: to load it is a third of the time that a process
 * takes to start, and a worker never needs it.
 */
export class LazyReadClient {
	#made: Promise<ReadClient> | null = null;

	constructor(readonly make: () => Promise<ReadClient>) {}

	get(): Promise<ReadClient> {
		this.#made ??= this.make();
		return this.#made;
	}

	async close(): Promise<void> {
		if (this.#made !== null) await (await this.#made).$disconnect();
	}
}
