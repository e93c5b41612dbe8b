"use client";

import type { InstanceRecord } from "@waymark/engine/backend";
import { OctagonX, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WorkerId } from "../../components/worker-id.tsx";
import type { InstanceState } from "../../server/wire.ts";
import type { ServiceNews } from "../workers/service-news.ts";
import { lackWords, remedyWords, takeoverWords } from "../workers/service-words.ts";
import { NodeButtons } from "./node-buttons.tsx";

interface ServiceBannerProps {
	readonly state: InstanceState;
	readonly news: readonly ServiceNews[];
	/** Nothing of it has happened yet. */
	readonly isOnlyAccepted: boolean;
	onSelect(key: string): void;
}

/** That the instance stands still for want of a worker, or will; and what to do. */
export function ServiceBanner({ state, news, isOnlyAccepted, onSelect }: ServiceBannerProps) {
	const stored = isOnlyAccepted ? " The start is stored: do not start it again." : "";
	return news.map((one) => (
		<Box key={keyOf(one)} tone={one.kind === "lost" || one.paths.length === 0 ? "amber" : "danger"}>
			<Words news={one} instance={state.snapshot.instance} onSelect={onSelect} />
			{one.kind === "lost" ? "" : stored}
		</Box>
	));
}

function keyOf(news: ServiceNews): string {
	return news.kind === "lost" ? news.service.silent.workerId : news.kind === "nobody" ? "" : news.lack.tags.join(" ");
}

interface WordsProps {
	readonly news: ServiceNews;
	readonly instance: InstanceRecord;
	onSelect(key: string): void;
}

function Words({ news, instance, onSelect }: WordsProps) {
	switch (news.kind) {
		case "lost": {
			const { silent } = news.service;
			return (
				<>
					<strong className="font-semibold">Worker silent.</strong> <WorkerId id={silent.workerId} />
					{silent.at === null ? "" : ` (${visibleText(silent.at.host)}, pid ${silent.at.pid})`} last reported{" "}
					<Timestamp at={silent.heartbeatAt} as="relative" />, and its lease has ended. Whether it still works on{" "}
					<NodeButtons paths={news.paths} onSelect={onSelect} /> nobody knows. {takeoverWords(instance, news.service)}
				</>
			);
		}
		case "nobody":
			return (
				<>
					<strong className="font-semibold">No worker is alive.</strong>{" "}
					<Waits paths={news.paths} onSelect={onSelect} /> Start a worker process.
				</>
			);
		case "unserved":
			return (
				<>
					<strong className="font-semibold">{lackWords(news.lack, instance.definitionHash)}.</strong>{" "}
					<Waits paths={news.paths} onSelect={onSelect} /> {remedyWords(news.lack)}
				</>
			);
	}
}

function Waits({ paths, onSelect }: { readonly paths: readonly string[]; onSelect(key: string): void }) {
	if (paths.length === 0) return "Nothing is due yet; once it is, nobody takes it up.";
	return (
		<>
			<NodeButtons paths={paths} onSelect={onSelect} /> {paths.length === 1 ? "waits" : "wait"} for one.
		</>
	);
}

const TONES = {
	amber: { Icon: TriangleAlert, box: "border-amber-line bg-amber-soft text-amber-ink" },
	danger: { Icon: OctagonX, box: "border-danger-line bg-danger-soft text-danger-ink" },
} as const;

function Box({ tone, children }: { readonly tone: keyof typeof TONES; readonly children: ReactNode }) {
	const { Icon, box } = TONES[tone];
	return (
		<section
			aria-label="Workers"
			data-service={tone}
			className={`flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card border px-3 py-2.5 text-sm ${box}`}
		>
			<Icon aria-hidden size={16} className="mt-0.5 shrink-0 self-start" />
			<p role="status" className="min-w-0 flex-1 basis-64">
				{children}
			</p>
			<Link href="/workers" className="inline-flex min-h-6 items-center font-medium underline max-sm:ml-7">
				All workers
			</Link>
		</section>
	);
}
