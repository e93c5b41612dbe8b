import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { currentGate } from "../http-server/gate.ts";
import { ApiError } from "./api-error.ts";
import { type Actor, actorOf } from "./authorise.ts";
import { hiddenNames, withoutSecrets } from "./hiding.ts";
import { shownTo } from "./shown-to.ts";
import type { Access, AccessOverview } from "./wire.ts";

/** Who asks for the page. The server in front has brought everybody else to the sign-in already. */
const pageActor = cache(async (): Promise<Actor> => {
	try {
		return actorOf(await headers());
	} catch (error) {
		if (error instanceof ApiError && error.code === "SignedOut") redirect("/login");
		throw error;
	}
});

/** Data of a page, as far as its reader may see it. Nothing is read for nobody. */
export async function forReader<T>(load: () => Promise<T>): Promise<T> {
	const actor = await pageActor();
	return withoutSecrets(shownTo(actor, await load()));
}

/** For the frame of every page, the sign-in page too, where nobody is signed in yet. */
export async function frameAccess(): Promise<Access> {
	// First: by that Next knows that no page is the same for everybody, and makes none while it builds.
	const sent = await headers();
	const { readOnly, signIn } = currentGate();
	try {
		return actorOf(sent).access;
	} catch (error) {
		if (signIn !== null && error instanceof ApiError && error.code === "SignedOut") return { readOnly, user: null };
		throw error;
	}
}

export async function accessOverview(): Promise<AccessOverview> {
	const { access } = await pageActor();
	const { signIn } = currentGate();
	const users = access.user?.role === "admin" ? (signIn?.users ?? null) : null;
	return { ...access, hasSignIn: signIn !== null, users, hides: hiddenNames() };
}
