"use client";

import { Button } from "./button.tsx";
import { requestDetails } from "./request-details.ts";
import { toast, toastError } from "./toast.tsx";

/** For a message to whoever keeps the dashboard running: what was asked, what was answered, where and when. */
export function CopyDetails({ error }: { readonly error: Error }) {
	return <Button onClick={() => void copy(requestDetails(error, location.href, new Date()))}>Copy details</Button>;
}

async function copy(text: string): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
		toast({ title: "Details copied", text: "They name the request, the answer and the moment." });
	} catch {
		toastError({ title: "The details could not be copied", text: "The browser does not let this page." });
	}
}
