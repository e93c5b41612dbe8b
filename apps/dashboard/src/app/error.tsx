"use client";

import { CircleAlert, DatabaseZap } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { buttonClass } from "../components/button-class.ts";
import { Centre } from "../components/centre.tsx";
import { CopyDetails } from "../components/copy-details.tsx";
import { ErrorLine } from "../components/error-line.tsx";
import { RetryButton } from "../components/retry-button.tsx";

interface PageErrorProps {
	/** With a digest it is the server's, which keeps the message to itself. */
	readonly error: Error & { readonly digest?: string };
	reset(): void;
}

/** In the place of a page of which nothing can be shown. */
export default function PageError({ error, reset }: PageErrorProps) {
	const router = useRouter();
	const { digest } = error;
	const isServers = digest !== undefined;
	// What the server sent is asked for anew: without that the same answer would fail again.
	const retry = () =>
		startTransition(() => {
			router.refresh();
			reset();
		});
	return (
		<div className="flex flex-1 flex-col justify-center">
			<Centre
				icon={isServers ? <DatabaseZap size={18} /> : <CircleAlert size={18} />}
				title={isServers ? "This page could not be loaded" : "This page could not be shown"}
				isPage
			>
				<p role="alert">
					{isServers
						? "The database did not answer, or the dashboard failed. Its log says more."
						: "Something on it failed in this browser. Nothing that runs is affected."}
				</p>
				{isServers ? <p className="font-mono text-xs">Reference {digest}</p> : <ErrorLine error={error} />}
				<div className="flex flex-wrap justify-center gap-2">
					<RetryButton word="Retry" onRetry={retry} />
					<CopyDetails error={error} />
					<Link href="/instances" className={buttonClass("secondary", "md")}>
						All instances
					</Link>
				</div>
			</Centre>
		</div>
	);
}
