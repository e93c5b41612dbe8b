import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { InstanceList } from "../../features/instance-list/instance-list.tsx";
import { LIST_ADDRESS, listPath } from "../../features/instance-list/list-filters.ts";
import type { InitialList } from "../../features/instance-list/use-instance-list.ts";
import { toApiError } from "../../server/api-error.ts";
import { loadInstanceList } from "../../server/instance-list.ts";
import { readListQuery } from "../../server/list-query.ts";
import { forReader } from "../../server/page-access.ts";

export const metadata: Metadata = { title: "Instances" };
export const dynamic = "force-dynamic";

const loadAddress = createLoader(LIST_ADDRESS);

export default async function InstancesPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
	const address = await loadAddress(searchParams);
	const key = listPath(address, address);
	const { after } = await searchParams;
	return (
		<InstanceList initial={await forReader(() => load(key))} afterJob={typeof after === "string" ? after : null} />
	);
}

/** The page comes up without data too; the list then asks for itself and says what is wrong. */
async function load(key: string): Promise<InitialList | null> {
	try {
		return { key, list: await loadInstanceList(readListQuery(new URL(key, "http://localhost").searchParams)) };
	} catch (error) {
		toApiError(error);
		return null;
	}
}
