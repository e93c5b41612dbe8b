import { modelConformance } from "../testing/properties/model-conformance.ts";
import { InMemoryBackend } from "./in-memory-backend.ts";

modelConformance("memory", async ({ clock }) => new InMemoryBackend({ clock }), { runs: 300 });
