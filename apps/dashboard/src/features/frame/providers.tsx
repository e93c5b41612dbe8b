"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { isSignedOut } from "../../api/fetch-json.ts";
import { ToastHost } from "../../components/toast.tsx";

/** Once more, unless asking again changes nothing; then the query would wait with its failure until it may. */
function again(failures: number, error: Error): boolean {
	return failures < 1 && !isSignedOut(error);
}

export function Providers({ nonce, children }: { readonly nonce: string; readonly children: ReactNode }) {
	const [client] = useState(
		() => new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: again, networkMode: "always" } } }),
	);
	return (
		<CSPProvider nonce={nonce}>
			<QueryClientProvider client={client}>
				<NuqsAdapter>
					{children}
					<ToastHost />
				</NuqsAdapter>
			</QueryClientProvider>
		</CSPProvider>
	);
}
