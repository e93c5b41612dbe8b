import { Trash2 } from "lucide-react";
import Link from "next/link";

/** Above what was last known of an instance that was deleted while its page was open. */
export function GoneBanner() {
	return (
		<section
			aria-label="Deleted"
			className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-amber-line bg-amber-soft px-3 py-2.5 text-amber-ink text-sm"
		>
			<Trash2 aria-hidden size={16} className="mt-0.5 shrink-0 self-start" />
			<p role="alert" className="min-w-0 flex-1 basis-64">
				<strong className="font-semibold">This instance was deleted.</strong> You see what was last known of it; a value
				that is not on the page already cannot be fetched any more.
			</p>
			<Link href="/instances" className="inline-flex min-h-6 items-center font-medium underline max-sm:ml-7">
				All instances
			</Link>
		</section>
	);
}
