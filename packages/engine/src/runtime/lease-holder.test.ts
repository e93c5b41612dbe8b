import { describe, expect, it, onTestFinished, vi } from "vitest";
import { InMemoryBackend } from "../memory/index.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { sequentialIds } from "../testing/sequential-ids.ts";
import { LeaseHolder } from "./lease-holder.ts";
import { systemTimers } from "./system.ts";

const LEASE_MS = 15_000;

function holder() {
	const clock = new FakeClock();
	const ids = sequentialIds();
	const backend = new InMemoryBackend({ clock });
	const lost: string[] = [];
	const regained: string[] = [];
	const lease: LeaseHolder = new LeaseHolder(backend, {
		name: "w",
		slots: 1,
		leaseMs: LEASE_MS,
		profile: () => ({ host: "h", pid: 1, version: null, tags: [], definitions: [] }),
		clock,
		timers: systemTimers,
		ids,
		onLost: () => lost.push(lease.workerId),
		onRegained: () => regained.push(lease.workerId),
		onError: () => undefined,
	});
	return { backend, clock, lease, lost, regained };
}

describe("LeaseHolder", () => {
	it("holds nothing before it registers, and for less than the lease after", async () => {
		const { clock, lease } = holder();
		expect(lease.isValid).toBe(false);
		await lease.register();
		expect(lease.isValid).toBe(true);
		clock.advance(LEASE_MS * 0.84);
		expect(lease.isValid).toBe(true);
		clock.advance(LEASE_MS * 0.02);
		expect(lease.isValid).toBe(false);
		await lease.retire();
	});

	it("gives back what it holds when it retires, and nothing of an incarnation that was given up", async () => {
		const { backend, lease } = holder();
		await lease.register();
		await lease.retire();
		expect(await backend.listWorkers()).toEqual([]);
		await lease.register();
		lease.abandon();
		await lease.retire();
		expect(await backend.listWorkers()).toHaveLength(1);
		expect(lease.workerId).toBe("");
	});

	it("keeps its incarnation as long as it renews in time", async () => {
		const { backend, clock, lease, lost } = holder();
		await lease.register();
		const first = lease.workerId;
		for (let beat = 0; beat < 10; beat += 1) {
			clock.advance(LEASE_MS / 3);
			await lease.beat();
		}
		expect([lease.workerId, lost]).toEqual([first, []]);
		expect(await backend.listWorkers()).toMatchObject([{ workerId: first, expiresAt: clock.now() + LEASE_MS }]);
		await lease.retire();
	});

	it("tells when a new incarnation can claim again, and not of renewals", async () => {
		const { clock, lease, lost, regained } = holder();
		await lease.register();
		const first = lease.workerId;
		clock.advance(LEASE_MS / 3);
		await lease.beat();
		expect(regained).toEqual([]);
		clock.advance(LEASE_MS * 0.9);
		await lease.beat();
		expect([lost, regained]).toEqual([[first], [lease.workerId]]);
		await lease.retire();
	});

	it("gives a late incarnation up although the database would still renew it", async () => {
		const { clock, lease, lost } = holder();
		await lease.register();
		const first = lease.workerId;
		clock.advance(LEASE_MS * 0.9);
		await lease.beat();
		expect(lost).toEqual([first]);
		expect(lease.workerId).not.toBe(first);
		expect(lease.isValid).toBe(true);
		await lease.retire();
	});

	it("notices by the wall clock that the machine slept while the monotonic clock stood still", async () => {
		const { clock, lease } = holder();
		await lease.register();
		const morning = clock.now() + LEASE_MS;
		clock.now = () => morning;
		expect(lease.isValid).toBe(false);
		await lease.retire();
	});

	it("is forgotten when it retires", async () => {
		const { backend, lease } = holder();
		await lease.register();
		await lease.retire();
		expect([lease.workerId, lease.isValid]).toEqual(["", false]);
		expect(await backend.listWorkers()).toEqual([]);
	});

	it("stays lost when a renewal that hung is answered after the lease stopped counting", async () => {
		const { backend, clock, lease, lost } = holder();
		await lease.register();
		const first = lease.workerId;
		const heartbeat = backend.heartbeat.bind(backend);
		backend.heartbeat = async (workerId, leaseMs) => {
			const answer = await heartbeat(workerId, leaseMs);
			clock.advance(LEASE_MS * 0.9);
			return answer;
		};
		await lease.beat();
		expect(lost).toEqual([first]);
		expect(lease.workerId).not.toBe(first);
		await lease.retire();
	});

	it("registers nothing any more once it has retired in the middle of a beat", async () => {
		vi.useFakeTimers();
		onTestFinished(() => void vi.useRealTimers());
		const { backend, lease } = holder();
		await lease.register();
		backend.heartbeat = async () => ({ alive: false, expiresAt: 0 });
		const beating = lease.beat();
		await lease.retire();
		await beating;
		expect(lease.workerId).toBe("");
		expect(vi.getTimerCount()).toBe(0);
	});
});
