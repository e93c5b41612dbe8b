import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { AccessProvider } from "../features/access/access-provider.tsx";
import { Frame } from "../features/frame/frame.tsx";
import { Providers } from "../features/frame/providers.tsx";
import { THEME_SCRIPT } from "../features/frame/theme.ts";
import { SETTINGS_SCRIPT } from "../settings/first-paint.ts";
import "./globals.css";
import { frameAccess } from "../server/page-access.ts";

export const metadata: Metadata = {
	title: { default: "Waymark", template: "%s · Waymark" },
	description: "Durable workflows that you can see.",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
	const access = await frameAccess();
	const nonce = (await headers()).get("x-nonce") ?? "";
	return (
		<html lang="en" suppressHydrationWarning>
			<head>
				{/* Before anything is painted: otherwise a reader who chose a theme sees the other one first. */}
				<script nonce={nonce} suppressHydrationWarning>
					{THEME_SCRIPT + SETTINGS_SCRIPT}
				</script>
			</head>
			<body>
				<Providers nonce={nonce}>
					<AccessProvider access={access}>
						<Frame>{children}</Frame>
					</AccessProvider>
				</Providers>
			</body>
		</html>
	);
}
