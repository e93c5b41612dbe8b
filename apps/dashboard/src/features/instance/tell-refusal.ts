import { RequestError } from "../../api/fetch-json.ts";
import { toast, toastError } from "../../components/toast.tsx";
import { formatClock } from "../../time/format.ts";
import { serverNow } from "../../time/ticker.ts";

/** Says why a request was not carried out. `what` as in "Pausing did not work". What no server refused is thrown on. */
export function tellRefusal(what: string, error: unknown, retry: () => void): void {
	if (!(error instanceof RequestError)) throw error;
	const instance = error.body?.error.instance;
	if (error.code === "InstanceFinished" && instance !== undefined) {
		const at = instance.endedAt === null ? "" : ` at ${formatClock(instance.endedAt, serverNow())}`;
		toast({ title: `Already ${instance.status}${at}` });
		return;
	}
	toastError({
		title: `${what} did not work`,
		text: error.message,
		...(error.status >= 500 || error.status === 0 ? { retry } : {}),
	});
}
