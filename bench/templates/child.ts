// Renders one template at each batch size, and writes the CPU of a request to file descriptor 3. Bundled into plain
// JavaScript and run in a process of its own.
import { writeSync } from "node:fs";
import { compileTemplate } from "../../local/services/apigateway/vtl/template.ts";
import { median } from "../harness.ts";
import { templateCases } from "./cases.ts";
import { renderRequest } from "./render.ts";
import type { TemplateTask } from "./task.ts";

const MICROSECONDS = 1e6;
const RESULT_FD = 3;
/** The timed part of each size is cut into so many; the median counts. */
const SLICES = 5;

const cpuMicroseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const { caseIndex, sizes, warmUpCpuSeconds, timedCpuSeconds } = JSON.parse(process.argv[2] ?? "{}") as TemplateTask;
const template = templateCases[caseIndex];
if (template === undefined) throw new RangeError(`there is no template ${caseIndex}`);
const render = compileTemplate(template.template);

function renderFor(body: string, cpuSeconds: number): number {
  const end = cpuMicroseconds() + cpuSeconds * MICROSECONDS;
  let count = 0;
  do {
    if (renderRequest(render, body) === "") throw new Error("a template rendered nothing");
    count++;
  } while (cpuMicroseconds() < end);
  return count;
}

const bodies = sizes.map((size) => template.body(size));
for (const body of bodies) renderFor(body, warmUpCpuSeconds);
const slices = sizes.map((): number[] => []);
// The sizes by turns: a slow moment of the machine meets all of them.
for (let slice = 0; slice < SLICES; slice++) {
  for (const [index, body] of bodies.entries()) {
    const before = cpuMicroseconds();
    const count = renderFor(body, timedCpuSeconds / SLICES);
    slices[index]?.push((cpuMicroseconds() - before) / count);
  }
}
writeSync(
  RESULT_FD,
  JSON.stringify(Object.fromEntries(sizes.map((size, index) => [size, median(slices[index] ?? [])]))),
);
