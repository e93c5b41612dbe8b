"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { visibleText } from "../../components/visible-text.ts";

const LINE = 18;
/** Longer lines are broken, so that one endless line costs no more than many short ones. */
const LONGEST = 2_000;

interface RawTextProps {
	readonly text: string;
	readonly wrap: boolean;
	readonly label: string;
}

/** Text as it is, with invisible characters written out. */
export function RawText({ text, wrap, label }: RawTextProps) {
	const lines = useMemo(() => toLines(text), [text]);
	const scroller = useRef<HTMLDivElement>(null);
	const rows = useVirtualizer({
		count: lines.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => LINE,
		overscan: 20,
	});
	return (
		<section
			ref={scroller}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
			tabIndex={0}
			aria-label={`${label}, raw`}
			className="payload-body overflow-auto p-2"
		>
			<div className="relative" style={{ height: rows.getTotalSize() }}>
				{rows.getVirtualItems().map((item) => (
					<div
						key={item.key}
						data-index={item.index}
						ref={rows.measureElement}
						className={`absolute top-0 left-0 min-h-[18px] w-full font-mono text-xs leading-[18px] ${wrap ? "whitespace-pre-wrap break-words [overflow-wrap:anywhere]" : "whitespace-pre"}`}
						style={{ transform: `translateY(${item.start}px)` }}
					>
						{lines[item.index]}
					</div>
				))}
			</div>
		</section>
	);
}

function toLines(text: string): readonly string[] {
	return text.split("\n").flatMap((line) => {
		const shown = visibleText(line);
		if (shown.length <= LONGEST) return [shown];
		return Array.from({ length: Math.ceil(shown.length / LONGEST) }, (_, at) =>
			shown.slice(at * LONGEST, (at + 1) * LONGEST),
		);
	});
}
