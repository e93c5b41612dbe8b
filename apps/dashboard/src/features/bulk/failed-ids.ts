"use client";

const PREFIX = "waymark.bulk.failed.";

/** For the list: what a bulk action could not do stays selected there. */
export function rememberFailed(jobId: string, ids: readonly string[]): void {
	try {
		sessionStorage.setItem(PREFIX + jobId, JSON.stringify(ids));
	} catch {
		// Storage is closed to us: the list comes up with nothing selected.
	}
}

export function failedOf(jobId: string | null): readonly string[] {
	if (jobId === null || typeof sessionStorage === "undefined") return [];
	try {
		const found: unknown = JSON.parse(sessionStorage.getItem(PREFIX + jobId) ?? "[]");
		return Array.isArray(found) ? found.filter((id) => typeof id === "string") : [];
	} catch {
		return [];
	}
}
