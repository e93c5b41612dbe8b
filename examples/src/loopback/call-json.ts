import { NonRetryableError, type TaskContext } from "@waymark/engine";

/** A service answered with something other than success. */
export class ServiceError extends Error {
	override readonly name = "ServiceError";
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/**
 * One HTTP call of a task. It carries the task's idempotency key, so that a second attempt acts once, and stops when
 * the task is told to. An answer of 4xx will not get better by trying again; 5xx may.
 */
export async function callJson<T>(context: TaskContext, method: string, url: string, body?: unknown): Promise<T> {
	const response = await fetch(url, {
		method,
		headers: { "content-type": "application/json", "idempotency-key": context.idempotencyKey },
		body: body === undefined ? null : JSON.stringify(body),
		signal: context.signal,
	});
	const answer = (await response.json()) as T & { readonly message?: string };
	if (response.ok) return answer;
	const message = `${method} ${new URL(url).pathname} answered ${response.status}: ${answer.message ?? "no message"}`;
	if (response.status < 500)
		throw new NonRetryableError(message, { cause: new ServiceError(response.status, message) });
	throw new ServiceError(response.status, message);
}
