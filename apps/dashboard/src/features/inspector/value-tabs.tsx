import type { NodeView } from "@waymark/engine/graph";
import { useState } from "react";
import { inputRef, recorded } from "../../graph/input-ref.ts";
import { isKnown } from "../../graph/interesting.ts";
import type { InstanceState } from "../../server/wire.ts";
import { PayloadDiff, PayloadViewer } from "../payload/index.ts";

interface ValueTabProps {
	readonly state: InstanceState;
	readonly view: NodeView;
}

export function InputTab({ state, view }: ValueTabProps) {
	const isReached = view.state !== "pending" && view.state !== "skipped";
	const ref = isReached ? inputRef(recorded(state.definition.graph, state.snapshot), view.path) : null;
	if (ref === null)
		return (
			<Nothing text={isReached ? "Its input is not recorded yet." : "It was not reached, so it was given nothing."} />
		);
	const { instanceId, runId } = state.snapshot.instance;
	return <PayloadViewer title="Input" instanceId={instanceId} runId={runId} valueRef={ref} />;
}

export function OutputTab({ state, view }: ValueTabProps) {
	const [compares, setCompares] = useState(false);
	const ref =
		view.kind === "fork" ? null : (recorded(state.definition.graph, state.snapshot).outputs.get(view.path) ?? null);
	if (ref === null) return <Nothing text={noOutput(view)} />;
	const { instanceId, runId } = state.snapshot.instance;
	const input = inputRef(recorded(state.definition.graph, state.snapshot), view.path);
	return (
		<>
			{input === null ? null : <CompareSwitch isOn={compares} onChange={setCompares} />}
			{compares && input !== null ? (
				<PayloadDiff before={{ instanceId, runId, valueRef: input }} after={{ instanceId, runId, valueRef: ref }} />
			) : (
				<PayloadViewer title="Output" instanceId={instanceId} runId={runId} valueRef={ref} />
			)}
		</>
	);
}

interface CompareSwitchProps {
	readonly isOn: boolean;
	onChange(on: boolean): void;
}

function CompareSwitch({ isOn, onChange }: CompareSwitchProps) {
	return (
		<label className="mb-2 inline-flex min-h-6 items-center gap-2 text-sm">
			<input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
			Only what differs from the input
		</label>
	);
}

const NOT_YET = "There is no output until it has ended.";

function noOutput(view: NodeView): string {
	if (view.kind === "fork") return "A fork hands its input to every branch; the output is that of its join.";
	if (!isKnown(view.state)) return NOT_YET;
	switch (view.state) {
		case "failed":
			return "It failed, so there is no output. The errors are under Attempts.";
		case "cancelled":
			return "It was cancelled: its result is not used.";
		case "skipped":
			return "It was skipped, so there is no output.";
		case "pending":
		case "ready":
		case "running":
		case "retrying":
		case "waiting":
		case "awaiting_signal":
		case "completed":
			return NOT_YET;
	}
}

function Nothing({ text }: { readonly text: string }) {
	return <p className="text-sm text-ink-muted">{text}</p>;
}
