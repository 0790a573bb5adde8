import { archiverSection } from "./archiver/section.ts";
import { replicatorSection } from "./replicator/section.ts";
import type { Section } from "./section.ts";
import { systemSection } from "./system/section.ts";
import { templatesSection } from "./templates/section.ts";

/** All sections, in the order in which they run. */
export const sections: readonly Section[] = [replicatorSection, archiverSection, templatesSection, systemSection];
