/**
 * The simulated AWS in a process of its own, so that its memory and time are not taken for ours.
 * Takes the world's options as JSON; says its endpoint, then on every message how many calls it had.
 */
import { type GenerateOptions, generateWorld } from "../../src/simulate/generate.ts";
import { startSimulator } from "../../src/simulate/server.ts";

const options: GenerateOptions = JSON.parse(process.argv[2] ?? "");
const simulator = await startSimulator(generateWorld(options));
process.send?.({ endpoint: simulator.endpoint });
process.on("message", () => process.send?.({ calls: simulator.countCalls() }));
process.on("disconnect", () => process.exit());
