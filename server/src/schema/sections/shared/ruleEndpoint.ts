import { type ElementSchema, flag, group, text } from '../../elementSchema.ts';

/**
 * One end of the traffic of a filter or NAT rule, as util.inc:pconfig_to_address writes it. Address and port take the
 * name of an alias, and the port the name of a service, so their text is free.
 */
export function ruleEndpoint(description: string): ElementSchema {
  return group(description, {
    any: flag('Every address.'),
    network: text('A network that pfSense knows by name, such as lan, wanip or (self), or one given by address.'),
    address: text('An address, a network with its prefix length, or an alias.'),
    not: flag('The rule is about every address but these.'),
    port: text('A port, two with a hyphen between them, or an alias.'),
  });
}
