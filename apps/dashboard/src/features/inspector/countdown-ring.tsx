"use client";

import { useEffect, useRef } from "react";
import { onTick } from "../../time/ticker.ts";
import { ringShare } from "./ring-share.ts";

const SIZE = 36;
const STROKE = 3;
const RADIUS = (SIZE - STROKE) / 2;
const AROUND = 2 * Math.PI * RADIUS;

interface CountdownRingProps {
	/** Ms since the epoch. */
	readonly from: number;
	readonly to: number;
	readonly colour: string;
}

/** How much of a wait is left. A picture of the number beside it; follows the page's one ticker. */
export function CountdownRing({ from, to, colour }: CountdownRingProps) {
	const arc = useRef<SVGCircleElement>(null);
	useEffect(
		() =>
			onTick((now) => {
				arc.current?.setAttribute("stroke-dashoffset", String(AROUND * (1 - ringShare(from, to, now))));
			}),
		[from, to],
	);
	return (
		<svg aria-hidden width={SIZE} height={SIZE} className="shrink-0 -rotate-90">
			<circle cx={SIZE / 2} cy={SIZE / 2} r={RADIUS} fill="none" strokeWidth={STROKE} className="stroke-(--line)" />
			<circle
				ref={arc}
				cx={SIZE / 2}
				cy={SIZE / 2}
				r={RADIUS}
				fill="none"
				stroke={colour}
				strokeWidth={STROKE}
				strokeLinecap="round"
				strokeDasharray={AROUND}
				strokeDashoffset={0}
			/>
		</svg>
	);
}
