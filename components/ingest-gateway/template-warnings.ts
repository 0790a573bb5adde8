import * as pulumi from "@pulumi/pulumi";
import { missingReferenceWarnings } from "../../mapping-templates/missing-reference-warnings.ts";

type Templates = Readonly<Record<string, string>> | undefined;

/**
 * Warns of templates that test the truth of a reference which may be missing. The gateway's own have none: they come by a `transform`.
 * @param property where the resource has them, such as `requestTemplates`.
 */
export function warnOfTemplates(
  resource: pulumi.Resource,
  name: string,
  property: string,
  templates: pulumi.Output<Templates>,
): void {
  templates.apply(async (known) => {
    // A secret is not quoted.
    if (await pulumi.isSecret(templates)) return;
    for (const warning of missingReferenceWarnings(property, known ?? {})) {
      await pulumi.log.warn(`${name}: ${warning.property}: ${warning.reason}`, resource);
    }
  });
}
