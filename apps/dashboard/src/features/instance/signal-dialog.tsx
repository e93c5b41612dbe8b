"use client";

import { useId, useState } from "react";
import { RequestError } from "../../api/fetch-json.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { AwaitedSignal, SignalAnswer, SignalBody } from "../../server/wire.ts";
import { jsonProblem } from "./json-problem.ts";
import { TakerWords } from "./taker-words.tsx";
import { signalWords, tellSignal } from "./tell-signal.ts";

interface SignalDialogProps {
	onClose(): void;
	readonly instanceId: string;
	/** The name that is proposed; absent: one that is awaited, or that the plan knows. */
	readonly name?: string;
	/** What waits now, and which wait takes what is sent; null: not known yet. */
	readonly awaited: readonly AwaitedSignal[] | null;
	readonly known: readonly string[];
	onSend(body: SignalBody): Promise<SignalAnswer>;
}

/** Mounted while it is open, so that every opening starts afresh. */
export function SignalDialog({ onClose, instanceId, name: proposed, awaited, known, onSend }: SignalDialogProps) {
	const [name, setName] = useState(proposed ?? awaited?.[0]?.signal ?? known[0] ?? "");
	const [text, setText] = useState("{}");
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<string | null>(null);
	const [key, setKey] = useState(() => crypto.randomUUID());
	const [sent, setSent] = useState<string | null>(null);
	const id = useId();
	const names = awaited?.map(({ signal }) => signal) ?? [];
	const shownName = name.trim();
	const problem = text.trim() === "" ? null : jsonProblem(text);

	const send = async (keepOpen = false) => {
		if (problem !== null || shownName === "" || busy) return;
		setBusy(true);
		setRefusal(null);
		setSent(null);
		try {
			const body = { name: shownName, payload: text.trim() === "" ? null : JSON.parse(text), idempotencyKey: key };
			const { reservedFor } = await onSend(body);
			if (!keepOpen) {
				onClose();
				tellSignal(instanceId, body.name, reservedFor);
				return;
			}
			// The next one is another signal, not a repetition of this one.
			setKey(crypto.randomUUID());
			setBusy(false);
			setSent(`Sent: ${signalWords(body.name, reservedFor)}.`);
		} catch (error) {
			setRefusal(error instanceof RequestError ? error.message : "The signal could not be sent. Try again.");
			setBusy(false);
		}
	};

	const unavailable =
		problem === null ? (shownName === "" ? "The signal needs a name" : null) : "The payload is not JSON";
	return (
		<Dialog
			open
			onOpenChange={(open) => {
				if (!open) onClose();
			}}
			onConfirm={() => void send()}
			title={
				<>
					Send <span className="break-all font-mono">{shownName === "" ? "a signal" : visibleText(shownName)}</span> to{" "}
					<span className="break-all font-mono">{visibleText(instanceId)}</span>
				</>
			}
			description={
				<span aria-live="polite">
					<TakerWords name={shownName} awaited={awaited} />
				</span>
			}
			footer={
				<>
					<Button onClick={onClose}>Close</Button>
					<Button busy={busy} unavailable={unavailable} onClick={() => void send(true)}>
						Send and keep open
					</Button>
					<Button variant="primary" busy={busy} unavailable={unavailable} onClick={() => void send()}>
						{busy ? "Sending…" : "Send signal"}
					</Button>
				</>
			}
		>
			<p role="status" className="text-(--status-completed-text) text-sm empty:hidden">
				{sent}
			</p>
			{names.length > 1 ? (
				<fieldset className="flex flex-wrap items-center gap-1.5">
					<legend className="mb-1.5 text-ink-muted text-sm">Awaited now</legend>
					{names.map((one) => (
						<Button key={one} size="sm" aria-pressed={one === shownName} onClick={() => setName(one)}>
							<span className="font-mono">{visibleText(one)}</span>
						</Button>
					))}
				</fieldset>
			) : null}
			<Field id={`${id}-name`} label="Name">
				<input
					id={`${id}-name`}
					aria-describedby={`${id}-name-note`}
					list={`${id}-names`}
					autoComplete="off"
					spellCheck={false}
					maxLength={200}
					value={name}
					onChange={(event) => setName(event.target.value)}
					className={`${INPUT_CLASS} font-mono`}
				/>
			</Field>
			<datalist id={`${id}-names`}>
				{[...new Set([...names, ...known])].map((option) => (
					<option key={option} value={option} />
				))}
			</datalist>
			<Field id={`${id}-payload`} label="Payload" hint="JSON. Empty sends null." error={refusal ?? problem}>
				<textarea
					id={`${id}-payload`}
					aria-describedby={`${id}-payload-note`}
					aria-invalid={problem !== null}
					rows={6}
					spellCheck={false}
					value={text}
					onChange={(event) => setText(event.target.value)}
					className={`${INPUT_CLASS} font-mono text-xs`}
				/>
			</Field>
		</Dialog>
	);
}
