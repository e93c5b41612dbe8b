"use client";

import { useEffect } from "react";
import { chooseIteration, iterationChoice, onIterationChoice } from "../../graph/iteration-choice.ts";
import { iterationsInUrl } from "../../graph/place-in-run.ts";

/** Keeps the chosen iterations and the page's address the same, so that a link shows what its sender saw. */
export function useIterationUrl(
	runId: string,
	iter: readonly string[] | null,
	onIter: (iter: string[] | null) => void,
): void {
	const text = iter?.join(",") ?? "";
	useEffect(() => {
		const wanted = new Map(text.split(",").flatMap(readChoice));
		const chosen = iterationChoice(runId);
		for (const loop of chosen.keys()) if (!wanted.has(loop)) chooseIteration(runId, loop, null);
		for (const [loop, at] of wanted) if (chosen.get(loop) !== at) chooseIteration(runId, loop, at);
	}, [runId, text]);
	useEffect(
		() =>
			onIterationChoice(() => {
				const now = iterationsInUrl(iterationChoice(runId));
				if (now.join(",") !== text) onIter(now.length === 0 ? null : [...now]);
			}),
		[runId, text, onIter],
	);
}

function readChoice(text: string): readonly (readonly [string, number])[] {
	const [, loop, at] = /^(.+):(\d{1,6})$/.exec(text) ?? [];
	return loop === undefined ? [] : [[loop, Number(at)]];
}
