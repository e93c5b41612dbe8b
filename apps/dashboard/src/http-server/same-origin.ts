/** Header values of one request; null where the header is absent. */
export interface OriginHeaders {
	/** The origin of our own pages under the Host that was asked (see allowed-hosts.ts). */
	readonly own: string;
	readonly origin: string | null;
	readonly secFetchSite: string | null;
	/** `x-waymark-request`: a page of another origin cannot send it without a preflight, which is never answered. */
	readonly marker: string | null;
}

export const REQUEST_MARKER = "x-waymark-request";

/**
 * Whether a POST was made by one of our own pages, or by a program that says it means it. Browsers always say where a
 * request comes from (`Sec-Fetch-Site`); where that is absent the Origin must be ours. Other ports of localhost are
 * "same-site" and are refused like any stranger.
 */
export function isSameOrigin(headers: OriginHeaders): boolean {
	if (headers.marker !== "1") return false;
	const ours = headers.origin === null || headers.origin === headers.own;
	if (headers.secFetchSite !== null) return headers.secFetchSite === "same-origin" && ours;
	return headers.origin !== null && ours;
}
