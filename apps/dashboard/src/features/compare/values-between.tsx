import type { InstanceState } from "../../server/wire.ts";
import { PayloadDiff, type ValueAddress } from "../payload/index.ts";
import type { Side } from "./side-mark.tsx";

interface ValuesBetweenProps {
	readonly what: "input" | "output";
	readonly a: InstanceState;
	readonly b: InstanceState;
}

/** How what both were given, or gave back, differs. */
export function ValuesBetween({ what, a, b }: ValuesBetweenProps) {
	const [before, after] = [valueIn(what, a), valueIn(what, b)];
	return (
		<div className="p-4">
			{before === null || after === null ? (
				<p className="text-ink-muted text-sm">{missingWords(before === null, after === null)}</p>
			) : (
				<PayloadDiff
					before={before}
					after={after}
					between={{ same: `The ${what} is the same in both`, way: "from A to B" }}
				/>
			)}
		</div>
	);
}

function valueIn(what: "input" | "output", { snapshot: { instance } }: InstanceState): ValueAddress | null {
	const valueRef = what === "input" ? "~input" : instance.output;
	return valueRef === null ? null : { instanceId: instance.instanceId, runId: instance.runId, valueRef };
}

function missingWords(isA: boolean, isB: boolean): string {
	if (isA && isB) return "Neither has an output.";
	const side: Side = isA ? "A" : "B";
	return `${side} has no output, so there is nothing to compare.`;
}
