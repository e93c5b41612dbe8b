const NAMES = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The exact Host values that this server answers to, each with the origin of its pages. A page of another name that
 * resolves to us (DNS rebinding) has none of them. Public names are those of a proxy that speaks TLS: only https pages
 * are theirs, so nobody signs in by such a name in the clear.
 */
export function allowedHosts(port: number, publicNames: readonly string[] = []): ReadonlyMap<string, string> {
	const hosts = NAMES.map((name) => `${name}:${port}`);
	const local = port === 80 ? [...hosts, ...NAMES] : hosts;
	return new Map([
		...local.map((host) => [host, `http://${host}`] as const),
		...publicNames.map((host) => [host, `https://${host}`] as const),
	]);
}
