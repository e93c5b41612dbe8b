import { currentGate, type Gate, sessionOf } from "../http-server/gate.ts";
import { clearCookie, setCookie } from "../http-server/session-cookie.ts";
import { ApiError } from "./api-error.ts";
import { requireOwnPage } from "./authorise.ts";
import { readBody } from "./read-body.ts";
import type { SessionAnswer } from "./wire.ts";

/** A token has 46 characters. What is longer is none, and is not looked at. */
const LONGEST_TOKEN = 200;

/** `GET /api/session`. Asked by the sign-in page: that nobody is signed in is an answer there. */
export async function readSession(request: Request): Promise<SessionAnswer> {
	return { user: sessionOf(currentGate(), request.headers.get("cookie"))?.user ?? null };
}

/** `POST /api/session`: a token for a session, which a cookie names that no script can read. */
export async function signIn(request: Request): Promise<Response> {
	requireOwnPage(request);
	const gate = currentGate();
	if (gate.signIn === null) throw new ApiError("BadRequest", "This dashboard has no sign-in. Open it right away.");
	const peer = request.headers.get("x-waymark-peer") ?? "";
	const token = (await readBody(request)).requiredText("token", { max: LONGEST_TOKEN }).trim();
	const exchange = gate.signIn.exchange(token, peer);
	switch (exchange.kind) {
		case "wait":
			throw new ApiError(
				"TooManyAttempts",
				"Too many wrong tokens came from your address. Wait a minute, then try again.",
			);
		case "wrong":
			log(`a wrong token came from ${peer}`);
			throw new ApiError("WrongToken", "That token is not known here. Copy it whole, or ask an admin for a new one.");
		case "signed-in": {
			// Whoever signs in anew leaves nothing behind.
			endSession(gate, request);
			const { id, user } = exchange.session;
			log(`${user.name} (${user.role}) signed in from ${peer}`);
			const answer: SessionAnswer = { user };
			return Response.json(answer, { headers: { "set-cookie": setCookie(gate.cookie, id, isSecure(gate, request)) } });
		}
	}
}

/** `POST /api/session/end`. Signing out twice changes nothing more. */
export async function signOut(request: Request): Promise<Response> {
	requireOwnPage(request);
	const gate = currentGate();
	const ended = endSession(gate, request);
	if (ended !== null) log(`${ended} signed out`);
	const answer: SessionAnswer = { user: null };
	return Response.json(answer, { headers: { "set-cookie": clearCookie(gate.cookie, isSecure(gate, request)) } });
}

/** Answers whose it was. */
function endSession(gate: Gate, request: Request): string | null {
	const session = sessionOf(gate, request.headers.get("cookie"));
	if (session !== null) gate.signIn?.sessions.end(session.id);
	return session?.user.name ?? null;
}

/** A public name is that of a proxy with TLS, and of nothing else (see allowed-hosts.ts). */
function isSecure({ origins }: Gate, request: Request): boolean {
	return origins.get(request.headers.get("host") ?? "")?.startsWith("https:") === true;
}

function log(what: string): void {
	process.stderr.write(`dashboard: ${what}\n`);
}
