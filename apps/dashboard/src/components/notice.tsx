import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "./button-class.ts";

interface NoticeProps {
	readonly title: string;
	readonly children: ReactNode;
	readonly action?: { readonly href: string; readonly label: string };
	readonly extra?: ReactNode;
}

/** A page that has nothing to show but what happened, and the way out. */
export function Notice({ title, children, action, extra }: NoticeProps) {
	return (
		<div className="flex flex-1 flex-col items-center justify-center px-6 py-24 text-center">
			<h1 className="font-semibold text-xl">{title}</h1>
			<div className="mt-2 flex max-w-130 flex-col gap-1.5 text-ink-muted text-sm">{children}</div>
			<div className="mt-6 flex flex-wrap justify-center gap-2">
				{action === undefined ? null : (
					<Link href={action.href} className={buttonClass("secondary", "md")}>
						{action.label}
					</Link>
				)}
				{extra}
			</div>
		</div>
	);
}
