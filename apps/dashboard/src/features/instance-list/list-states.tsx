import { Inbox, SearchX } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Centre } from "../../components/centre.tsx";

const EXAMPLE = `import { flow, CheckpointingRunner } from "@waymark/engine"
import { openBackend } from "@waymark/persistence"

const hello = flow<string>("hello")
  .task("greet", (name) => \`Hello, \${name}\`)
  .build()

const backend = await openBackend("file:./waymark.db")
await new CheckpointingRunner(backend).run(hello, "hello-1", "Ada")`;

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
