"use client";

import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { INPUT_CLASS } from "../../components/field.tsx";
import { Popover } from "../../components/popover.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { filterQuery, isFiltered, type ListFilters, NO_FILTERS } from "./list-filters.ts";
import { BUILT_IN, forgetView, saveView, useOwnViews, type View } from "./saved-views.ts";

interface ViewMenuProps {
	readonly filters: ListFilters;
	onChoose(filters: ListFilters): void;
}

/** Filters under a name: those that everybody needs, and the reader's own. */
export function ViewMenu({ filters, onChoose }: ViewMenuProps) {
	const own = useOwnViews();
	const [name, setName] = useState("");
	const query = filterQuery(filters);
	const current = [...own, ...BUILT_IN].find((view) => filterQuery(view.filters) === query);
	const label = current === undefined ? (query === "" ? "All instances" : "Own filters") : visibleText(current.name);
	const save = (event: FormEvent) => {
		event.preventDefault();
		if (name.trim() === "") return;
		saveView({ name: name.trim().slice(0, 60), filters });
		setName("");
	};
	return (
		<Popover label={`View: ${label}`} name={`View: ${label}`} active={current !== undefined}>
			<ViewItem view={{ name: "All instances", filters: NO_FILTERS }} here={query} onChoose={onChoose} />
			{BUILT_IN.map((view) => (
				<ViewItem key={view.name} view={view} here={query} onChoose={onChoose} />
			))}
			{own.length === 0 ? null : <p className="px-2 pt-2 pb-1 text-ink-muted text-xs">Yours, in this browser</p>}
			{own.map((view) => (
				<div key={view.name} className="flex items-center">
					<ViewItem view={view} here={query} onChoose={onChoose} />
					<button
						type="button"
						aria-label={`Forget the view ${visibleText(view.name)}`}
						onClick={() => forgetView(view.name)}
						className="inline-flex size-7 items-center justify-center rounded-control text-ink-faint hover:bg-hover hover:text-ink"
					>
						<Trash2 aria-hidden size={13} />
					</button>
				</div>
			))}
			{isFiltered(filters) && current === undefined ? (
				<form onSubmit={save} className="mt-1 flex gap-1.5 border-line border-t p-2">
					<input
						aria-label="Name of the view"
						placeholder="Save as…"
						maxLength={60}
						value={name}
						onChange={(event) => setName(event.target.value)}
						className={`${INPUT_CLASS} h-7`}
					/>
					<Button type="submit" size="sm">
						Save
					</Button>
				</form>
			) : null}
		</Popover>
	);
}

interface ViewItemProps {
	readonly view: View;
	readonly here: string;
	onChoose(filters: ListFilters): void;
}

function ViewItem({ view, here, onChoose }: ViewItemProps) {
	return (
		<button
			type="button"
			aria-current={filterQuery(view.filters) === here || undefined}
			onClick={(event) => {
				event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
				onChoose(view.filters);
			}}
			className="flex h-8 w-full min-w-0 items-center rounded-control px-2 text-left text-sm hover:bg-hover aria-[current]:bg-pressed"
		>
			<span className="truncate">{visibleText(view.name)}</span>
		</button>
	);
}
