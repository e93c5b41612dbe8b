import { semanticsConformance } from "../testing/semantics/index.ts";
import { InMemoryBackend } from "./index.ts";

semanticsConformance("memory", async (options) => new InMemoryBackend(options));
