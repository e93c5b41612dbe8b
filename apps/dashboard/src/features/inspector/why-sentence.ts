import type { InstanceRecord } from "@waymark/engine/backend";
import type { NodeView } from "@waymark/engine/graph";
import { isKnown, showsInside, WORKER_SILENT } from "../../graph/interesting.ts";
import { lackWords, remedyWords, type Service, takeoverWords, UNKNOWN_SERVICE } from "../workers/service-words.ts";

/** Why a node is in the state it is in, in one sentence. No times: those tick beside it. */
export function whySentence(view: NodeView, instance: InstanceRecord, service: Service = UNKNOWN_SERVICE): string {
	if (view.state === WORKER_SILENT) return silentReason(view, instance, service);
	if (!isKnown(view.state)) return "A newer engine has put it into a state that this dashboard does not know.";
	if (showsInside(view)) return containerReason(view);
	return leafReason(view, instance, service);
}

function silentReason(view: NodeView, instance: InstanceRecord, service: Service): string {
	if (showsInside(view)) return "The worker that had taken what is inside it fell silent.";
	return `Its worker fell silent during attempt ${view.attempt}, and its lease has ended: whether it still runs nobody knows. ${takeoverWords(instance, service)}`;
}

/** Forks, loops and children look like what happens inside them. */
function containerReason({ state }: NodeView): string {
	switch (state) {
		case "pending":
			return "What comes before it has not ended yet.";
		case "ready":
		case "running":
			return "Something inside it is under way.";
		case "retrying":
			return "A task inside it will be tried again.";
		case "waiting":
			return "It waits for a delay inside it.";
		case "awaiting_signal":
			return "It waits for a signal inside it.";
		case "completed":
			return "Everything inside it has ended.";
		case "failed":
			return "Something inside it failed.";
		case "cancelled":
			return "It was cancelled before everything inside it had ended.";
		case "skipped":
			return "The plan went another way: its case was not chosen.";
	}
}

function leafReason(view: NodeView, instance: InstanceRecord, service: Service): string {
	const { attempt, maxAttempts } = view;
	const of = maxAttempts === null ? "" : ` of ${Math.max(maxAttempts, attempt)}`;
	switch (view.state) {
		case "pending":
			return pendingReason(view, instance);
		case "ready":
			return readyReason(instance, service);
		case "running":
			return `Attempt ${attempt}${of} runs now.`;
		case "retrying":
			return instance.status === "paused"
				? `Attempt ${attempt - 1} did not succeed; attempt ${attempt}${of} follows once the instance is unpaused.`
				: `Attempt ${attempt - 1} did not succeed, so attempt ${attempt}${of} will follow.${warning(instance, service)}`;
		case "waiting":
			return instance.status === "paused"
				? "The delay goes on while the instance is paused; what comes next waits for the unpause."
				: `It lets time pass and then hands its input on.${warning(instance, service)}`;
		case "awaiting_signal":
			return view.signal === null ? "A signal is awaited inside it." : `It waits for the signal "${view.signal}".`;
		case "completed":
			return completedReason(view);
		case "failed":
			return view.error === null
				? "Something inside it failed."
				: `It failed for good at attempt ${Math.max(1, attempt)}${of}.`;
		case "cancelled":
			return instance.status === "failed"
				? "Another branch failed, so it was told to stop. A retry of the instance opens it again."
				: "The instance was cancelled before it ended.";
		case "skipped":
			return "The plan went another way: its case was not chosen.";
	}
}

function pendingReason(view: NodeView, instance: InstanceRecord): string {
	if (view.kind === "join" && view.branches !== null) {
		return `It runs once all branches have ended: ${view.branches.ended} of ${view.branches.total} have.`;
	}
	switch (instance.status) {
		case "failed":
			return "The instance failed before it was reached.";
		case "cancelled":
			return "The instance was cancelled before it was reached.";
		case "pending":
		case "in_progress":
		case "waiting":
		case "awaiting_signal":
		case "paused":
		case "completed":
			return "What comes before it has not ended yet.";
	}
}

/** What will keep it from going on when its time has come. */
function warning(instance: InstanceRecord, { lack, alive }: Service): string {
	if (alive === 0) return " But no worker is alive: start one.";
	return lack === null ? "" : ` But: ${lackWords(lack, instance.definitionHash)}. ${remedyWords(lack)}`;
}

function readyReason(instance: InstanceRecord, { lack, alive }: Service): string {
	if (instance.status === "paused") return "It can run, and does so once the instance is unpaused.";
	if (instance.control === "pausing") return "It can run, but the instance is being paused.";
	if (alive === 0) return "It can run, but no worker is alive. Start one.";
	if (lack !== null) return `It can run, but: ${lackWords(lack, instance.definitionHash)}. ${remedyWords(lack)}`;
	return "It can run and waits for a worker with a free slot.";
}

function completedReason(view: NodeView): string {
	if (view.kind === "route" && view.chosen !== null) return `It chose the case "${view.chosen}".`;
	if (view.attempt > 1) return `It succeeded at attempt ${view.attempt}.`;
	return "It ended and its result is recorded.";
}
