"use client";

import { useId, useState } from "react";
import { RequestError } from "../../api/fetch-json.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { SignalAnswer, SignalBody } from "../../server/wire.ts";
import { jsonProblem } from "./json-problem.ts";

interface SignalDialogProps {
	onClose(): void;
	/** Names that are waited for now come first. */
	readonly awaited: readonly string[];
	readonly known: readonly string[];
	onSend(body: SignalBody): Promise<SignalAnswer>;
}

/** Mounted while it is open, so that every opening starts afresh. */
export function SignalDialog({ onClose, awaited, known, onSend }: SignalDialogProps) {
	const [name, setName] = useState(awaited[0] ?? known[0] ?? "");
	const [text, setText] = useState("{}");
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<string | null>(null);
	const [key, setKey] = useState(() => crypto.randomUUID());
	const [sent, setSent] = useState<string | null>(null);
	const id = useId();
	const problem = text.trim() === "" ? null : jsonProblem(text);

	const send = async (keepOpen = false) => {
		if (problem !== null || name.trim() === "" || busy) return;
		setBusy(true);
		setRefusal(null);
		setSent(null);
		try {
			const body = { name: name.trim(), payload: text.trim() === "" ? null : JSON.parse(text), idempotencyKey: key };
			const { reservedFor } = await onSend(body);
			if (!keepOpen) {
				onClose();
				return;
			}
			// The next one is another signal, not a repetition of this one.
			setKey(crypto.randomUUID());
			setBusy(false);
			setSent(reservedFor === null ? `Sent: "${body.name}" is stored.` : `Sent: ${reservedFor} takes it.`);
		} catch (error) {
			setRefusal(error instanceof RequestError ? error.message : "The signal could not be sent. Try again.");
			setBusy(false);
		}
	};

	const unavailable =
		problem === null ? (name.trim() === "" ? "The signal needs a name" : null) : "The payload is not JSON";
	return (
		<Dialog
			open
			onOpenChange={(open) => {
				if (!open) onClose();
			}}
			title="Send signal"
			description={
				awaited.length === 0
					? "Nothing waits for a signal now. It is stored, and the next wait of that name takes it."
					: "The oldest wait of that name takes it."
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
			{awaited.length > 1 ? (
				<fieldset className="flex flex-wrap items-center gap-1.5">
					<legend className="mb-1.5 text-ink-muted text-sm">Awaited now</legend>
					{awaited.map((one) => (
						<Button key={one} size="sm" aria-pressed={one === name} onClick={() => setName(one)}>
							<span className="font-mono">{visibleText(one)}</span>
						</Button>
					))}
				</fieldset>
			) : null}
			<Field id={`${id}-name`} label="Name" hint={awaited.length === 1 ? `Awaited now: ${awaited[0]}` : ""}>
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
				{[...new Set([...awaited, ...known])].map((option) => (
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
					onKeyDown={(event) => {
						if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void send();
					}}
					className={`${INPUT_CLASS} font-mono text-xs`}
				/>
			</Field>
		</Dialog>
	);
}
