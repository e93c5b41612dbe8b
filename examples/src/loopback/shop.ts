import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { type JsonReply, type JsonRequest, type LoopbackServer, serveJson } from "./json-server.ts";
import { type Latency, noLatency } from "./latency.ts";

export type LedgerKind = "charge" | "refund" | "reservation" | "release" | "shipment";

/** One line of the shop's books. */
export interface LedgerEntry {
	readonly kind: LedgerKind;
	readonly idempotencyKey: string;
	readonly orderId: string;
	/** What the request said: amount, sku, quantity. */
	readonly details: Readonly<Record<string, unknown>>;
	/** Such as `charge-3`. */
	readonly reference: string;
}

export interface Shop extends LoopbackServer {
	readonly ledger: readonly LedgerEntry[];
}

export interface ShopOptions {
	/** The books are kept in this file, one JSON line per entry, and read again at the next start; null: in memory. */
	readonly ledgerFile?: string | null;
	readonly latency?: Latency;
}

const KINDS: Readonly<Record<string, LedgerKind>> = {
	"/charges": "charge",
	"/refunds": "refund",
	"/reservations": "reservation",
	"/releases": "release",
	"/shipments": "shipment",
};

/**
 * A shop with a card terminal and a store room. It does what is asked once per idempotency key: asked again, it answers
 * as the first time. Cards that begin with "declined" are declined, and "sold-out" articles are sold out.
 */
export async function startShop(options: ShopOptions = {}): Promise<Shop> {
	const { ledgerFile = null, latency = noLatency } = options;
	const ledger: LedgerEntry[] = ledgerFile === null ? [] : readLedger(ledgerFile);
	const server = await serveJson(async (request) => {
		await latency();
		return answer(request, ledger, (entry) => {
			ledger.push(entry);
			if (ledgerFile !== null) appendFileSync(ledgerFile, `${JSON.stringify(entry)}\n`);
		});
	});
	return { ...server, ledger };
}

function answer(request: JsonRequest, ledger: readonly LedgerEntry[], enter: (entry: LedgerEntry) => void): JsonReply {
	const kind = KINDS[request.path];
	if (request.method !== "POST" || kind === undefined) return { status: 404, body: { message: "no such desk" } };
	const { idempotencyKey } = request;
	if (idempotencyKey === null) return { status: 400, body: { message: "an idempotency-key header is needed" } };
	const before = ledger.find((entry) => entry.idempotencyKey === idempotencyKey && entry.kind === kind);
	if (before !== undefined) return { status: 200, body: { reference: before.reference } };
	const { orderId, ...details } = request.body as { readonly orderId: string } & Record<string, unknown>;
	if (String(details.card ?? "").startsWith("declined")) {
		return { status: 402, body: { message: `the bank declined card ${String(details.card)}` } };
	}
	if (kind === "reservation" && String(details.sku).startsWith("sold-out")) {
		return { status: 409, body: { message: `${String(details.sku)} is sold out` } };
	}
	const reference = `${kind}-${ledger.length + 1}`;
	enter({ kind, idempotencyKey, orderId, details, reference });
	return { status: 201, body: { reference } };
}

function readLedger(file: string): LedgerEntry[] {
	mkdirSync(dirname(file), { recursive: true });
	if (!existsSync(file)) return [];
	const lines = readFileSync(file, "utf8").split("\n");
	// After a power loss the last line may be half a line: what it stood for was never acknowledged.
	return lines.flatMap((line) => (line.endsWith("}") ? [JSON.parse(line) as LedgerEntry] : []));
}
