"use client";

import { type ReactNode, useId, useState } from "react";
import { INPUT_CLASS } from "../../components/field.tsx";
import type { AccessOverview } from "../../server/wire.ts";
import { changeSettings, isTimeZone, type Settings, useSettings } from "../../settings/settings.ts";
import { formatFull } from "../../time/format.ts";
import { LiveText } from "../../time/live-text.tsx";
import { AccessSettings, HidingSettings } from "../access/access-settings.tsx";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { setTheme, type Theme } from "../frame/theme.ts";
import { useTheme } from "../frame/theme-button.tsx";
import { setShortcuts, useShortcutsOn } from "../shortcuts/preference.ts";

/** Everything a reader may choose. It holds for this browser, and at once. */
export function SettingsForm({ access }: { readonly access: AccessOverview }) {
	const settings = useSettings();
	const theme = useTheme();
	const hasShortcuts = useShortcutsOn();
	return (
		<Page>
			<PageHeader title="Settings" note="kept in this browser" />
			<div className="flex max-w-160 flex-col gap-6">
				<Choice
					legend="Theme"
					value={theme}
					options={{ system: "As the system", light: "Light", dark: "Dark" } satisfies Record<Theme, string>}
					onChange={setTheme}
				/>
				<TimeZone zone={settings.timeZone} />
				<Choice
					legend="Height of rows"
					value={settings.density}
					options={{ compact: "Compact", normal: "Normal", comfortable: "Comfortable" }}
					onChange={(density) => changeSettings({ density })}
				/>
				<Choice
					legend="Navigation"
					value={settings.rail}
					options={{ narrow: "Icons", wide: "Icons and words" }}
					onChange={(rail) => changeSettings({ rail })}
				/>
				<Choice
					legend="Instances open with"
					note="What you choose on the page of an instance is remembered here. A link that names a view wins."
					value={settings.view}
					options={{
						auto: "Whichever fits: the timeline above 300 cards",
						graph: "The graph",
						timeline: "The timeline",
					}}
					onChange={(view) => changeSettings({ view })}
				/>
				<Choice
					legend="Tell screen readers of changes"
					note="What happens on the page of an instance by itself. Answers to what you do are always told."
					value={settings.announce}
					options={{ all: "All", important: "Only status and failures", none: "None" }}
					onChange={(announce) => changeSettings({ announce })}
				/>
				<fieldset className="flex flex-col gap-2">
					<legend className="mb-2 font-medium text-sm">Seeing and operating</legend>
					<Check
						checked={settings.motion === "reduce"}
						note="Nothing spins, slides or flashes, whatever the system says."
						onChange={(on) => changeSettings({ motion: on ? "reduce" : "system" })}
					>
						Reduce motion
					</Check>
					<Check
						checked={settings.colour === "distinct"}
						note="Status is told by icon, word and pattern; all labels have one colour."
						onChange={(on) => changeSettings({ colour: on ? "distinct" : "normal" })}
					>
						Distinguish without colour
					</Check>
					<Check
						checked={hasShortcuts}
						note="Keys such as / and [ act without a modifier. Switch them off if you dictate."
						onChange={setShortcuts}
					>
						Single-key shortcuts
					</Check>
				</fieldset>
				<AccessSettings access={access} />
				<HidingSettings hides={access.hides} />
			</div>
		</Page>
	);
}

interface ChoiceProps<T extends string> {
	readonly legend: string;
	readonly note?: string;
	readonly value: T;
	readonly options: Readonly<Record<T, string>>;
	onChange(value: T): void;
}

function Choice<T extends string>({ legend, note, value, options, onChange }: ChoiceProps<T>) {
	const name = useId();
	return (
		<fieldset aria-describedby={note === undefined ? undefined : `${name}-note`}>
			<legend className="mb-2 font-medium text-sm">{legend}</legend>
			<div className="flex flex-wrap gap-x-5 gap-y-2">
				{(Object.entries(options) as [T, string][]).map(([option, word]) => (
					<label key={option} className="inline-flex min-h-6 items-center gap-2 text-sm">
						<input type="radio" name={name} checked={value === option} onChange={() => onChange(option)} />
						{word}
					</label>
				))}
			</div>
			{note === undefined ? null : (
				<p id={`${name}-note`} className="mt-1 text-ink-muted text-xs">
					{note}
				</p>
			)}
		</fieldset>
	);
}

interface CheckProps {
	readonly checked: boolean;
	readonly note: string;
	onChange(on: boolean): void;
	readonly children: ReactNode;
}

function Check({ checked, note, onChange, children }: CheckProps) {
	const id = useId();
	return (
		<div className="flex items-start gap-2 text-sm">
			<input
				id={id}
				type="checkbox"
				aria-describedby={`${id}-note`}
				checked={checked}
				onChange={(event) => onChange(event.target.checked)}
				className="mt-1"
			/>
			<span>
				<label htmlFor={id}>{children}</label>
				<span id={`${id}-note`} className="block text-ink-muted text-xs">
					{note}
				</span>
			</span>
		</div>
	);
}

/** Local, UTC, or any zone by its name. */
function TimeZone({ zone }: { readonly zone: Settings["timeZone"] }) {
	const id = useId();
	const [text, setText] = useState<string | null>(null);
	const shown = text ?? (zone === "local" || zone === "UTC" ? "" : zone);
	const known = shown === "" || isTimeZone(shown);
	const kind = zone === "local" || zone === "UTC" ? zone : "named";
	return (
		<div>
			<Choice
				legend="Times are shown in"
				value={kind}
				options={{ local: "The zone of this machine", UTC: "UTC", named: "Another zone" }}
				onChange={(next) => {
					setText(null);
					changeSettings({ timeZone: next === "named" ? "Europe/Berlin" : next });
				}}
			/>
			{kind === "named" || text !== null ? (
				<div className="mt-2 flex flex-col gap-1">
					<label htmlFor={id} className="text-ink-muted text-xs">
						Name of the zone
					</label>
					<input
						id={id}
						aria-describedby={`${id}-note`}
						aria-invalid={!known}
						list={`${id}-zones`}
						value={shown}
						onChange={(event) => {
							setText(event.target.value);
							if (event.target.value !== "" && isTimeZone(event.target.value))
								changeSettings({ timeZone: event.target.value });
						}}
						className={`${INPUT_CLASS} max-w-70`}
					/>
					<datalist id={`${id}-zones`}>
						{Intl.supportedValuesOf("timeZone").map((name) => (
							<option key={name} value={name} />
						))}
					</datalist>
					<p id={`${id}-note`} className="text-ink-muted text-xs">
						{known ? "Such as Asia/Tokyo." : "There is no such zone."}
					</p>
				</div>
			) : null}
			<p className="mt-2 text-ink-muted text-xs">
				<LiveText text={(now) => `Now: ${formatFull(now, zone === "local" ? undefined : zone)}`} />
			</p>
		</div>
	);
}
