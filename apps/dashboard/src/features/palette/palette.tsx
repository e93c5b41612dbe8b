"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { useRouter } from "next/navigation";
import { useDeferredValue, useMemo, useState } from "react";
import { visibleText } from "../../components/visible-text.ts";
import { Keys } from "../shortcuts/shortcut-sheet.tsx";
import { answers, type PaletteGroup, type PaletteItem } from "./palette-items.ts";
import { NODES_GROUP, openPalette, useOffer, usePaletteOpen } from "./palette-store.ts";
import { useFound } from "./use-found.ts";
import { useStandingGroups } from "./use-standing-groups.ts";

const MOST = 8;

interface PaletteProps {
	onSheet(): void;
}

/** Jump by id, workflow, node or page, and act: everything by name, without knowing where it stands. */
export function Palette({ onSheet }: PaletteProps) {
	const isOpen = usePaletteOpen();
	return (
		<Dialog.Root open={isOpen} onOpenChange={openPalette}>
			<Dialog.Portal>
				<Dialog.Backdrop className="fade fixed inset-0 z-40 bg-overlay" />
				<Dialog.Popup
					aria-label="Search, jump, act"
					className="pop fixed inset-x-4 top-[10vh] z-50 mx-auto flex max-h-[70vh] max-w-150 flex-col overflow-hidden rounded-dialog border border-line bg-raised shadow-pop"
				>
					<PaletteBody onSheet={onSheet} />
				</Dialog.Popup>
			</Dialog.Portal>
		</Dialog.Root>
	);
}

function PaletteBody({ onSheet }: PaletteProps) {
	const router = useRouter();
	const [query, setQuery] = useState("");
	const asked = useDeferredValue(query.trim());
	const go = (path: string) => router.push(path);
	const offer = useOffer();
	const offered = useMemo(() => offer(), [offer]);
	const hasNodes = offered.some(({ value }) => value === NODES_GROUP);
	const standing = useStandingGroups(go, onSheet);
	const found = useFound(asked, go);
	const groups = useMemo(
		() => [...answers([...offered, ...standing], asked, MOST), ...found],
		[offered, standing, found, asked],
	);
	const run = (item: PaletteItem) => {
		openPalette(false);
		item.run();
	};
	return (
		<Autocomplete.Root
			items={groups}
			open
			inline
			mode="none"
			autoHighlight="always"
			keepHighlight
			value={query}
			onValueChange={(next, { reason }) => {
				// Choosing an item would write its name into the field.
				if (reason !== "item-press") setQuery(next);
			}}
			itemToStringValue={(item: PaletteItem) => item.title}
		>
			<Autocomplete.Input
				aria-label="Search or jump to"
				placeholder="Search or jump to…"
				spellCheck={false}
				className="h-12 w-full shrink-0 border-line border-b bg-transparent px-4 text-base outline-none placeholder:text-ink-faint"
			/>
			<Autocomplete.Empty className="px-4 py-6 text-center text-ink-muted text-sm empty:hidden">
				Nothing answers to that. Type an instance's id, a workflow{hasNodes ? ", a node of this instance" : ""} or what
				you want to do.{hasNodes ? "" : " Nodes are found on the page of their instance."}
			</Autocomplete.Empty>
			<Autocomplete.List className="min-h-0 overflow-y-auto p-1.5 empty:hidden">
				{(group: PaletteGroup) => (
					<Autocomplete.Group key={group.value} items={group.items} className="mb-1">
						<Autocomplete.GroupLabel className="px-2 py-1 font-medium text-ink-faint text-xs">
							{group.value}
						</Autocomplete.GroupLabel>
						<Autocomplete.Collection>
							{(item: PaletteItem) => (
								<Autocomplete.Item
									key={item.id}
									value={item}
									onClick={() => run(item)}
									className="flex h-9 cursor-default items-center gap-2.5 rounded-control px-2 text-sm data-[highlighted]:bg-pressed"
								>
									<item.Icon aria-hidden size={15} className="shrink-0 text-ink-muted" />
									<span className="min-w-0 truncate">{visibleText(item.title)}</span>
									<span className="min-w-0 flex-1 truncate text-ink-muted text-xs">{visibleText(item.detail)}</span>
									{item.keys === undefined ? null : (
										<span aria-hidden className="shrink-0">
											<Keys keys={item.keys} />
										</span>
									)}
								</Autocomplete.Item>
							)}
						</Autocomplete.Collection>
					</Autocomplete.Group>
				)}
			</Autocomplete.List>
		</Autocomplete.Root>
	);
}
