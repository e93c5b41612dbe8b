"use client";

import { Popover } from "@base-ui/react/popover";
import { Pause, Play } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "../../components/button.tsx";
import { confirmsWith } from "../../components/confirm-key.ts";
import { Field, INPUT_CLASS } from "../../components/field.tsx";

interface PauseButtonProps {
	/** Paused, or on the way there: the button then takes it back. */
	readonly paused: boolean;
	readonly running: number;
	readonly unavailable: string | null;
	readonly busy: boolean;
	readonly className?: string;
	/** Whether the question before a pause is open. */
	readonly asks: boolean;
	onAsks(asks: boolean): void;
	onPause(reason?: string): void;
	onUnpause(): void;
}

/** One click where it is clear what happens; a question first when several tasks are in flight. */
export function PauseButton(props: PauseButtonProps) {
	const { paused, running, unavailable, busy, className = "", asks, onAsks, onPause, onUnpause } = props;
	if (paused) {
		return (
			<Button
				variant="primary"
				className={className}
				icon={<Play aria-hidden size={14} />}
				unavailable={unavailable}
				hintSide="bottom"
				busy={busy}
				onClick={onUnpause}
			>
				Unpause
			</Button>
		);
	}
	if (running <= 1 || unavailable !== null || busy) {
		return (
			<Button
				className={className}
				icon={<Pause aria-hidden size={14} />}
				unavailable={unavailable}
				hintSide="bottom"
				busy={busy}
				onClick={() => onPause()}
			>
				Pause
			</Button>
		);
	}
	return <PauseQuestion running={running} open={asks} onOpen={onAsks} onPause={onPause} />;
}

interface PauseQuestionProps {
	readonly running: number;
	readonly open: boolean;
	onOpen(open: boolean): void;
	onPause(reason: string): void;
}

function PauseQuestion({ running, open, onOpen, onPause }: PauseQuestionProps) {
	const [reason, setReason] = useState("");
	const id = useId();
	const pause = () => {
		onOpen(false);
		onPause(reason);
	};
	return (
		<Popover.Root open={open} onOpenChange={onOpen}>
			<Popover.Trigger render={<Button icon={<Pause aria-hidden size={14} />} />}>Pause</Popover.Trigger>
			<Popover.Portal>
				<Popover.Positioner sideOffset={6} align="end" className="z-50">
					<Popover.Popup
						onKeyDown={confirmsWith(pause)}
						className="pop w-80 rounded-card border border-line bg-raised p-4 shadow-pop"
					>
						<Popover.Title className="font-semibold">Pause this instance?</Popover.Title>
						<Popover.Description className="mt-1 mb-3 text-ink-muted text-sm">
							{running} running tasks finish and their results are kept. Nothing new starts, no retry comes due, and
							signals are stored until you unpause.
						</Popover.Description>
						<Field id={id} label="Reason" hint="Optional. Kept in the audit.">
							<input
								id={id}
								aria-describedby={`${id}-note`}
								maxLength={2_000}
								value={reason}
								onChange={(event) => setReason(event.target.value)}
								className={INPUT_CLASS}
							/>
						</Field>
						<div className="mt-2 flex justify-end">
							<Button variant="primary" onClick={pause}>
								Pause instance
							</Button>
						</div>
					</Popover.Popup>
				</Popover.Positioner>
			</Popover.Portal>
		</Popover.Root>
	);
}
