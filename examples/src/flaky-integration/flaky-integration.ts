import { flow, NonRetryableError } from "@waymark/engine";
import { callJson } from "../loopback/call-json.ts";
import type { Rate } from "../loopback/carrier.ts";

export interface Parcel {
	readonly parcelId: string;
	/** In cents. */
	readonly mostItMayCost: number;
}

export interface Shipped {
	readonly parcelId: string;
	readonly service: string;
	readonly booking: string;
}

/**
 * Books a parcel with a carrier that is often busy. Busy is worth another attempt, later each time; "no service to that
 * address" is not, and fails at once. After the fourth attempt the instance fails and can be retried by a person.
 */
export function flakyIntegration(carrierUrl: string) {
	return flow<Parcel>("flaky-integration", { description: "Ask a busy carrier again until it answers" })
		.task(
			"fetch-rates",
			async (parcel, context) => {
				const url = `${carrierUrl}/rates/${encodeURIComponent(parcel.parcelId)}`;
				return { parcel, rates: await callJson<readonly Rate[]>(context, "GET", url) };
			},
			{ timeout: "10s", retry: { maxAttempts: 4, initialDelay: "2s", multiplier: 2, maxDelay: "30s" } },
		)
		.task("choose", ({ parcel, rates }) => {
			const cheapest = [...rates].sort((a, b) => a.price - b.price)[0];
			if (cheapest === undefined || cheapest.price > parcel.mostItMayCost) {
				throw new NonRetryableError(
					`No service costs at most ${parcel.mostItMayCost}. Raise the limit and start again.`,
				);
			}
			return { parcelId: parcel.parcelId, service: cheapest.service };
		})
		.task(
			"book",
			async (choice, context): Promise<Shipped> => {
				const url = `${carrierUrl}/bookings/${encodeURIComponent(choice.parcelId)}`;
				const { booking } = await callJson<{ readonly booking: string }>(context, "POST", url, choice);
				return { ...choice, booking };
			},
			{ timeout: "10s", retry: { maxAttempts: 5, initialDelay: "1s", jitter: true } },
		)
		.build();
}
