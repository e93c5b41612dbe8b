"use client";

import { type RefObject, useEffect, useState } from "react";

/** Width of an element in px, as it changes; 0 before it is drawn. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
	const [width, setWidth] = useState(0);
	useEffect(() => {
		const target = element.current;
		if (target === null) return undefined;
		const observer = new ResizeObserver(([entry]) => {
			if (entry !== undefined) setWidth(Math.round(entry.contentRect.width));
		});
		observer.observe(target);
		return () => observer.disconnect();
	}, [element]);
	return width;
}
