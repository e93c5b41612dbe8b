"use client";

import { Menu } from "@base-ui/react/menu";
import { CopyPlus, Download, Ellipsis, GitCompareArrows, Link as LinkIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { buttonClass } from "../../components/button-class.ts";
import { toast, toastError } from "../../components/toast.tsx";
import type { InstanceState } from "../../server/wire.ts";
import { useDenial } from "../access/access-provider.tsx";
import { comparePath } from "../compare/compare-url.ts";
import { startPath } from "../start/start-url.ts";
import { instanceFile } from "./instance-file.ts";

interface MoreMenuProps {
	readonly state: InstanceState;
	readonly open: boolean;
	onOpenChange(open: boolean): void;
}

/** What is not needed every day. */
export function MoreMenu({ state, open, onOpenChange }: MoreMenuProps) {
	const router = useRouter();
	const noStart = useDenial("start");
	const { instance } = state.snapshot;
	return (
		<Menu.Root open={open} onOpenChange={onOpenChange}>
			<Menu.Trigger aria-label="More actions" className={buttonClass("secondary", "icon")}>
				<Ellipsis aria-hidden size={15} />
			</Menu.Trigger>
			<Menu.Portal>
				<Menu.Positioner sideOffset={6} align="end" className="z-50">
					<Menu.Popup className="pop min-w-48 rounded-card border border-line bg-raised p-1 shadow-pop">
						<Item
							icon={<CopyPlus aria-hidden size={14} />}
							unavailable={noStart}
							onClick={() => router.push(startPath(instance.workflow, instance.instanceId))}
						>
							Start a copy…
						</Item>
						<Item
							icon={<GitCompareArrows aria-hidden size={14} />}
							onClick={() => router.push(comparePath(instance.instanceId))}
						>
							Compare with…
						</Item>
						<Item icon={<LinkIcon aria-hidden size={14} />} onClick={() => void copyLink()}>
							Copy link
						</Item>
						<Item icon={<Download aria-hidden size={14} />} onClick={() => save(state)}>
							Download JSON
						</Item>
					</Menu.Popup>
				</Menu.Positioner>
			</Menu.Portal>
		</Menu.Root>
	);
}

interface ItemProps {
	readonly icon: ReactNode;
	/** Why it cannot be used. It stays in the list and says so. */
	readonly unavailable?: string | null;
	readonly children: ReactNode;
	onClick(): void;
}

function Item({ icon, unavailable = null, children, onClick }: ItemProps) {
	const isOff = unavailable !== null;
	return (
		<Menu.Item
			aria-disabled={isOff || undefined}
			closeOnClick={!isOff}
			onClick={isOff ? undefined : onClick}
			className="flex min-h-8 cursor-default items-center gap-2 rounded-control px-2 text-sm data-[highlighted]:bg-hover"
		>
			<span className="text-ink-muted">{icon}</span>
			<span className={isOff ? "max-w-60 py-1 text-ink-muted" : ""}>
				{children}
				{isOff ? <span className="block text-xs">{unavailable}</span> : null}
			</span>
		</Menu.Item>
	);
}

async function copyLink(): Promise<void> {
	try {
		await navigator.clipboard.writeText(location.href);
		toast({ title: "Link copied", text: "It leads to what you see now: view, node and tab." });
	} catch {
		toastError({ title: "The link could not be copied", text: "Copy it from the address bar." });
	}
}

function save(state: InstanceState): void {
	const { name, text } = instanceFile(state);
	const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	// The browser has taken the address by the next turn, and not always before.
	setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
