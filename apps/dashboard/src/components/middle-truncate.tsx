import { visibleText } from "./visible-text.ts";

/** `charge_card_…_retry`: both ends tell more than the beginning alone. Counts characters, not code units. */
export function middleTruncate(text: string, max: number): string {
	const chars = [...text];
	if (chars.length <= max) return text;
	const head = Math.ceil((max - 1) / 2);
	const tail = max - 1 - head;
	return `${chars.slice(0, head).join("")}…${tail > 0 ? chars.slice(-tail).join("") : ""}`;
}

interface MiddleTruncateProps {
	readonly text: string;
	readonly max: number;
	readonly className?: string;
}

/** Shows at most `max` characters; the whole text is there for hover and for assistive technology. */
export function MiddleTruncate({ text, max, className = "" }: MiddleTruncateProps) {
	const shown = visibleText(text);
	const short = middleTruncate(shown, max);
	if (short === shown) return <span className={className}>{shown}</span>;
	return (
		<span className={className} title={shown}>
			<span aria-hidden>{short}</span>
			<span className="sr-only">{shown}</span>
		</span>
	);
}
