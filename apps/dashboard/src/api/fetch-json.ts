import type { ApiErrorBody, ApiErrorCode } from "../server/wire.ts";
import { reportAnswered, reportSignedOut } from "./signed-out.ts";

/** A refusal of our own server, or no answer at all (`code` "Offline"). The message is fit to be shown. */
export class RequestError extends Error {
	constructor(
		readonly code: ApiErrorCode | "Offline",
		message: string,
		/** 0: there was no answer. */
		readonly status: number,
		readonly body: ApiErrorBody | null,
		readonly method: string,
		readonly path: string,
	) {
		super(message);
		this.name = "RequestError";
	}

	/** Under which the server's log has it; null: the log says nothing of it. */
	get reference(): string | null {
		return this.body?.error.reference ?? null;
	}
}

/** Whether the server does not, or no longer, know who asks: asking again changes nothing. */
export function isSignedOut(error: unknown): boolean {
	return error instanceof RequestError && error.status === 401;
}

export function instancePath(instanceId: string, rest = ""): string {
	return `/api/instances/${encodeURIComponent(instanceId)}${rest}`;
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
	return request<T>(path, { headers: { accept: "application/json" }, cache: "no-store", ...(signal && { signal }) });
}

/** The marker header says that one of our own pages asks; strangers cannot send it. */
export async function postJson<T>(path: string, body: object): Promise<T> {
	return request<T>(path, {
		method: "POST",
		headers: { "content-type": "application/json", "x-waymark-request": "1" },
		body: JSON.stringify(body),
	});
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
	const method = init.method ?? "GET";
	const response = await fetch(path, init).catch((error: unknown) => {
		if (error instanceof DOMException && error.name === "AbortError") throw error;
		throw new RequestError(
			"Offline",
			"The dashboard's server does not answer. Check that it runs.",
			0,
			null,
			method,
			path,
		);
	});
	const body: unknown = await response.json().catch(() => null);
	if (response.ok) {
		reportAnswered();
		return body as T;
	}
	const refusal = isErrorBody(body) ? body : null;
	if (response.status === 401 && refusal?.error.code !== "WrongToken") reportSignedOut();
	throw new RequestError(
		refusal?.error.code ?? "Internal",
		refusal?.error.message ?? `The server answered ${response.status}. Try again.`,
		response.status,
		refusal,
		method,
		path,
	);
}

function isErrorBody(body: unknown): body is ApiErrorBody {
	if (typeof body !== "object" || body === null || !("error" in body)) return false;
	const { error } = body;
	return typeof error === "object" && error !== null && "code" in error && "message" in error;
}
