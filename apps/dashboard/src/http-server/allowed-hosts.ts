const NAMES = ["localhost", "127.0.0.1", "[::1]"];

/** The exact Host values that this server answers to. A page of another name that resolves to us (DNS rebinding) has none of them. */
export function allowedHosts(port: number): ReadonlySet<string> {
	const hosts = NAMES.map((name) => `${name}:${port}`);
	return new Set(port === 80 ? [...hosts, ...NAMES] : hosts);
}
