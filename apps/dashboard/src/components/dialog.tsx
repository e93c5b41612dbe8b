"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";
import { confirmsWith } from "./confirm-key.ts";

interface DialogProps {
	readonly open: boolean;
	onOpenChange(open: boolean): void;
	readonly title: ReactNode;
	readonly description?: ReactNode;
	/** What gets the focus first: the safe choice. */
	readonly initialFocus?: RefObject<HTMLElement | null>;
	/** What Ctrl+Enter and ⌘Enter do: the same as the button that confirms, its refusals included. Absent: there is none. */
	onConfirm?(): void;
	readonly children: ReactNode;
	readonly footer: ReactNode;
}

/** A modal question. Focus is kept inside and goes back to where it came from. */
export function Dialog({ open, onOpenChange, title, description, initialFocus, onConfirm, ...parts }: DialogProps) {
	return (
		<Base.Root open={open} onOpenChange={onOpenChange}>
			<Base.Portal>
				<Base.Backdrop className="fade fixed inset-0 z-40 bg-overlay" />
				<Base.Popup
					{...(initialFocus === undefined ? {} : { initialFocus })}
					{...(onConfirm === undefined ? {} : { onKeyDown: confirmsWith(onConfirm) })}
					className="pop fixed inset-x-4 top-[12vh] z-50 mx-auto flex max-h-[76vh] max-w-[480px] flex-col rounded-dialog border border-line bg-raised shadow-pop"
				>
					<div className="overflow-y-auto px-5 pt-5 pb-4">
						<Base.Title className="break-words font-semibold text-lg">{title}</Base.Title>
						{description === undefined ? null : (
							<Base.Description className="mt-1.5 text-ink-muted text-sm">{description}</Base.Description>
						)}
						<div className="mt-4 flex flex-col gap-4">{parts.children}</div>
					</div>
					<div className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">{parts.footer}</div>
				</Base.Popup>
			</Base.Portal>
		</Base.Root>
	);
}
