"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { ToastHost } from "../../components/toast.tsx";

export function Providers({ nonce, children }: { readonly nonce: string; readonly children: ReactNode }) {
	const [client] = useState(
		() => new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: 1, networkMode: "always" } } }),
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
