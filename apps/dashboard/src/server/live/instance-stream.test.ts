import { CheckpointingRunner, InMemoryBackend } from "@waymark/engine";
import type { Hint } from "@waymark/engine/backend";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { holdGate } from "../../http-server/gate.ts";
import { announceShutdown } from "../../http-server/shutdown.ts";
import { holdStore } from "../../http-server/store.ts";
import type { ApiError } from "../api-error.ts";
import type { Actor } from "../authorise.ts";
import { approval } from "../testing/orders.ts";
import { instanceStream } from "./instance-stream.ts";
import { liveCounts } from "./stream-limit.ts";

const NOTHING = { streams: 0, runs: 0 };

/** A backend that counts who listens to it. */
class Counted extends InMemoryBackend {
	listeners = 0;

	override onHint(listener: (hint: Hint) => void): () => void {
		this.listeners += 1;
		const end = super.onHint(listener);
		return () => {
			this.listeners -= 1;
			end();
		};
	}
}

const ACTOR: Actor = { by: "mira", access: { readOnly: false, user: null }, ended: null, session: null };

const open = (abort = new AbortController(), actor = ACTOR) =>
	instanceStream(
		new Request("http://127.0.0.1/api/instances/a-1/stream?since=1", { signal: abort.signal }),
		"a-1",
		actor,
	);

describe("the stream of an instance", () => {
	let backend: Counted;
	beforeEach(async () => {
		backend = new Counted();
		await new CheckpointingRunner(backend).run(approval, "a-1", null);
		holdStore(backend);
		holdGate({ readOnly: false, signIn: null, origins: new Map(), cookie: "c", hides: [] });
	});
	afterEach(() => announceShutdown());

	it("says at once what time it is by the database's clock", async () => {
		const reader = (await open()).body?.getReader();
		const text = new TextDecoder().decode((await reader?.read())?.value);
		const now = Number(/^event: ping\ndata: \{"now":(\d+)/m.exec(text)?.[1]);
		expect(Math.abs(now - Date.now())).toBeLessThan(1_000);
		await reader?.cancel();
	});

	it("refuses the seventh of one session, and nobody else's", async () => {
		const mira: Actor = { ...ACTOR, session: "mira" };
		const streams = await Promise.all(Array.from({ length: 6 }, () => open(undefined, mira)));
		await expect(open(undefined, mira)).rejects.toMatchObject({
			code: "TooManyStreams",
			message: expect.stringContaining("of yours"),
		});
		await (await open(undefined, { ...ACTOR, session: "olga" })).body?.cancel();
		await streams[3]?.body?.cancel();
		streams[3] = await open(undefined, mira);
		await expect(open(undefined, mira)).rejects.toMatchObject({ status: 503 });
		for (const stream of streams) await stream.body?.cancel();
		expect(liveCounts(backend)).toEqual(NOTHING);
	});

	it("refuses the 201st with the way out, and has room again once one has left", async () => {
		const streams = await Promise.all(Array.from({ length: 200 }, () => open()));
		await expect(open()).rejects.toMatchObject({ code: "TooManyStreams", status: 503 } satisfies Partial<ApiError>);
		expect(liveCounts(backend)).toEqual({ streams: 200, runs: 1 });
		expect(backend.listeners).toBe(1);
		await streams[0]?.body?.cancel();
		streams[0] = await open();
		for (const stream of streams) await stream.body?.cancel();
		expect(liveCounts(backend)).toEqual(NOTHING);
	});

	it("leaves nothing behind after 10,000 were opened and closed, by the reader or by the connection", async () => {
		for (let at = 0; at < 10_000; at += 1) {
			const abort = new AbortController();
			const stream = await open(abort);
			if (at % 2 === 0) await stream.body?.cancel();
			else abort.abort();
		}
		expect(liveCounts(backend)).toEqual(NOTHING);
		expect(backend.listeners).toBe(0);
		const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout");
		expect(timers.length).toBeLessThan(20);
	}, 60_000);

	it("drops a reader that never reads, without waiting for it", async () => {
		vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
		try {
			const stream = await open();
			await vi.advanceTimersByTimeAsync(45 * 15_000);
			expect(liveCounts(backend)).toEqual(NOTHING);
			await expect(stream.body?.getReader().read()).rejects.toThrow("too slow");
		} finally {
			vi.useRealTimers();
		}
	});

	it("ends when who opened it is signed out, says so, and leaves nothing behind", async () => {
		const session = new AbortController();
		const actor = { ...ACTOR, ended: session.signal };
		const bodies = await Promise.all([open(undefined, actor), open(undefined, actor), open()]);
		session.abort();
		for (const { body } of bodies.slice(0, 2)) expect(await new Response(body).text()).toContain("event: signedout");
		expect(liveCounts(backend)).toEqual({ streams: 1, runs: 1 });
		const late = await open(undefined, actor);
		expect(await late.text()).toContain("event: signedout");
		await bodies[2]?.body?.cancel();
		expect(liveCounts(backend)).toEqual(NOTHING);
	});

	it("closes every stream when the server stops", async () => {
		const reader = (await open()).body?.getReader();
		await announceShutdown();
		let part = await reader?.read();
		while (part?.done === false) part = await reader?.read();
		expect(part?.done).toBe(true);
	});
});
