import { Timestamp } from "../../components/timestamp.tsx";
import type { RequestEffect } from "../../server/wire.ts";

const OVERTAKEN: Readonly<Record<Extract<RequestEffect, { by: string }>["by"], string>> = {
	completed: "No: it completed first",
	failed: "No: it failed first",
	cancelled: "No: it was cancelled first",
	unpause: "No: taken back before",
};

/** Whether what was accepted has happened, and when: an answer alone promises it only. Beside the words "took effect". */
export function EffectWords({ effect }: { readonly effect: RequestEffect }) {
	switch (effect.kind) {
		case "none":
			return "–";
		case "at_once":
			return "At once";
		case "later":
			return effect.at === null ? (
				"Yes, later"
			) : (
				<>
					At <Timestamp at={effect.at} />
				</>
			);
		case "not_yet":
			return <span className="text-amber-ink">Not yet</span>;
		case "overtaken":
			return OVERTAKEN[effect.by];
	}
}
