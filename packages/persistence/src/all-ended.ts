type Results<Work extends readonly unknown[]> = { -readonly [K in keyof Work]: Awaited<Work[K]> };

/**
 * Like `Promise.all`, but fails only when all have ended: what would go on after a failure would write after the rollback
 * of its transaction. Fails with what failed first: on a server the others then fail because of that.
 */
export async function allEnded<const Work extends readonly unknown[]>(work: Work): Promise<Results<Work>> {
	try {
		return await Promise.all(work);
	} catch (error) {
		await Promise.allSettled(work);
		throw error;
	}
}
