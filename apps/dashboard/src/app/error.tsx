"use client";

import { Button } from "../components/button.tsx";
import { CopyDetails } from "../components/copy-details.tsx";
import { Notice } from "../components/notice.tsx";

export default function PageError({ error, reset }: { readonly error: Error & { digest?: string }; reset(): void }) {
	return (
		<Notice
			title="This page could not be loaded"
			action={{ href: "/instances", label: "All instances" }}
			extra={
				<>
					<CopyDetails error={error} />
					<Button variant="primary" onClick={reset}>
						Retry
					</Button>
				</>
			}
		>
			<p role="alert">The database did not answer, or the dashboard failed. Its log says more.</p>
			{error.digest === undefined ? null : <p className="font-mono text-xs">Reference {error.digest}</p>}
		</Notice>
	);
}
