import { type ElementSchema, flag, group, value } from '../../elementSchema.ts';
import { addressOrAlias, networkOrAlias, portsOrAlias } from './ruleValues.ts';

const knownNetwork = value(
  'A network that pfSense knows by name, such as lan, wanip or (self), or one given by address.',
  networkOrAlias,
);

/**
 * One end of the traffic of a filter or NAT rule, as util.inc:pconfig_to_address writes it. Address and port take the
 * name of an alias, and the port the name of a service.
 */
export function ruleEndpoint(description: string, network: ElementSchema = knownNetwork): ElementSchema {
  return group(description, {
    any: flag('Every address.'),
    network,
    address: value('An address, a network with its prefix length, or an alias.', addressOrAlias),
    not: flag('The rule is about every address but these.'),
    port: value('A port, two with a hyphen between them, or an alias.', portsOrAlias),
  });
}
