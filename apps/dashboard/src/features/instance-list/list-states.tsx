import { CircleAlert, Inbox, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Skeleton } from "../../components/skeleton.tsx";

const EXAMPLE = `import { flow, CheckpointingRunner } from "@waymark/engine"
import { openBackend } from "@waymark/persistence"

const hello = flow<string>("hello")
  .task("greet", (name) => \`Hello, \${name}\`)
  .build()

const backend = await openBackend("file:./waymark.db")
await new CheckpointingRunner(backend).run(hello, "hello-1", "Ada")`;

function Centre({
	icon,
	title,
	children,
}: {
	readonly icon: ReactNode;
	readonly title: string;
	readonly children: ReactNode;
}) {
	return (
		<div className="flex flex-col items-center px-6 py-16 text-center">
			<span
				aria-hidden
				className="mb-4 inline-flex size-10 items-center justify-center rounded-card border border-line text-ink-muted"
			>
				{icon}
			</span>
			<h2 className="font-semibold text-lg">{title}</h2>
			<div className="mt-1.5 flex w-full max-w-150 flex-col items-center gap-4 text-ink-muted text-sm">{children}</div>
		</div>
	);
}

export function NothingYet() {
	return (
		<Centre icon={<Inbox size={18} />} title="No instances yet">
			<p>Start one from your code. It appears here as soon as it is stored.</p>
			<pre className="max-w-full overflow-x-auto rounded-card border border-line bg-canvas p-4 text-left font-mono text-ink text-xs leading-relaxed">
				{EXAMPLE}
			</pre>
		</Centre>
	);
}

export function NothingMatches({ onClear }: { onClear(): void }) {
	return (
		<Centre icon={<SearchX size={18} />} title="Nothing matches these filters">
			<p>There are instances, but none that meet all of these.</p>
			<Button onClick={onClear}>Clear filters</Button>
		</Centre>
	);
}

/** What few instances meet is looked for in stretches; after some of them the reader is asked. */
export function NothingFound() {
	return (
		<Centre icon={<SearchX size={18} />} title="Nothing found so far">
			<p>None of the instances that were looked through meet all of these filters. There are older ones.</p>
		</Centre>
	);
}

interface ListErrorProps {
	readonly message: string;
	readonly denied: boolean;
	onRetry(): void;
}

export function ListError({ message, denied, onRetry }: ListErrorProps) {
	return (
		<Centre
			icon={<CircleAlert size={18} />}
			title={denied ? "You may not see these instances" : "The list could not be loaded"}
		>
			<p role="alert">{message}</p>
			<Button onClick={onRetry}>Retry</Button>
		</Centre>
	);
}

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

export function ListSkeleton() {
	return (
		<div aria-hidden>
			{ROWS.map((row) => (
				<div key={row} className="flex h-11 items-center gap-8 border-line border-b px-4 last:border-b-0">
					<Skeleton className="h-3.5 w-24" />
					<Skeleton className="h-3.5 w-40" />
					<Skeleton className="h-3.5 w-28" />
					<Skeleton className="h-2 w-20" />
				</div>
			))}
		</div>
	);
}
