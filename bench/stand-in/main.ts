// The stand-in as a process of its own: prints its port, and ends with the process that started it.
import { StandIn } from "./service.ts";

const standIn = new StandIn();
process.stdin.resume().once("end", () => standIn.close());
process.stdout.write(`${await standIn.listen()}\n`);
