"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

interface ScrollBoxProps {
	/** What is in it, for who cannot see that it scrolls. */
	readonly label: string;
	readonly className: string;
	readonly as?: "p" | "pre";
	readonly children: ReactNode;
}

/** A place that may be too small for its text. While it is, it can be reached and scrolled by keyboard. */
export function ScrollBox({ label, className, as: Box = "p", children }: ScrollBoxProps) {
	const box = useRef<HTMLParagraphElement & HTMLPreElement>(null);
	const [scrolls, setScrolls] = useState(false);
	useEffect(() => {
		const element = box.current;
		if (element === null) return;
		const measure = () =>
			setScrolls(element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth);
		const observer = new ResizeObserver(measure);
		observer.observe(element);
		// What is in it grows and shrinks where the box itself has its full height already.
		for (const child of element.children) observer.observe(child);
		return () => observer.disconnect();
	});
	return (
		<Box ref={box} className={className} {...(scrolls ? { tabIndex: 0, role: "region", "aria-label": label } : {})}>
			{children}
		</Box>
	);
}
