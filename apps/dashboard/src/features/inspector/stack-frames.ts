/** A stretch of a stack trace: lines of one's own code, or of what called it. */
export interface StackPart {
	readonly kind: "own" | "framework";
	readonly lines: readonly string[];
}

const FRAME = /^\s*at\s/;
/** Node itself, installed packages, and the engine, wherever it lies. */
const FRAMEWORK = /\bnode:|[\\/]node_modules[\\/]|[\\/]packages[\\/](?:engine|persistence)[\\/]|<anonymous>\)?$/;

/** The trace without its heading (the message stands above already), in stretches, so that the uninteresting can be folded. */
export function stackParts(stack: string): readonly StackPart[] {
	const parts: { kind: StackPart["kind"]; lines: string[] }[] = [];
	for (const line of framesOf(stack)) {
		const kind = FRAME.test(line) && FRAMEWORK.test(line) ? "framework" : "own";
		const last = parts.at(-1);
		if (last?.kind === kind) last.lines.push(line);
		else parts.push({ kind, lines: [line] });
	}
	// Nothing but framework is no reason to show nothing.
	return parts.some(({ kind }) => kind === "own") ? parts : parts.map((part) => ({ ...part, kind: "own" as const }));
}

function framesOf(stack: string): readonly string[] {
	const lines = stack.split("\n").filter((line) => line.trim() !== "");
	const first = lines.findIndex((line) => FRAME.test(line));
	return first < 0 ? lines : lines.slice(first);
}
