"use client";

import { useEffect, useRef } from "react";
import { formatCountdown, formatElapsed } from "./format.ts";
import { onTick, serverNow } from "./ticker.ts";

/**
 * A text that follows the clock. It is written into the element once a second and never renders for it. What is told
 * around it is told once: a screen reader would otherwise speak a banner anew with every second of its timer.
 */
export function LiveText({ text, className }: { readonly text: (now: number) => string; readonly className?: string }) {
	const element = useRef<HTMLSpanElement>(null);
	const current = useRef(text);
	current.current = text;
	useEffect(
		() =>
			onTick((now) => {
				const next = current.current(now);
				if (element.current !== null && element.current.textContent !== next) element.current.textContent = next;
			}),
		[],
	);
	return (
		<span ref={element} aria-live="off" className={className} suppressHydrationWarning>
			{text(serverNow())}
		</span>
	);
}

/** Time since `from` (ms since the epoch), growing. */
export function Elapsed({ from, className }: { readonly from: number; readonly className?: string }) {
	return <LiveText className={className ?? ""} text={(now) => formatElapsed(now - from)} />;
}

/** Time until `to` (ms since the epoch), shrinking. */
export function Countdown({ to, className }: { readonly to: number; readonly className?: string }) {
	return <LiveText className={className ?? ""} text={(now) => formatCountdown(to - now)} />;
}

interface UntilProps {
	/** Ms since the epoch. */
	readonly at: number;
	readonly what: string;
	/** What is said in place of both once the time has come, and what follows has not. */
	readonly due: string;
}

/** "Next attempt in 0:17", and "Next attempt is due" rather than "in now". */
export function Until({ at, what, due }: UntilProps) {
	return (
		<>
			<LiveText text={(now) => (now < at ? `${what} ` : due)} />
			<LiveText
				className="font-medium font-mono text-base text-ink tabular-nums"
				text={(now) => (now < at ? formatCountdown(at - now) : "")}
			/>
		</>
	);
}
