import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { SAMPLE } from "../../graph/testing/sample-graph.ts";
import { DefinitionGraph } from "./definition-graph.tsx";

it("says on the server that a definition is being drawn, because a canvas needs a browser", () => {
	expect(renderToStaticMarkup(<DefinitionGraph graph={SAMPLE} hash="h" />)).toContain("Drawing the graph");
});
