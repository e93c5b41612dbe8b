import { expect, it } from "vitest";
import { confirmsWith } from "./confirm-key.ts";

/** What a press does: whether it confirms, and whether the browser's own answer to it is prevented. */
function pressed(changes: Readonly<Record<string, unknown>>): { confirmed: boolean; prevented: boolean } {
	const told = { confirmed: false, prevented: false };
	const press = { key: "Enter", ctrlKey: false, metaKey: false, altKey: false, repeat: false, defaultPrevented: false };
	confirmsWith(() => {
		told.confirmed = true;
	})({
		...press,
		...changes,
		preventDefault: () => {
			told.prevented = true;
		},
	});
	return told;
}

it("confirms with Ctrl+Enter and with Command+Enter, in place of the button that has the focus", () => {
	expect(pressed({ ctrlKey: true })).toEqual({ confirmed: true, prevented: true });
	expect(pressed({ metaKey: true })).toEqual({ confirmed: true, prevented: true });
});

it("leaves Enter alone, other keys with Ctrl, and what somebody else has answered", () => {
	expect(pressed({})).toEqual({ confirmed: false, prevented: false });
	expect(pressed({ ctrlKey: true, key: "a" })).toEqual({ confirmed: false, prevented: false });
	expect(pressed({ ctrlKey: true, altKey: true })).toEqual({ confirmed: false, prevented: false });
	expect(pressed({ ctrlKey: true, defaultPrevented: true })).toEqual({ confirmed: false, prevented: false });
});

it("confirms nothing with a key that is only held down", () => {
	expect(pressed({ ctrlKey: true, repeat: true })).toEqual({ confirmed: false, prevented: true });
});
