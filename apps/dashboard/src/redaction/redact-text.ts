import { HIDDEN_MARK } from "./mark.ts";
import type { IsSecret } from "./secret-names.ts";

/**
 * Hides what looks like a secret in running text: messages and stacks of errors, and strings in payloads. It looks for
 * what is written as one, `scheme://user:secret@host`, `name=secret`, `name: "secret"`, `Authorization: …`, private keys;
 * text that merely tells a secret it cannot know. Takes time in proportion to the text, whatever the text is.
 */
export function redactText(text: string, isSecret: IsSecret, mark: string = HIDDEN_MARK): string {
	let shown = text;
	if (shown.includes("-----BEGIN")) shown = shown.replace(PRIVATE_KEY, mark);
	if (shown.includes("://")) shown = withoutPasswords(shown, mark);
	if (shown.includes(":")) shown = withoutNamed(shown, isSecret, mark);
	if (shown.includes("=")) shown = withoutAssigned(shown, isSecret, mark);
	return CREDENTIALS_HINT.test(shown) ? shown.replace(CREDENTIALS, `$1 ${mark}`) : shown;
}

/** Also one whose end was cut off. */
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g;
const CREDENTIALS_HINT = /bearer|basic/i;
const CREDENTIALS = /\b(Bearer|Basic)[ \t]{1,4}[A-Za-z0-9._~+/=-]{12,}/gi;

const STOP = /[\s"'<>`\\]/g;
const USER = /[^\s/?#:@"'<>`\\]{0,256}:/y;
/** `https://host:8080/icons@2x.png` names a port. */
const PORT = /^\d{1,5}[/?#]/;

/** `postgres://user:password@host` without the password, which may hold any of `/?#@` where nobody has encoded it. */
function withoutPasswords(text: string, mark: string): string {
	let shown = "";
	let from = 0;
	let runEnd = 0;
	let end = -1;
	for (let at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at)) {
		if (at >= runEnd) {
			runEnd = indexOf(STOP, text, at);
			end = text.slice(at, runEnd).lastIndexOf("@") + at;
		}
		const begin = behindUser(text, at + 3);
		at += 3;
		if (end < at) {
			// No @ in this run: none of what is in it is an address with a password.
			at = Math.max(at, runEnd);
			continue;
		}
		if (begin < 0 || end <= begin || PORT.test(text.slice(begin, begin + 6))) continue;
		shown += text.slice(from, begin) + mark;
		from = end;
		at = runEnd;
	}
	return shown + text.slice(from);
}

/** -1: no name and colon. */
function behindUser(text: string, at: number): number {
	USER.lastIndex = at;
	return USER.test(text) ? USER.lastIndex : -1;
}

function indexOf(pattern: RegExp, text: string, from: number): number {
	pattern.lastIndex = from;
	return pattern.exec(text)?.index ?? text.length;
}

/** `password=…` of a query string or of a connection string. */
const ASSIGNED = /(?<![\w.-])([\w.-]{1,64})=(?![=>])("(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$)|[^\s&;,"'<>)\]}\\]+)/g;

function withoutAssigned(text: string, isSecret: IsSecret, mark: string): string {
	return text.replace(ASSIGNED, (whole: string, name: string) => (isSecret(name) ? `${name}=${mark}` : whole));
}

/** JSON, escaped JSON, and objects as Node prints them: a name, a colon, and a value in quotes. */
const QUOTED = /(?<![\w.-])(\\{0,7}["']?)([\w.-]{1,64})\1[ \t]{0,4}:[ \t]{0,4}(\\{1,7}["']|["'`])/g;
/** Only headers, and to the end of the line: in prose a colon follows many a word. */
const HEADER =
	/\b((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,40})[ \t]{0,4}:[ \t]{0,4}(?!["'\\])[^\r\n]{1,8192}/gi;

function withoutNamed(text: string, isSecret: IsSecret, mark: string): string {
	let shown = "";
	let from = 0;
	QUOTED.lastIndex = 0;
	for (let found = QUOTED.exec(text); found !== null; found = QUOTED.exec(text)) {
		const [whole, , name = "", quote = ""] = found;
		if (!isSecret(name)) {
			// What follows the colon may itself be a name.
			QUOTED.lastIndex = found.index + whole.length - quote.length;
			continue;
		}
		const begin = found.index + whole.length;
		const end = closing(text, begin, quote);
		if (end === begin) continue;
		shown += text.slice(from, begin) + mark;
		from = end;
		QUOTED.lastIndex = end;
	}
	shown += text.slice(from);
	return shown.replace(HEADER, (whole: string, name: string) => (isSecret(name) ? `${name}: ${mark}` : whole));
}

/** Where the quote that was opened ends; what was cut off within it ends with the text. */
function closing(text: string, begin: number, quote: string): number {
	for (let at = text.indexOf(quote, begin); at >= 0; at = text.indexOf(quote, at + 1)) {
		let slashes = 0;
		while (at - 1 - slashes >= begin && text[at - 1 - slashes] === "\\") slashes += 1;
		if (quote.length > 1 ? slashes === 0 : slashes % 2 === 0) return at;
	}
	return text.length;
}
