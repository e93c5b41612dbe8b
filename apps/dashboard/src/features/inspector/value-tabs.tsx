import type { NodeView } from "@waymark/engine/graph";
import { inputRef, recorded } from "../../graph/input-ref.ts";
import type { InstanceState } from "../../server/wire.ts";
import { PayloadViewer } from "../payload/index.ts";

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
	const ref =
		view.kind === "fork" ? null : (recorded(state.definition.graph, state.snapshot).outputs.get(view.path) ?? null);
	if (ref === null) return <Nothing text={noOutput(view)} />;
	const { instanceId, runId } = state.snapshot.instance;
	return <PayloadViewer title="Output" instanceId={instanceId} runId={runId} valueRef={ref} />;
}

function noOutput(view: NodeView): string {
	if (view.kind === "fork") return "A fork hands its input to every branch; the output is that of its join.";
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
			return "There is no output until it has ended.";
	}
}

function Nothing({ text }: { readonly text: string }) {
	return <p className="text-sm text-ink-muted">{text}</p>;
}
