import { CheckpointingRunner, InMemoryBackend, WorkflowClient } from "@waymark/engine";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { approval } from "../testing/orders.ts";
import { InstanceFeed } from "./instance-feed.ts";
import { LiveHub } from "./live-hub.ts";
import { sinceVersion } from "./sse.ts";

interface Event {
	readonly name: string;
	readonly id: number | null;
	readonly data: {
		readonly version?: number;
		readonly base?: number;
		readonly snapshot?: { instance: { version: number; status: string } };
	};
}

function parse(text: string): Event {
	const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(text)?.[1];
	const id = field("id");
	return {
		name: field("event") ?? "",
		id: id === undefined ? null : Number(id),
		data: JSON.parse(field("data") ?? "null"),
	};
}

async function parked() {
	const backend = new InMemoryBackend();
	await new CheckpointingRunner(backend).run(approval, "a-1", null);
	const instance = await backend.getInstance("a-1");
	if (instance === null) throw new Error("a-1 was not started");
	return { backend, client: new WorkflowClient(backend), instance };
}

describe("the feed of one instance", () => {
	beforeEach(() => {
		vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	async function follow(since: number | null | "now", takes: () => boolean = () => true, hears = true) {
		const { backend, client, instance } = await parked();
		if (!hears) vi.spyOn(backend, "onHint").mockReturnValue(() => undefined);
		const events: Event[] = [];
		const close = vi.fn();
		const hub = new LiveHub(backend);
		const feed = new InstanceFeed({
			backend,
			hub,
			instanceId: "a-1",
			runId: instance.runId,
			since: since === "now" ? instance.version : since,
			shown: (data) => data,
			loadState: async () => {
				const snapshot = await backend.getSnapshot(instance.runId, 0);
				const definition = await backend.getDefinition(instance.definitionHash);
				if (snapshot === null || definition === null) throw new Error("not stored");
				return { now: snapshot.now, snapshot, definition };
			},
			send: (text) => {
				events.push(parse(text));
				return takes();
			},
			close,
		});
		await vi.advanceTimersByTimeAsync(10);
		return { backend, client, instance, events, close, feed };
	}

	it("says nothing while nothing changes", async () => {
		const { events, feed } = await follow("now");
		await vi.advanceTimersByTimeAsync(10_000);
		expect(events).toEqual([]);
		feed.stop();
	});

	it("sends the whole state to a page that knows nothing", async () => {
		const { events, instance, feed } = await follow(null);
		expect(events).toMatchObject([{ name: "snapshot", id: instance.version }]);
		feed.stop();
	});

	it("sends the whole state to a page that claims to know the future", async () => {
		const { events, feed } = await follow(9_999);
		expect(events.map((event) => event.name)).toEqual(["snapshot"]);
		feed.stop();
	});

	it("sends one delta for changes that come together, from the version that the page has", async () => {
		const { client, events, instance, feed } = await follow("now");
		await client.pause("a-1");
		await client.unpause("a-1");
		await vi.advanceTimersByTimeAsync(150);
		expect(events).toHaveLength(1);
		expect(events[0]).toMatchObject({ name: "delta", data: { base: instance.version } });
		expect(events[0]?.id).toBeGreaterThan(instance.version);
		feed.stop();
	});

	it("sends the last change and then the end, and closes", async () => {
		const { client, events, close } = await follow("now");
		await client.cancel("a-1", { reason: "enough" });
		await vi.advanceTimersByTimeAsync(150);
		expect(events.map((event) => event.name)).toEqual(["delta", "end"]);
		expect(events[0]?.data.snapshot?.instance.status).toBe("cancelled");
		expect(close).toHaveBeenCalledOnce();
	});

	it("finds a change by polling when the hint was lost", async () => {
		const { client, events, feed } = await follow("now", () => true, false);
		await client.pause("a-1");
		await vi.advanceTimersByTimeAsync(1_000);
		expect(events).toEqual([]);
		await vi.advanceTimersByTimeAsync(1_300);
		expect(events.map((event) => event.name)).toEqual(["delta"]);
		feed.stop();
	});

	it("says that it is gone when another run has taken the id", async () => {
		const { client, backend, events, close } = await follow("now");
		await client.cancel("a-1");
		await new WorkflowClient(backend, { workflows: [approval] }).start(approval, "a-1", null, {
			onConflict: "terminateExisting",
		});
		await vi.advanceTimersByTimeAsync(150);
		expect(events.at(-1)?.name).toBe("gone");
		expect(close).toHaveBeenCalledOnce();
	});

	it("drops a reader that does not read, and leaves no timer behind", async () => {
		const { client, close } = await follow("now", () => false);
		await client.pause("a-1");
		await vi.advanceTimersByTimeAsync(150);
		expect(close).toHaveBeenCalledOnce();
		expect(vi.getTimerCount()).toBe(0);
	});
});

it("goes on from what the browser remembers rather than from the address", () => {
	const request = (since: string, last?: string) =>
		new Request(
			`http://127.0.0.1/api/instances/a/stream?since=${since}`,
			last === undefined ? {} : { headers: { "last-event-id": last } },
		);
	expect(sinceVersion(request("4"))).toBe(4);
	expect(sinceVersion(request("4", "9"))).toBe(9);
	expect(sinceVersion(request("4", "nonsense"))).toBe(4);
	expect(sinceVersion(request("-1"))).toBeNull();
	expect(sinceVersion(request("1e9"))).toBeNull();
	expect(sinceVersion(request(""))).toBeNull();
});
