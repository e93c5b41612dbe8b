import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What is done to the events of a stream on their way: each event in, any number of events out. */
export type EventFault = (event: string) => readonly string[];

const asIs: EventFault = (event) => [event];

/** Lets things happen at once, or keeps them back and lets them happen later, in their order. */
class Gate {
	#waiting: (() => void)[] | null = null;

	get waiting(): number {
		return this.#waiting?.length ?? 0;
	}

	/** Answers what opens it again. */
	shut(): () => void {
		this.#waiting ??= [];
		return () => {
			const held = this.#waiting ?? [];
			this.#waiting = null;
			for (const happen of held) happen();
		};
	}

	pass(happen: () => void): void {
		if (this.#waiting === null) happen();
		else this.#waiting.push(happen);
	}
}

/**
 * Stands between a browser and the real dashboard server and spoils what passes: breaks streams, answers with errors,
 * drops, doubles and delays events. What it lets through is what the server said.
 */
export class FaultProxy {
	readonly #server: Server;
	readonly #open = new Set<ServerResponse>();
	#target: URL;
	#fault: EventFault = asIs;
	#refusal: number | "cut" | null = null;
	#stateRefusal: number | null = null;
	readonly #events = new Gate();
	readonly #answers = new Gate();
	/** Streams that were asked for, refused ones too. */
	streams = 0;
	/** Whole states that were fetched. */
	states = 0;

	private constructor(server: Server, target: string) {
		this.#server = server;
		this.#target = new URL(target);
	}

	static async open(target: string): Promise<FaultProxy> {
		const server = createServer();
		const proxy = new FaultProxy(server, target);
		server.on("request", (incoming, response) => proxy.#pass(incoming, response));
		await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port: 0 }, resolve));
		return proxy;
	}

	/** Streams that are open now. */
	get open(): number {
		return this.#open.size;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Another server takes over: the same dashboard, started again. */
	pointTo(target: string): void {
		this.#target = new URL(target);
	}

	/** Breaks the streams that are open, in the middle. */
	cutStreams(): void {
		for (const response of this.#open) response.destroy();
	}

	/** From now on streams are answered with that status, or not at all; null: let through. */
	refuseStreams(how: number | "cut" | null): void {
		this.#refusal = how;
	}

	/** From now on whole states are answered with that status; null: let through. */
	refuseStates(status: number | null): void {
		this.#stateRefusal = status;
	}

	/** From now on events wait until the function that is answered is called. */
	holdEvents(): () => void {
		return this.#events.shut();
	}

	/** From now on what the server answers for whole states waits, as old as it is, until that function is called. */
	holdStates(): () => void {
		return this.#answers.shut();
	}

	/** Events and states that wait now. */
	get held(): number {
		return this.#events.waiting + this.#answers.waiting;
	}

	/** From now on the events of all streams go through this. */
	spoilEvents(fault: EventFault | null): void {
		this.#fault = fault ?? asIs;
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#pass(incoming: IncomingMessage, response: ServerResponse): void {
		const isStream = incoming.url?.includes("/stream") === true;
		if (isStream) this.streams += 1;
		const isState = /^\/api\/instances\/[^/?]+$/.test(incoming.url ?? "");
		if (isState) this.states += 1;
		const refusal = isStream ? this.#refusal : isState ? this.#stateRefusal : null;
		if (refusal !== null) {
			if (refusal === "cut") response.destroy();
			else response.writeHead(refusal, { "content-type": "application/json" }).end("{}");
			return;
		}
		const origin = this.#target.origin;
		const headers = { ...incoming.headers, host: this.#target.host };
		if (headers.origin !== undefined) headers.origin = origin;
		const outgoing = request(new URL(incoming.url ?? "/", origin), { method: incoming.method ?? "GET", headers });
		outgoing.on("error", () => response.destroy());
		response.on("close", () => outgoing.destroy());
		outgoing.on("response", (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			if (isStream) this.#stream(answer, response);
			else if (isState) this.#whole(answer, response);
			else answer.pipe(response);
		});
		incoming.pipe(outgoing);
	}

	#stream(answer: IncomingMessage, response: ServerResponse): void {
		this.#open.add(response);
		response.on("close", () => this.#open.delete(response));
		let rest = "";
		answer.setEncoding("utf8");
		answer.on("data", (text: string) => {
			const events = (rest + text).split("\n\n");
			rest = events.pop() ?? "";
			for (const event of events) {
				for (const out of this.#fault(event)) this.#events.pass(() => response.write(`${out}\n\n`));
			}
		});
		answer.on("end", () => this.#events.pass(() => response.end()));
		answer.on("error", () => response.destroy());
	}

	/** Read to its end before it may wait: it tells what was true when the server answered. */
	#whole(answer: IncomingMessage, response: ServerResponse): void {
		const parts: Buffer[] = [];
		answer.on("data", (part: Buffer) => parts.push(part));
		answer.on("end", () => this.#answers.pass(() => response.end(Buffer.concat(parts))));
		answer.on("error", () => response.destroy());
	}
}
