"use client";

import { Popover } from "../../components/popover.tsx";
import { changeSettings, useSettings } from "../../settings/settings.ts";
import { COLUMNS, toggleColumn, useColumns } from "./columns.ts";

const DENSITIES = ["compact", "normal", "comfortable"] as const;

/** Which columns show, and how high a row is. */
export function ColumnMenu() {
	const shown = useColumns();
	const { density } = useSettings();
	return (
		<Popover label="Columns" name="Columns and density">
			<fieldset className="p-1">
				<legend className="px-1 pb-1 text-ink-muted text-xs">Columns</legend>
				{COLUMNS.map(({ id, word }) => (
					<label key={id} className="flex h-7 items-center gap-2 rounded-control px-1 text-sm hover:bg-hover">
						<input type="checkbox" checked={shown.includes(id)} onChange={() => toggleColumn(id)} />
						{word}
					</label>
				))}
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
