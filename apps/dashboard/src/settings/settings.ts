"use client";

import { useSyncExternalStore } from "react";
import { setReaderZone } from "../time/reader-zone.ts";
import { STYLED } from "./first-paint.ts";

/** What a reader has chosen for this browser. Kept there and nowhere else. */
export interface Settings {
	/** `local`, `UTC`, or an IANA name. */
	readonly timeZone: string;
	readonly density: "compact" | "normal" | "comfortable";
	readonly motion: "system" | "reduce";
	/** Stronger marks beside every colour. */
	readonly colour: "normal" | "distinct";
	readonly rail: "narrow" | "wide";
	/** What an instance opens with where its address does not say; `auto`: whichever fits. */
	readonly view: "auto" | "graph" | "timeline";
	/** What assistive technology is told of changes that nobody asked for. */
	readonly announce: Announced;
}

/** `important`: status and failures, no progress. */
export type Announced = "all" | "important" | "none";

const DEFAULTS: Settings = {
	timeZone: "local",
	density: "normal",
	motion: "system",
	colour: "normal",
	rail: "narrow",
	view: "auto",
	announce: "all",
};

const CHOICES: { readonly [K in Exclude<keyof Settings, "timeZone">]: readonly Settings[K][] } = {
	density: ["compact", "normal", "comfortable"],
	motion: ["system", "reduce"],
	colour: ["normal", "distinct"],
	rail: ["narrow", "wide"],
	view: ["auto", "graph", "timeline"],
	announce: ["all", "important", "none"],
};

const listeners = new Set<() => void>();
let current: Settings | null = null;

export function readSettings(): Settings {
	if (current === null) {
		current = stored();
		apply(current);
	}
	return current;
}

export function changeSettings(change: Partial<Settings>): void {
	current = { ...readSettings(), ...change };
	for (const name of Object.keys(change) as (keyof Settings)[]) store(name, current[name], DEFAULTS[name]);
	apply(current);
	for (const listener of listeners) listener();
}

/** The defaults while the server renders and in the first client render, so that both agree. */
export function useSettings(): Settings {
	return useSyncExternalStore(onSettings, readSettings, () => DEFAULTS);
}

function onSettings(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

function stored(): Settings {
	const read = <K extends keyof typeof CHOICES>(name: K): Settings[K] => {
		const value = item(name);
		const known: readonly string[] = CHOICES[name];
		return value !== null && known.includes(value) ? (value as Settings[K]) : DEFAULTS[name];
	};
	const zone = item("timeZone");
	return {
		timeZone: zone !== null && isTimeZone(zone) ? zone : DEFAULTS.timeZone,
		density: read("density"),
		motion: read("motion"),
		colour: read("colour"),
		rail: read("rail"),
		view: read("view"),
		announce: read("announce"),
	};
}

export function isTimeZone(zone: string): boolean {
	if (zone === "local") return true;
	try {
		new Intl.DateTimeFormat("en", { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}

function item(name: string): string | null {
	try {
		return localStorage.getItem(`waymark.${name}`);
	} catch {
		return null;
	}
}

function store(name: string, value: string, standard: string): void {
	try {
		if (value === standard) localStorage.removeItem(`waymark.${name}`);
		else localStorage.setItem(`waymark.${name}`, value);
	} catch {
		// Storage is closed to us: the choice holds for this page only.
	}
}

function apply(settings: Settings): void {
	setReaderZone(settings.timeZone === "local" ? undefined : settings.timeZone);
	for (const name of STYLED) {
		if (settings[name] === DEFAULTS[name]) delete document.documentElement.dataset[name];
		else document.documentElement.dataset[name] = settings[name];
	}
}
