/** Gives the place back. */
export type Slot = () => void;

/** Browsers allow six connections to one server. What is left is for the pages and what they ask. */
const PLACES = ["a", "b", "c", "d"].map((place) => `waymark.place.${place}`);
const WANTED = "waymark.places";
/** As long does a tab that is looked at wait for one that is not to give its place up. */
const WAIT_MS = 1_000;

/** One of the few streams that all tabs of this browser may have open at once; null: they are taken. */
export async function takeSlot(): Promise<Slot | null> {
	for (const place of PLACES) {
		const slot = await ifFree(place);
		if (slot !== null) return slot;
	}
	if (document.visibilityState === "hidden") return null;
	const channel = new BroadcastChannel(WANTED);
	channel.postMessage("wanted");
	channel.close();
	return firstFree();
}

/** Calls back when a tab that is looked at finds no place. Answers the function that stops listening. */
export function onSlotWanted(listen: () => void): () => void {
	const channel = new BroadcastChannel(WANTED);
	channel.onmessage = listen;
	return () => channel.close();
}

function ifFree(place: string): Promise<Slot | null> {
	return new Promise((resolve, reject) => {
		navigator.locks
			.request(place, { ifAvailable: true }, (lock) => {
				if (lock !== null) return new Promise<void>((release) => resolve(() => release()));
				resolve(null);
				return undefined;
			})
			.catch(reject);
	});
}

function firstFree(): Promise<Slot | null> {
	return new Promise((resolve) => {
		const enough = new AbortController();
		const take = (slot: Slot | null) => {
			if (enough.signal.aborted) {
				slot?.();
				return;
			}
			enough.abort();
			resolve(slot);
		};
		for (const place of PLACES) {
			navigator.locks
				.request(place, { signal: enough.signal }, () => new Promise<void>((release) => take(() => release())))
				// Aborted: another place was free before, or none in time.
				.catch(() => undefined);
		}
		setTimeout(() => take(null), WAIT_MS);
	});
}
