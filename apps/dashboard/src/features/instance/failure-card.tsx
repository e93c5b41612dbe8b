"use client";

import { ArrowRight, OctagonX } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState } from "../../server/wire.ts";
import { firstLine } from "./first-line.ts";
import { attemptCount, attemptsWords } from "./trouble.ts";

interface FailureCardProps {
	readonly state: InstanceState;
	/** By its path in the run: it opens the iteration that failed. */
	onSelect(path: string): void;
}

/** What ended it, in one look: node, error, attempts, time. */
export function FailureCard({ state: { snapshot }, onSelect }: FailureCardProps) {
	const { error, failedPath, endedAt, status } = snapshot.instance;
	if (status !== "failed") return null;
	const attempts = attemptsWords(attemptCount(snapshot, failedPath));
	return (
		<section
			aria-label="Failure"
			className="flex flex-wrap items-start gap-3 rounded-card border border-danger-line bg-danger-soft px-3 py-2.5 text-sm"
		>
			<OctagonX aria-hidden size={16} className="mt-0.5 shrink-0 text-danger" />
			<div className="min-w-0 flex-1 basis-64">
				<p className="text-danger-ink">
					<strong className="font-semibold">{visibleText(error?.name ?? "Failed")}</strong>
					{failedPath === null ? "" : " in "}
					<span className="break-all font-mono text-xs">{failedPath}</span>
					<span>
						{attempts === null ? "" : ` · ${attempts}`}
						{endedAt === null ? null : (
							<>
								{" · "}
								<Timestamp at={endedAt} />
							</>
						)}
					</span>
				</p>
				{error === null ? null : (
					<p className="mt-0.5 line-clamp-2 break-words font-mono text-ink text-xs">
						{visibleText(firstLine(error.message))}
					</p>
				)}
			</div>
			{failedPath === null ? null : (
				<Button
					size="sm"
					variant="danger-outline"
					className="max-sm:ml-7"
					icon={<ArrowRight aria-hidden size={13} />}
					onClick={() => onSelect(failedPath)}
				>
					Jump to failure
					<kbd
						aria-hidden
						className="ml-0.5 rounded border border-danger-line px-1 font-mono text-[11px] max-sm:hidden"
					>
						F
					</kbd>
				</Button>
			)}
		</section>
	);
}
