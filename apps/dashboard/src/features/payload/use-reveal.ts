"use client";

import { useState } from "react";
import { instancePath, postJson } from "../../api/fetch-json.ts";
import type { RevealBody, ValueResponse } from "../../server/wire.ts";
import type { ValueAddress } from "./use-value.ts";

export interface Reveal {
	/** Null: it is not shown in clear. */
	readonly clear: ValueResponse | null;
	readonly isAsking: boolean;
	/** Why it was refused. */
	readonly problem: string | null;
	ask(): void;
	hide(): void;
}

type Answer =
	| { readonly kind: "asking" }
	| { readonly kind: "clear"; readonly value: ValueResponse }
	| { readonly kind: "problem"; readonly text: string };

/** The value in clear, for as long as the panel shows it: it is kept nowhere else, and asked for anew every time. */
export function useReveal({ instanceId, runId, valueRef }: ValueAddress): Reveal {
	const of = JSON.stringify([instanceId, runId, valueRef]);
	const [known, setKnown] = useState<{ readonly of: string; readonly answer: Answer } | null>(null);
	const answer = known?.of === of ? known.answer : null;
	const set = (next: Answer) => setKnown({ of, answer: next });
	const ask = async () => {
		set({ kind: "asking" });
		const body: RevealBody = { ref: valueRef, expectedRunId: runId };
		try {
			set({ kind: "clear", value: await postJson<ValueResponse>(instancePath(instanceId, "/reveal"), body) });
		} catch (error) {
			set({ kind: "problem", text: error instanceof Error ? error.message : "It could not be shown." });
		}
	};
	return {
		clear: answer?.kind === "clear" ? answer.value : null,
		isAsking: answer?.kind === "asking",
		problem: answer?.kind === "problem" ? answer.text : null,
		ask: () => void ask(),
		hide: () => setKnown(null),
	};
}
