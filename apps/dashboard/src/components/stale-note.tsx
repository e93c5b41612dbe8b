import { formatClock } from "../time/format.ts";
import { serverNow } from "../time/ticker.ts";

interface StaleNoteProps {
	readonly failing: boolean;
	/** When the last answer came; 0: none has. */
	readonly updatedAt: number;
	/** The reader holds the page still. */
	readonly held?: boolean;
}

/** Whether what the page shows is still asked for, and answered. */
export function StaleNote({ failing, updatedAt, held = false }: StaleNoteProps) {
	const look = failing ? "text-(--status-retrying-solid)" : held ? "" : "live-dot text-(--status-completed-solid)";
	return (
		<span role="status" className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-muted text-xs">
			{updatedAt === 0 && !failing ? null : <span aria-hidden className={`size-1.5 rounded-full bg-current ${look}`} />}
			{words({ failing, updatedAt, held })}
		</span>
	);
}

function words({ failing, updatedAt, held }: Required<StaleNoteProps>): string {
	if (updatedAt === 0) return failing ? "No answer" : "";
	if (failing) return `No answer, as of ${formatClock(updatedAt, serverNow())}`;
	return held ? "Held while rows are selected" : "Live";
}
