import Link from "next/link";
import { Fragment, type ReactNode } from "react";

export interface Crumb {
	readonly label: ReactNode;
	/** Null: the page itself. */
	readonly href: string | null;
	/** An id rather than a word. */
	readonly mono?: boolean;
	/** What a narrow screen does without. */
	readonly wideOnly?: boolean;
}

/** Where the page stands, from the outside in. */
export function Breadcrumb({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
	return (
		<nav aria-label="Breadcrumb" className="min-w-0 flex-1">
			<ol className="flex items-center gap-1.5 text-sm">
				{crumbs.map(({ label, href, mono = false, wideOnly = false }, at) => {
					const hidden = wideOnly ? "hidden md:block" : "";
					const font = mono ? "font-mono text-xs" : "";
					return (
						<Fragment key={href ?? "here"}>
							{at > 0 && (
								<li aria-hidden className={`text-ink-faint ${hidden}`}>
									/
								</li>
							)}
							<li
								aria-current={href === null ? "page" : undefined}
								className={`${at === 0 ? "shrink-0" : "min-w-0 truncate"} ${font} ${hidden}`}
							>
								{href === null ? (
									label
								) : (
									<Link href={href} className="text-ink-muted hover:text-ink">
										{label}
									</Link>
								)}
							</li>
						</Fragment>
					);
				})}
			</ol>
		</nav>
	);
}
