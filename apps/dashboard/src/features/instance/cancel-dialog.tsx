"use client";

import { useId, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { Elapsed } from "../../time/live-text.tsx";
import type { Awaited } from "./pending-request.ts";

interface CancelDialogProps {
	readonly open: boolean;
	onOpenChange(open: boolean): void;
	readonly workflow: string;
	readonly instanceId: string;
	readonly running: readonly Awaited[];
	onConfirm(reason: string): void;
}

const MAX_LISTED = 5;

export function CancelDialog({ open, onOpenChange, workflow, instanceId, running, onConfirm }: CancelDialogProps) {
	const [reason, setReason] = useState("");
	const keep = useRef<HTMLButtonElement>(null);
	const id = useId();
	const confirm = () => {
		onOpenChange(false);
		onConfirm(reason);
	};
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			initialFocus={keep}
			onConfirm={confirm}
			title={
				<>
					Cancel {visibleText(workflow)} <span className="break-all font-mono">{visibleText(instanceId)}</span>?
				</>
			}
			description="Running tasks are told to stop and their results are not used. What they already did is not undone."
			footer={
				<>
					<Button ref={keep} onClick={() => onOpenChange(false)}>
						Keep running
					</Button>
					<Button variant="danger" onClick={confirm}>
						Cancel instance
					</Button>
				</>
			}
		>
			{running.length === 0 ? (
				<p className="text-ink-muted text-sm">No task is running at the moment.</p>
			) : (
				<RunningList running={running} />
			)}
			<Field id={id} label="Reason" hint="Optional. Kept in the audit, with your name.">
				<textarea
					id={id}
					aria-describedby={`${id}-note`}
					rows={2}
					maxLength={2_000}
					value={reason}
					onChange={(event) => setReason(event.target.value)}
					className={INPUT_CLASS}
				/>
			</Field>
		</Dialog>
	);
}

function RunningList({ running }: { readonly running: readonly Awaited[] }) {
	return (
		<div className="text-sm">
			<p className="text-ink-muted">Running now</p>
			<ul className="mt-1.5 flex flex-col gap-1">
				{running.slice(0, MAX_LISTED).map(({ path, since }) => (
					<li key={path} className="flex justify-between gap-3">
						<span className="truncate font-mono text-xs">{path}</span>
						{since === null ? null : <Elapsed from={since} className="text-ink-muted text-xs" />}
					</li>
				))}
				{running.length > MAX_LISTED ? (
					<li className="text-ink-muted">and {running.length - MAX_LISTED} more</li>
				) : null}
			</ul>
		</div>
	);
}
