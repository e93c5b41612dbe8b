import type { ControlRequestRecord } from "@waymark/engine/backend";
import { instanceStatus } from "../../components/status-table.ts";

/** What a request found, or left behind: also a request that is on its way. */
export function statusWord(status: ControlRequestRecord["after"]): string {
	if (status === "pausing") return "Pausing";
	return status === "cancelling" ? "Cancelling" : instanceStatus(status).word;
}
