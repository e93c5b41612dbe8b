import { expect, it, vi } from "vitest";
import { ApiError, toApiError } from "./api-error.ts";

it("writes what was not foreseen to the log under the reference that it answers with, and shows nothing of it", () => {
	const log = vi.spyOn(process.stderr, "write").mockReturnValue(true);
	const error = toApiError(new Error("password=hunter2"));
	const written = String(log.mock.calls[0]?.[0]);
	log.mockRestore();
	expect(error.reference).toMatch(/^[0-9a-f]{8}$/);
	expect(written).toContain(`dashboard: ${error.reference} Error: password=••••`);
	expect(error.body().error).toEqual({ code: "Internal", message: error.message, reference: error.reference });
	expect(error.message).not.toContain("hunter2");
});

it("passes a refusal on as it is, without a reference", () => {
	const refusal = new ApiError("JobNotFound", "There is no such job. Look in the list.");
	expect(toApiError(refusal)).toBe(refusal);
	expect(refusal.body().error).toEqual({ code: "JobNotFound", message: refusal.message });
});
