import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { InstanceLink } from "./instance-link.tsx";

it("leads to a node inside a loop in the iteration that its path says", () => {
	const link = renderToStaticMarkup(<InstanceLink id="ord 1" node="pages[30]/fetch" />);
	expect(link).toContain('href="/instances/ord%201?node=pages%2Ffetch&amp;iter=pages%3A30"');
});
