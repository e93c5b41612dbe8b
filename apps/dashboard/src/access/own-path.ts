const NOWHERE = "http://nowhere.invalid";

/** Where to go after the sign-in: a page of ours, whatever the address says. */
export function ownPath(next: string | null | undefined): string {
	// A backslash is a slash to browsers, and two of those begin another host.
	if (next == null || !next.startsWith("/") || next.startsWith("//") || /[\\\p{Cc}]/u.test(next)) return "/";
	const url = URL.canParse(next, NOWHERE) ? new URL(next, NOWHERE) : null;
	if (url === null || url.origin !== NOWHERE || url.pathname.startsWith("//")) return "/";
	const isPage = url.pathname !== "/login" && !url.pathname.startsWith("/api/") && !url.pathname.startsWith("/_next/");
	return isPage ? url.pathname + url.search + url.hash : "/";
}

/** The sign-in, which leads back to that page. */
export function loginPath(here: string): string {
	return here === "/" ? "/login" : `/login?next=${encodeURIComponent(here)}`;
}
