/** What becomes of a request where there is a sign-in. */
export type Passage =
	| { readonly kind: "open" }
	/** Programs and streams are told so. */
	| { readonly kind: "signed-out" }
	/** People are brought to where they can sign in, and back. */
	| { readonly kind: "login"; readonly location: string }
	| { readonly kind: "token-in-address" };

const OPEN = new Set(["/login", "/healthz", "/icon.svg", "/favicon.ico", "/api/session", "/api/session/end"]);
/** As the build names its files: nothing that leads elsewhere. */
const STATIC = /^\/_next\/static\/(?:[\w~-][\w.~-]*\/)*[\w~-][\w.~-]*$/;
const LONGEST_RETURN = 2_000;

interface Visit {
	readonly url: string;
	/** The App Router fetches the data of a page: it would take the sign-in page for an answer. */
	readonly isRouterFetch: boolean;
	readonly isSignedIn: boolean;
}

/** Decides by the path as it was sent, undecoded: what is not exactly one of the open ones needs a session. */
export function passageOf({ url, isRouterFetch, isSignedIn }: Visit): Passage {
	const [path = "", query = ""] = splitOnce(url, "?");
	// It lies in logs and histories from there on.
	if (new URLSearchParams(query).has("token")) return { kind: "token-in-address" };
	if (isSignedIn || OPEN.has(path) || STATIC.test(path)) return { kind: "open" };
	if (path.startsWith("/api/") || path.startsWith("/_next/") || isRouterFetch) return { kind: "signed-out" };
	return { kind: "login", location: loginPath(url) };
}

function loginPath(url: string): string {
	return url === "/" || url.length > LONGEST_RETURN ? "/login" : `/login?next=${encodeURIComponent(url)}`;
}

function splitOnce(text: string, at: string): readonly string[] {
	const found = text.indexOf(at);
	return found < 0 ? [text] : [text.slice(0, found), text.slice(found + 1)];
}
