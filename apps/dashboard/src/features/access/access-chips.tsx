"use client";

import { CircleUser, Lock, LogOut } from "lucide-react";
import { useState } from "react";
import { postJson } from "../../api/fetch-json.ts";
import { toastError } from "../../components/toast.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { useAccess } from "./access-provider.tsx";

const CHIP = "inline-flex h-6 min-w-0 items-center gap-1.5 whitespace-nowrap rounded-full border px-2 text-xs";

interface AccessChipsProps {
	/** Where a narrow screen has no room for words: icons alone, if there are two. */
	readonly isTight?: boolean;
}

/** At the right end of every page's head: that nothing is changed here, and who is signed in. Nothing where all may all. */
export function AccessChips({ isTight = false }: AccessChipsProps) {
	const { readOnly, user } = useAccess();
	if (!readOnly && user === null) return null;
	const quiet = isTight ? "max-sm:sr-only" : "";
	return (
		<span data-access className="inline-flex min-w-0 shrink-0 items-center gap-1.5 print:hidden">
			{readOnly ? (
				<span
					title="Read-only: this dashboard changes nothing."
					className={`${CHIP} border-amber-line bg-amber-soft text-amber-ink`}
				>
					<Lock aria-hidden size={12} />
					<span className={user === null ? "" : quiet}>Read-only</span>
				</span>
			) : null}
			{user === null ? null : (
				<>
					<span title={`Signed in as ${user.name}, ${user.role}`} className={`${CHIP} border-line text-ink-muted`}>
						<CircleUser aria-hidden size={13} className="shrink-0" />
						<span className="sr-only">Signed in as </span>
						<span className={`inline-flex min-w-0 gap-1.5 ${quiet}`}>
							<span className="max-w-40 truncate text-ink max-sm:max-w-24">{visibleText(user.name)}</span>
							<span>
								<span className="sr-only">, </span>
								{user.role}
							</span>
						</span>
					</span>
					<SignOut />
				</>
			)}
		</span>
	);
}

function SignOut() {
	const [isBusy, setBusy] = useState(false);
	const leave = async () => {
		setBusy(true);
		try {
			await postJson("/api/session/end", {});
			location.assign("/login");
		} catch (error) {
			setBusy(false);
			const text = error instanceof Error ? error.message : "Try again.";
			toastError({ title: "You are still signed in", text });
		}
	};
	return (
		<button
			type="button"
			aria-label="Sign out"
			title="Sign out"
			aria-busy={isBusy || undefined}
			onClick={() => void leave()}
			className="grid size-7 shrink-0 place-items-center rounded-control text-ink-muted hover:bg-hover hover:text-ink"
		>
			<LogOut aria-hidden size={15} />
		</button>
	);
}
