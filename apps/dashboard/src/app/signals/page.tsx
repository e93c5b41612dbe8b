import type { Metadata } from "next";
import { SignalInbox } from "../../features/signals/signal-inbox.tsx";
import { toApiError } from "../../server/api-error.ts";
import { forReader } from "../../server/page-access.ts";
import { loadWaits } from "../../server/waits.ts";

export const metadata: Metadata = { title: "Signals" };
export const dynamic = "force-dynamic";

export default async function SignalsPage() {
	return <SignalInbox initial={await forReader(load)} />;
}

/** The page comes up without data too, and then asks for itself. */
async function load() {
	try {
		return { path: "/api/signals", data: await loadWaits(new URLSearchParams()) };
	} catch (error) {
		toApiError(error);
		return null;
	}
}
