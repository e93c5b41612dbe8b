/** Browsers send cookies to every port of a host: the port in the name keeps two dashboards apart. */
export function cookieName(port: number): string {
	return `waymark-session-${port}`;
}

/** The value of that cookie in a Cookie header; null: it is not there, or is there twice. */
export function readCookie(header: string | null, name: string): string | null {
	const found = (header ?? "")
		.split(";")
		.map((pair) => pair.trim())
		.filter((pair) => pair.startsWith(`${name}=`))
		.map((pair) => pair.slice(name.length + 1));
	return found.length === 1 ? (found[0] ?? null) : null;
}

/** For as long as the browser is open; the server decides how long it is worth something. */
export function setCookie(name: string, value: string, secure: boolean): string {
	return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
}

export function clearCookie(name: string, secure: boolean): string {
	return `${setCookie(name, "", secure)}; Max-Age=0`;
}
