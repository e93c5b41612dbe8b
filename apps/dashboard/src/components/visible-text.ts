/** Control, bidirectional, zero-width and other format characters: they change what a reader sees without being seen. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
const EMOJI_JOINER = "\u200d";

/** Text from outside with every invisible character written out (`\u202e`), so that it cannot pose as another text. */
export function visibleText(text: string): string {
	return text.replace(INVISIBLE, (char, at: number) => (joinsEmoji(text, char, at) ? char : escapeOf(char)));
}

/** The same for texts of several lines: line breaks and tabs stay. */
export function visibleLines(text: string): string {
	return text.replace(INVISIBLE, (char, at: number) =>
		char === "\n" || char === "\t" || joinsEmoji(text, char, at) ? char : char === "\r" ? "" : escapeOf(char),
	);
}

function joinsEmoji(text: string, char: string, at: number): boolean {
	return char === EMOJI_JOINER && /\p{Extended_Pictographic}\ufe0f?$/u.test(text.slice(Math.max(0, at - 3), at));
}

function escapeOf(char: string): string {
	const code = char.codePointAt(0) ?? 0;
	return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
