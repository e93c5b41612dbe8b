import { type LoopbackServer, serveJson } from "./json-server.ts";
import { type Latency, noLatency } from "./latency.ts";

/** How the carrier treats one parcel. */
export type Mood =
	/** It answers 503 so many times, then works. */
	| { readonly kind: "flaky"; readonly failures: number }
	/** It does not serve that address: 422, for good. */
	| { readonly kind: "refused" }
	/** It answers 503 for ever. */
	| { readonly kind: "down" };

export interface Carrier extends LoopbackServer {
	/** Parcels booked, in order, each once. */
	readonly booked: readonly string[];
}

/** A parcel carrier whose moods are chosen by `moodOf`, so that its failures can be repeated. */
export async function startCarrier(moodOf: (parcelId: string) => Mood, latency: Latency = noLatency): Promise<Carrier> {
	const booked: string[] = [];
	const failuresLeft = new Map<string, number>();
	const server = await serveJson(async ({ path, method }) => {
		await latency();
		const [, desk, encoded = ""] = path.split("/");
		const parcelId = decodeURIComponent(encoded);
		const mood = moodOf(parcelId);
		if (mood.kind === "refused") return { status: 422, body: { message: `no service to the address of ${parcelId}` } };
		if (mood.kind === "down") return { status: 503, body: { message: "the carrier is down" } };
		const left = failuresLeft.get(path) ?? (desk === "rates" ? mood.failures : 0);
		if (left > 0) {
			failuresLeft.set(path, left - 1);
			return { status: 503, body: { message: "the carrier is busy" } };
		}
		if (desk === "rates" && method === "GET") return { status: 200, body: ratesOf(parcelId) };
		if (desk === "bookings" && method === "POST") {
			if (!booked.includes(parcelId)) booked.push(parcelId);
			return { status: 201, body: { booking: `booking-${booked.indexOf(parcelId) + 1}` } };
		}
		return { status: 404, body: { message: "no such desk" } };
	});
	return { ...server, booked };
}

export interface Rate {
	readonly service: string;
	/** In cents. */
	readonly price: number;
}

function ratesOf(parcelId: string): readonly Rate[] {
	return [
		{ service: "standard", price: 490 + parcelId.length },
		{ service: "economy", price: 390 + parcelId.length },
		{ service: "express", price: 1_290 },
	];
}

/** Moods for the demo, from the number at the end of the parcel's id: most are flaky, one in 9 refused, one in 7 down. */
export function demoMood(parcelId: string): Mood {
	const number = Number(/(\d+)$/.exec(parcelId)?.[1] ?? 0);
	// The demo gives every second number to parcels, so the last bit says nothing.
	const half = Math.floor(number / 2);
	if (half % 7 === 3) return { kind: "down" };
	if (half % 9 === 4) return { kind: "refused" };
	return { kind: "flaky", failures: half % 4 };
}
