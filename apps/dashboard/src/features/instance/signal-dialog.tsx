"use client";

import { useId, useState } from "react";
import { RequestError } from "../../api/fetch-json.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
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
	const [key] = useState(() => crypto.randomUUID());
	const id = useId();
	const problem = text.trim() === "" ? null : jsonProblem(text);

	const send = async () => {
		if (problem !== null || name.trim() === "") return;
		setBusy(true);
		setRefusal(null);
		try {
			await onSend({ name: name.trim(), payload: text.trim() === "" ? null : JSON.parse(text), idempotencyKey: key });
			onClose();
		} catch (error) {
			setRefusal(error instanceof RequestError ? error.message : "The signal could not be sent. Try again.");
			setBusy(false);
		}
	};

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
					<Button
						variant="primary"
						busy={busy}
						unavailable={
							problem === null ? (name.trim() === "" ? "The signal needs a name" : null) : "The payload is not JSON"
						}
						onClick={() => void send()}
					>
						{busy ? "Sending…" : "Send signal"}
					</Button>
				</>
			}
		>
			<Field id={`${id}-name`} label="Name" hint={awaited.length > 0 ? `Awaited now: ${awaited.join(", ")}` : ""}>
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
