import * as pulumi from "@pulumi/pulumi";
import { missingReferenceWarnings } from "../../mapping-templates/missing-reference-warnings.ts";

type Templates = Readonly<Record<string, string>> | undefined;

/**
 * Warns of templates that test the truth of a reference which may be missing. The gateway's own do not: such templates
 * come from a `transform`.
 *
 * @param property the resource's property that holds them, such as `requestTemplates`
 */
export function warnOfTemplates(
  resource: pulumi.Resource,
  name: string,
  property: string,
  templates: pulumi.Output<Templates>,
): void {
  templates.apply(async (known) => {
    // A warning would quote the secret.
    if (await pulumi.isSecret(templates)) return;
    for (const warning of missingReferenceWarnings(property, known ?? {})) {
      await pulumi.log.warn(`${name}: ${warning.property}: ${warning.reason}`, resource);
    }
  });
}
