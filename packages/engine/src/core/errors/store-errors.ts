import { hasCode, WaymarkError } from "./waymark-error.ts";

export class BackendClosedError extends WaymarkError {
	readonly code = "BackendClosed";
	constructor(readonly backend: string) {
		super(`The backend ${backend} is closed. Open a new one.`);
	}
	static override is(error: unknown): error is BackendClosedError {
		return hasCode(error, "BackendClosed");
	}
}

/** The database file or server cannot be used as it is. */
export class StoreUnusableError extends WaymarkError {
	readonly code = "StoreUnusable";
	constructor(
		readonly store: string,
		readonly because: string,
		options?: { readonly cause?: unknown },
	) {
		super(`${store} cannot be used: ${because}`, options);
	}
	static override is(error: unknown): error is StoreUnusableError {
		return hasCode(error, "StoreUnusable");
	}
}
