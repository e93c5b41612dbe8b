import { getBackend } from "./backend.ts";
import { cursorIn, limitIn, text } from "./query-params.ts";
import type { WaitList } from "./wire.ts";

/** `GET /api/signals?signal=&cursor=&limit=`: everything that waits for a signal. */
export async function loadWaits(params: URLSearchParams): Promise<WaitList> {
	const backend = await getBackend();
	const [page, names] = await Promise.all([
		backend.listWaits({ signal: text(params, "signal"), cursor: cursorIn(params), limit: limitIn(params) }),
		backend.countWaits(),
	]);
	return { ...page, names };
}
