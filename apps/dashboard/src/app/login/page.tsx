import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ownPath } from "../../access/own-path.ts";
import { LoginForm } from "../../features/access/login-form.tsx";
import { currentGate } from "../../http-server/gate.ts";
import { frameAccess } from "../../server/page-access.ts";

export const metadata: Metadata = { title: "Sign in" };
export const dynamic = "force-dynamic";

interface PageProps {
	readonly searchParams: Promise<{ readonly next?: string | readonly string[] }>;
}

export default async function LoginPage({ searchParams }: PageProps) {
	const { next } = await searchParams;
	const path = ownPath(typeof next === "string" ? next : null);
	const { user } = await frameAccess();
	if (user !== null || currentGate().signIn === null) redirect(path);
	return <LoginForm next={path} />;
}
