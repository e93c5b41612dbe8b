import { useCallback, useState } from "react";

/** A choice that the browser keeps, as far as it lets us. Only for parts that are never rendered on the server. */
export function useRemembered<Value extends string>(
	key: string,
	values: readonly Value[],
	otherwise: Value,
): readonly [Value, (next: Value) => void] {
	const [value, setValue] = useState<Value>(() => values.find((one) => one === read(key)) ?? otherwise);
	const choose = useCallback(
		(next: Value) => {
			setValue(next);
			write(key, next);
		},
		[key],
	);
	return [value, choose];
}

function read(key: string): string | null {
	try {
		return localStorage.getItem(`waymark.${key}`);
	} catch {
		return null;
	}
}

function write(key: string, value: string): void {
	try {
		localStorage.setItem(`waymark.${key}`, value);
	} catch {
		// Storage is closed to us: the choice holds for this page only.
	}
}
