import { defineConfig } from "vitest/config";

// biome-ignore lint/style/noDefaultExport: vitest reads the default export.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/contract/**"],
    // A busy machine is no failure: tests assert counts, never times.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One fewer than there are cores is the default, and on two cores half of what they can.
    maxWorkers: "100%",
  },
});
