import { backendConformance } from "../conformance.ts";
import { InMemoryBackend } from "./in-memory-backend.ts";

backendConformance("InMemoryBackend", async ({ clock }) => new InMemoryBackend({ clock }));
