import { formatClock } from "../time/format.ts";
import { serverNow } from "../time/ticker.ts";

/** Whether what the page shows is still asked for, and answered. */
export function StaleNote({ failing, updatedAt }: { readonly failing: boolean; readonly updatedAt: number }) {
	return (
		<span role="status" className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-muted text-xs">
			<span
				aria-hidden
				className={`size-1.5 rounded-full bg-current ${failing ? "text-(--status-retrying-solid)" : "live-dot text-(--status-completed-solid)"}`}
			/>
			{failing ? `No answer, as of ${formatClock(updatedAt, serverNow())}` : "Live"}
		</span>
	);
}
