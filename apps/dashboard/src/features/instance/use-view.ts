"use client";

import { useCallback, useState } from "react";
import { fittingView, wishAfter } from "../../graph/default-view.ts";
import type { InstanceState } from "../../server/wire.ts";
import { changeSettings, readSettings, useSettings } from "../../settings/settings.ts";
import { useNodeViews } from "../graph/use-node-views.ts";
import type { View } from "./instance-url.ts";
import { useNarrow } from "./use-narrow.ts";

/**
 * The view that is shown, and what to do when a person chooses one by hand. The address wins; without it comes what the
 * person is used to, else whichever fits the plan as it was when the page was opened: it never changes under the eyes.
 */
export function useView(state: InstanceState, inUrl: View | null) {
	const views = useNodeViews(state);
	const [fitting] = useState(() => fittingView(state.definition.graph, views));
	const { view: wish } = useSettings();
	const isNarrow = useNarrow();
	// A narrow screen shows the outline in the graph's place: that fits whatever its size.
	const opening = wish === "auto" ? (isNarrow ? "graph" : fitting) : wish;
	const remember = useCallback(
		(chosen: View) => {
			if (chosen !== "graph" && chosen !== "timeline") return;
			const { view } = readSettings();
			changeSettings({ view: wishAfter(view === "auto" ? null : view, chosen, fitting) ?? "auto" });
		},
		[fitting],
	);
	return { view: inUrl ?? opening, remember };
}
