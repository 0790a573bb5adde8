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
    const isSecret = await pulumi.isSecret(templates);
    for (const warning of missingReferenceWarnings(property, known ?? {}, isSecret)) {
      await pulumi.log.warn(`${name}: ${warning.property}: ${warning.reason}`, resource);
    }
  });
}
