import type { PrismaClient } from "./generated/sqlite/client.ts";

/**
 * What the read models use of Prisma. The clients of two providers are not assignable to each other, but have the same
 * models and results: another provider's client is cast to this once, where it is made.
 */
export type ReadClient = Pick<PrismaClient, "definition">;
