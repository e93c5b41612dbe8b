import type { Metadata } from "next";
import { AuditLog } from "../../features/audit/audit-log.tsx";
import { toApiError } from "../../server/api-error.ts";
import { loadAudit } from "../../server/audit.ts";
import { forReader } from "../../server/page-access.ts";

export const metadata: Metadata = { title: "Audit" };
export const dynamic = "force-dynamic";

export default async function AuditPage() {
	return <AuditLog initial={await forReader(load)} />;
}

/** The page comes up without data too, and then asks for itself. */
async function load() {
	try {
		return { path: "/api/audit", data: await loadAudit(new URLSearchParams()) };
	} catch (error) {
		toApiError(error);
		return null;
	}
}
