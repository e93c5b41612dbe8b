"use client";

import { LogIn } from "lucide-react";
import { useEffect, useState } from "react";
import { loginPath } from "../../access/own-path.ts";
import { useSignedOut } from "../../api/signed-out.ts";
import { buttonClass } from "../../components/button-class.ts";

/** The session has ended while the page was open. What is shown stays, and is as old as that. */
export function SignedOutNote() {
	const isSignedOut = useSignedOut();
	const [here, setHere] = useState("/");
	useEffect(() => {
		if (isSignedOut) setHere(location.pathname + location.search);
	}, [isSignedOut]);
	if (!isSignedOut) return null;
	return (
		<div
			role="alert"
			className="sticky top-0 z-30 flex flex-wrap items-center gap-x-3 gap-y-2 border-amber-line border-b bg-amber-soft px-4 py-2 text-amber-ink text-sm sm:px-6 print:hidden"
		>
			<span className="min-w-0 flex-1">
				<strong className="font-semibold">You are signed out.</strong> This page shows what was last known.
			</span>
			<a href={loginPath(here)} className={buttonClass("primary", "sm")}>
				<LogIn aria-hidden size={13} />
				Sign in
			</a>
		</div>
	);
}
