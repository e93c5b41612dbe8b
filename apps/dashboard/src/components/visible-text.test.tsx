import { describe, expect, it } from "vitest";
import { middleTruncate } from "./middle-truncate.tsx";
import { visibleLines, visibleText } from "./visible-text.ts";

describe("text from outside", () => {
	it("shows what could hide in it", () => {
		expect(visibleText("a\u202eb")).toBe("a\\u202eb");
		expect(visibleText("pay\u200bpal")).toBe("pay\\u200bpal");
		expect(visibleText("a\u0000\r\n\u001b[31m")).toBe("a\\u0000\\u000d\\u000a\\u001b[31m");
		expect(visibleText("\ud800")).toBe("\\ud800");
		expect(visibleText("\u{e0041}")).toBe("\\u{e0041}");
	});

	it("leaves honest text alone, whatever its script", () => {
		for (const text of ["order-42", "注文", "طلب", "né", "👩‍🚀 ok", "<b>"]) expect(visibleText(text)).toBe(text);
	});

	it("keeps line breaks and tabs where lines are shown", () => {
		expect(visibleLines("a\r\n\tb\u202e")).toBe("a\n\tb\\u202e");
	});
});

describe("middleTruncate", () => {
	it("keeps both ends, within the limit", () => {
		expect(middleTruncate("charge_card_and_more_retry", 13)).toBe("charge…_retry");
		expect([...middleTruncate("x".repeat(300), 36)]).toHaveLength(36);
	});

	it("leaves short text as it is and never cuts a character in two", () => {
		expect(middleTruncate("order-1", 7)).toBe("order-1");
		expect(middleTruncate("🚀🚀🚀🚀🚀", 3)).toBe("🚀…🚀");
		expect(middleTruncate("abc", 1)).toBe("…");
	});
});
