import { backendConformance } from "../testing/index.ts";
import { InMemoryBackend } from "./in-memory-backend.ts";

backendConformance("InMemoryBackend", async ({ clock }) => new InMemoryBackend({ clock }));
