"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Fragment, useId, useRef, useState } from "react";
import { postJson, RequestError } from "../../api/fetch-json.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
import { StatusText } from "../../components/status.tsx";
import { INSTANCE_STATUS_ORDER, instanceStatus } from "../../components/status-table.ts";
import { visibleText } from "../../components/visible-text.ts";
import type { BulkBody, BulkPlan, BulkPlanBody, BulkStarted } from "../../server/wire.ts";
import { instances, MEANINGS, VERBS } from "./bulk-words.ts";

/** As the server asks: from this many on, the number is typed. */
const UNCONFIRMED = 20;

interface BulkDialogProps {
	readonly about: BulkPlanBody;
	onClose(): void;
}

/** Says what would be done to what, and does it once a person has said so. Mounted while it is open. */
export default function BulkDialog({ about, onClose }: BulkDialogProps) {
	const id = useId();
	const [reason, setReason] = useState("");
	const [typed, setTyped] = useState("");
	const safe = useRef<HTMLButtonElement>(null);
	const router = useRouter();
	const plan = useQuery({
		queryKey: ["bulk-plan", id],
		queryFn: () => postJson<BulkPlan>("/api/bulk/plan", about),
		staleTime: Number.POSITIVE_INFINITY,
		gcTime: 0,
		retry: false,
	});
	const start = useMutation({
		mutationFn: (body: BulkBody) => postJson<BulkStarted>("/api/bulk", body),
		onSuccess: ({ jobId }) => router.push(`/bulk/${jobId}`),
	});
	const verb = VERBS[about.kind];
	const count = plan.data?.count ?? 0;
	const mustType = count > UNCONFIRMED;
	const blocked =
		plan.data === undefined
			? "Counting…"
			: count === 0
				? "None of them can be"
				: mustType && typed.trim() !== String(count)
					? `Type ${count} to confirm`
					: null;
	const send = () => {
		if (blocked !== null || plan.data === undefined || start.isPending) return;
		start.mutate({
			planId: plan.data.planId,
			...(reason.trim() === "" ? {} : { reason: reason.trim() }),
			...(mustType ? { confirm: count } : {}),
		});
	};
	const error = plan.error ?? start.error;
	return (
		<Dialog
			open
			onOpenChange={(open) => {
				if (!open) onClose();
			}}
			title={plan.data === undefined ? `${verb}…` : `${verb} ${instances(count)}?`}
			description={MEANINGS[about.kind]}
			initialFocus={safe}
			onConfirm={send}
			footer={
				<>
					<Button ref={safe} onClick={onClose}>
						Leave them as they are
					</Button>
					<Button
						variant={about.kind === "cancel" ? "danger" : "primary"}
						unavailable={blocked}
						busy={start.isPending}
						onClick={send}
					>
						{`${verb} ${plan.data === undefined ? "" : instances(count)}`}
					</Button>
				</>
			}
		>
			{error === null ? null : (
				<p role="alert" className="text-danger-ink text-sm">
					{error instanceof RequestError ? error.message : "That did not work. Try again."}
				</p>
			)}
			{plan.data === undefined ? null : <PlanFacts plan={plan.data} />}
			<Field id={`${id}-reason`} label="Reason" hint="Kept in the audit of each instance.">
				<input
					id={`${id}-reason`}
					aria-describedby={`${id}-reason-note`}
					maxLength={2_000}
					value={reason}
					onChange={(event) => setReason(event.target.value)}
					className={INPUT_CLASS}
				/>
			</Field>
			{mustType ? (
				<Field id={`${id}-count`} label={`Type ${count} to confirm`}>
					<input
						id={`${id}-count`}
						inputMode="numeric"
						autoComplete="off"
						value={typed}
						onChange={(event) => setTyped(event.target.value)}
						className={`${INPUT_CLASS} font-mono`}
					/>
				</Field>
			) : null}
		</Dialog>
	);
}

function PlanFacts({ plan: { count, capped, byStatus, samples } }: { readonly plan: BulkPlan }) {
	return (
		<div className="flex flex-col gap-2 text-sm">
			<p className="flex flex-wrap gap-x-4 gap-y-1">
				{INSTANCE_STATUS_ORDER.map((status) => {
					const of = byStatus[status] ?? 0;
					return of === 0 ? null : (
						<span key={status} className="inline-flex items-center gap-1.5">
							{of} <StatusText status={instanceStatus(status)} />
						</span>
					);
				})}
			</p>
			{capped ? (
				<p className="text-amber-ink">More than that match. One action takes {count} of them, the newest.</p>
			) : null}
			{samples.length === 0 ? null : (
				<p className="wrap-anywhere text-ink-muted text-xs">
					{samples.map((sample, at) => (
						<Fragment key={sample}>
							{at === 0 ? "" : ", "}
							<span className="break-all font-mono">{visibleText(sample)}</span>
						</Fragment>
					))}
					{count > samples.length ? ` and ${count - samples.length} more` : ""}
				</p>
			)}
		</div>
	);
}
