import { onShutdown } from "../../http-server/shutdown.ts";
import { ApiError } from "../api-error.ts";
import type { Actor } from "../authorise.ts";
import { getBackend } from "../backend.ts";
import { withoutSecrets } from "../hiding.ts";
import { findInstance, loadInstanceState } from "../instance-state.ts";
import { shownTo } from "../shown-to.ts";
import { InstanceFeed } from "./instance-feed.ts";
import { sinceVersion, sseEvent } from "./sse.ts";
import { enterLive } from "./stream-limit.ts";

const PING_MS = 15_000;
/** Events that may wait for a slow reader before it is dropped; it comes back and catches up. */
const MAX_WAITING = 32;

/** `GET /api/instances/{id}/stream`: everything that changes, until the instance ends or the reader leaves. */
export async function instanceStream(request: Request, instanceId: string, actor: Actor): Promise<Response> {
	const backend = await getBackend();
	const { runId, version } = await findInstance(backend, instanceId);
	const place = enterLive(backend, actor.session);
	if (typeof place === "string") {
		const whose = place === "full" ? "Too many pages" : "Too many pages of yours";
		throw new ApiError("TooManyStreams", `${whose} are live at once. Close some; this one polls meanwhile.`);
	}
	try {
		await place.clock.learn(async () => (await backend.getSnapshot(runId, version))?.now);
	} catch (error) {
		place.leave();
		throw error;
	}
	const since = sinceVersion(request);
	const encoder = new TextEncoder();
	let leave: () => void = () => place.leave();

	const body = new ReadableStream<Uint8Array>(
		{
			start(controller) {
				let tooSlow = false;
				const send = (text: string): boolean => {
					tooSlow = (controller.desiredSize ?? 0) <= -MAX_WAITING;
					if (!tooSlow) controller.enqueue(encoder.encode(text));
					return !tooSlow;
				};
				const ping = () => sseEvent("ping", { now: place.clock.now() });
				controller.enqueue(encoder.encode(`retry: 1000\n\n${ping()}`));
				const close = () => {
					clearInterval(pings);
					forget();
					actor.ended?.removeEventListener("abort", signOut);
					request.signal.removeEventListener("abort", stop);
					place.leave();
					try {
						// Closing would wait until a reader who does not read has read everything.
						if (tooSlow) controller.error(new Error("the reader is too slow"));
						else controller.close();
					} catch {
						// The reader has cancelled already: there is nothing left to close.
					}
				};
				const loadState = () => loadInstanceState(instanceId);
				const shown = <T>(data: T): T => withoutSecrets(shownTo(actor, data));
				const feed = new InstanceFeed({
					backend,
					hub: place.hub,
					instanceId,
					runId,
					since,
					loadState,
					shown,
					send,
					close,
				});
				const stop = () => feed.stop();
				const signOut = () => {
					send(sseEvent("signedout", {}));
					stop();
				};
				const pings = setInterval(() => {
					if (!send(ping())) stop();
				}, PING_MS);
				pings.unref();
				const forget = onShutdown(stop);
				leave = stop;
				request.signal.addEventListener("abort", stop, { once: true });
				if (request.signal.aborted) stop();
				// The session ends by a sign-out, by time, or because who opened it is not let in any more: sign-in.ts looks every
				// 2 s, and is heard of here at once. So a stream never asks by itself whether it still may go on.
				actor.ended?.addEventListener("abort", signOut, { once: true });
				if (actor.ended?.aborted === true) signOut();
			},
			cancel: () => leave(),
		},
		{ highWaterMark: 8 },
	);
	return new Response(body, {
		headers: {
			"content-type": "text/event-stream; charset=utf-8",
			"cache-control": "no-store, no-transform",
			"x-accel-buffering": "no",
		},
	});
}
