import { instanceHref } from "../../components/instance-link.tsx";
import { toast } from "../../components/toast.tsx";
import { visibleText } from "../../components/visible-text.ts";

/** What became of a signal, by the engine's answer: the wait that takes it, or null while it is stored for the next one. */
export function signalWords(name: string, takenBy: string | null): string {
	return takenBy === null
		? `"${visibleText(name)}" is stored`
		: `"${visibleText(name)}" taken by ${visibleText(takenBy)}`;
}

/** Tells who took a signal, and leads there. */
export function tellSignal(instanceId: string, name: string, takenBy: string | null): void {
	const isStored = takenBy === null;
	toast({
		title: signalWords(name, takenBy),
		text: isStored
			? `Nothing waits for it now. The next wait of that name in ${visibleText(instanceId)} takes it.`
			: `In ${visibleText(instanceId)}`,
		href: isStored ? `${instanceHref(instanceId, null)}?view=history` : instanceHref(instanceId, takenBy),
	});
}
