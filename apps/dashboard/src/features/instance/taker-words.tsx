import { visibleText } from "../../components/visible-text.ts";
import type { AwaitedSignal } from "../../server/wire.ts";

interface TakerWordsProps {
	readonly name: string;
	/** Null: not known yet. */
	readonly awaited: readonly AwaitedSignal[] | null;
}

/** Who takes a signal, said before it is sent: of several that wait for its name the engine chooses, not who sends. */
export function TakerWords({ name, awaited }: TakerWordsProps) {
	if (awaited === null) return "Of those that wait for that name the one takes it that waits longest.";
	const taker = awaited.find(({ signal }) => signal === name);
	if (taker === undefined) {
		if (name !== "")
			return `Nothing waits for "${visibleText(name)}" now. It is stored, and the next wait of that name takes it.`;
		return "A signal is stored until a wait of its name takes it.";
	}
	return (
		<>
			Will be taken by <span className="wrap-anywhere font-mono text-ink">{visibleText(taker.takenBy)}</span>
			{taker.others === 0 ? "." : ` (waits longest). ${othersWords(taker.others)} for this name.`}
		</>
	);
}

function othersWords(others: number): string {
	return others === 1 ? "1 more waits" : `${others} more wait`;
}
