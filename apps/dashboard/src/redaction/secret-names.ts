/** Whether what stands under that key, or is said to have that name, is hidden. */
export type IsSecret = (name: string) => boolean;

/** What keys end with whose values are hidden, letters and digits alone. */
export const SECRET_NAMES: readonly string[] = [
	"password",
	"passwd",
	"passphrase",
	"pwd",
	"secret",
	"token",
	"jwt",
	"bearer",
	"authorization",
	"cookie",
	"credential",
	"apikey",
	"accesskey",
	"secretkey",
	"privatekey",
	"signingkey",
	"encryptionkey",
];

/** Places in lists, which many interfaces call tokens. */
const NO_SECRETS = /(page|next|continuation)token$/;
/** `passwordHash`, `tokenValue`, `private_key_pem`, `apiKey2`: still the secret itself. */
const STILL_THE_SECRET = /(hash|value|raw|plain|plaintext|base64|pem|encoded|encrypted|confirm|confirmation|header)$/;
const MOST_REMEMBERED = 5_000;

/**
 * `dbPassword`, `DB_PASSWORD` and `db-passwords` end with `password`; `passwordExpiresAt` and `tokenCount` do not, and
 * say nothing that must be hidden.
 */
export function secretTest(names: readonly string[]): IsSecret {
	const ends = names.map(squashed);
	const known = new Map<string, boolean>();
	const decide = (name: string): boolean => {
		let whole = squashed(name).replace(/\p{N}+$/u, "");
		for (let shorter = ""; ; whole = shorter) {
			if (ends.some((end) => whole.endsWith(end) || whole.endsWith(`${end}s`))) return !NO_SECRETS.test(whole);
			shorter = whole.replace(STILL_THE_SECRET, "");
			if (shorter === whole) return false;
		}
	};
	return (name) => {
		const before = known.get(name);
		if (before !== undefined) return before;
		const decided = decide(name);
		// Names come out of payloads: there is no end to them.
		if (known.size >= MOST_REMEMBERED) known.clear();
		known.set(name, decided);
		return decided;
	};
}

/** In another case, with other separators, in full width: the same name. */
export function squashed(name: string): string {
	return name
		.normalize("NFKC")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, "");
}

/** `tokens: 12` counts, `token: 123456` may be the token. */
export function isPlural(name: string): boolean {
	return squashed(name).endsWith("s");
}
