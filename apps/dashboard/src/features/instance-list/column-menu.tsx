"use client";

import { ChevronDown, ChevronUp, GripVertical, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { Popover } from "../../components/popover.tsx";
import { changeSettings, useSettings } from "../../settings/settings.ts";
import { COLUMNS, type ColumnId, moveColumn, readColumns, toggleColumn, useColumns, wordOf } from "./columns.ts";
import { useRowDrag } from "./use-row-drag.ts";

const DENSITIES = ["compact", "normal", "comfortable"] as const;

/** Which columns show, in which order, and how high a row is. */
export function ColumnMenu() {
	const shown = useColumns();
	const { density } = useSettings();
	const [said, setSaid] = useState("");
	const inOrder = COLUMNS.toSorted((a, b) => placeOf(shown, a.id) - placeOf(shown, b.id));
	const move = (id: ColumnId, word: string, by: -1 | 1) => {
		const to = Math.min(Math.max(shown.indexOf(id) + by, 0), shown.length - 1);
		moveColumn(id, by);
		setSaid(`${word} is column ${to + 1} of ${shown.length}`);
	};
	const { list, dragged, begin } = useRowDrag((id) => {
		const at = readColumns().indexOf(id);
		setSaid(`${wordOf(id)} is column ${at + 1} of ${shown.length}`);
	});
	return (
		<Popover label="Columns" name="Columns and density">
			<fieldset ref={list} className="p-1">
				<legend className="px-1 pb-1 text-ink-muted text-xs">Columns</legend>
				{inOrder.map(({ id, word }) => {
					const at = shown.indexOf(id);
					return (
						<div
							key={id}
							data-column={at < 0 ? undefined : id}
							data-dragged={dragged === id || undefined}
							className="flex min-h-7 items-center rounded-control hover:bg-hover data-dragged:bg-pressed data-dragged:shadow-pop"
						>
							<label className="flex flex-1 items-center gap-2 px-1 text-sm">
								<input type="checkbox" checked={at >= 0} onChange={() => toggleColumn(id)} />
								{word}
							</label>
							{at < 0 ? null : (
								<>
									<MoveButton name={`Move ${word} up`} icon={ChevronUp} onMove={() => move(id, word, -1)} />
									<MoveButton name={`Move ${word} down`} icon={ChevronDown} onMove={() => move(id, word, 1)} />
									{/* The buttons do the same without a pointer. */}
									<span
										aria-hidden
										title={`Drag ${word} to its place`}
										onPointerDown={begin(id, at)}
										className={`inline-flex size-7 touch-none items-center justify-center text-ink-faint ${dragged === null ? "cursor-grab" : "cursor-grabbing"}`}
									>
										<GripVertical size={14} />
									</span>
								</>
							)}
						</div>
					);
				})}
				<p role="status" className="sr-only">
					{said}
				</p>
			</fieldset>
			<fieldset className="border-line border-t p-1">
				<legend className="sr-only">Density</legend>
				{DENSITIES.map((each) => (
					<label
						key={each}
						className="flex h-7 items-center gap-2 rounded-control px-1 text-sm capitalize hover:bg-hover"
					>
						<input
							type="radio"
							name="density"
							checked={density === each}
							onChange={() => changeSettings({ density: each })}
						/>
						{each}
					</label>
				))}
			</fieldset>
		</Popover>
	);
}

/** Hidden ones stand behind those that show. */
function placeOf(shown: readonly ColumnId[], id: ColumnId): number {
	const at = shown.indexOf(id);
	return at < 0 ? COLUMNS.length : at;
}

interface MoveButtonProps {
	readonly name: string;
	readonly icon: LucideIcon;
	onMove(): void;
}

function MoveButton({ name, icon: Icon, onMove }: MoveButtonProps) {
	return (
		<button
			type="button"
			aria-label={name}
			title={name}
			onClick={onMove}
			className="inline-flex size-7 items-center justify-center rounded-control text-ink-faint hover:bg-pressed hover:text-ink"
		>
			<Icon aria-hidden size={14} />
		</button>
	);
}
