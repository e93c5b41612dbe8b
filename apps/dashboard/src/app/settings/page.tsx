import type { Metadata } from "next";
import { SettingsForm } from "../../features/settings/settings-form.tsx";
import { accessOverview } from "../../server/page-access.ts";

export const metadata: Metadata = { title: "Settings" };

export const dynamic = "force-dynamic";

export default async function SettingsPage() {
	return <SettingsForm access={await accessOverview()} />;
}
