import type { Renewed, Sql } from "./sql.ts";

/** The time by which a lease is renewed: SQL of one value, and what it binds. */
export interface Moment {
	readonly text: string;
	readonly value: number | null;
}

/** Renews the worker's lease unless it has expired, in one statement; reads when it did only if it has. */
export async function renewLease(
	sql: Sql,
	{ text, value }: Moment,
	workerId: string,
	leaseMs: number,
): Promise<Renewed> {
	const renewed = await sql.get<{ expires_at: number }>(
		`UPDATE worker SET heartbeat_at = m.now, expires_at = m.now + ? FROM (SELECT ${text} AS now) m
		WHERE worker_id = ? AND expires_at >= m.now RETURNING expires_at`,
		leaseMs,
		value,
		workerId,
	);
	if (renewed !== undefined) return { alive: true, expiresAt: renewed.expires_at };
	const row = await sql.get<{ expires_at: number }>("SELECT expires_at FROM worker WHERE worker_id = ?", workerId);
	return { alive: false, expiresAt: row?.expires_at ?? 0 };
}
