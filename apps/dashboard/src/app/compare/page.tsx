import type { Metadata } from "next";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { type Chosen, ComparePage } from "../../features/compare/compare-page.tsx";
import { ApiError } from "../../server/api-error.ts";
import { loadInstanceState } from "../../server/instance-state.ts";
import { forReader } from "../../server/page-access.ts";

export const metadata: Metadata = { title: "Compare" };
export const dynamic = "force-dynamic";

const loadAddress = createLoader({ left: parseAsString, right: parseAsString });

export default async function Compare({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
	const { left, right } = await loadAddress(searchParams);
	const [first, second] = await Promise.all([chosen(left), chosen(right)]);
	return <ComparePage left={first} right={second} />;
}

async function chosen(id: string | null): Promise<Chosen> {
	if (id === null || id === "") return null;
	try {
		return { id, state: await forReader(() => loadInstanceState(id)) };
	} catch (error) {
		if (error instanceof ApiError && error.code === "InstanceNotFound") return { id, state: null };
		throw error;
	}
}
