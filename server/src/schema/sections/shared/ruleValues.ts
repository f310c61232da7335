import type { ValueType } from '../../elementSchema.ts';

/** util.inc:is_validaliasname: letters, digits and underscores, and not digits alone. That there is such an alias, the references say. */
const aliasName: ValueType = { type: 'pattern', pattern: '(?!\\d+$)\\w+', is: 'the name of an alias' };

/** A service that /etc/services knows; in it, unlike in an alias, there may be a hyphen. */
const service: ValueType = { type: 'pattern', pattern: '[a-z][a-z0-9-]*', is: 'the name of a service' };

/** util.inc:is_ipaddroralias and is_subnet; `wanip` and its like look as an alias does. */
export const addressOrAlias: ValueType = {
  type: 'either',
  of: [{ type: 'address', prefix: 'optional' }, aliasName],
};

/** A network by name: lan, wanip, a group, an alias, (self); old releases and NAT rules have networks by address here. */
export const networkOrAlias = {
  type: 'either',
  of: [
    { type: 'address', prefix: 'optional' },
    { type: 'pattern', pattern: '\\(self\\)|(?!\\d+$)\\w+', is: 'the name of a network or an alias' },
  ],
} as const satisfies ValueType;

/** util.inc:is_port_or_range_or_alias; filter rules and port forwards have ranges with a hyphen, outbound rules with a colon. */
export const portsOrAlias: ValueType = {
  type: 'either',
  of: [{ type: 'port', range: '-' }, { type: 'port', range: ':' }, aliasName, service],
};

/** What pf itself reads as ports: a name that pfSense hands on as it stands is none of an alias (filter.inc:filter_nat_rules_generate_if). */
export const ports: ValueType = {
  type: 'either',
  of: [{ type: 'port', range: '-' }, { type: 'port', range: ':' }, service],
};

/**
 * An entry of an alias of any type (alias-utils.inc): an address, a network, a range, a host, an alias, a port, a range of
 * ports, and of tables where they come from, which for packages may be a file.
 */
export const aliasEntry: ValueType = {
  type: 'either',
  of: [
    { type: 'address', prefix: 'optional' },
    { type: 'addressRange' },
    { type: 'domain' },
    { type: 'port', range: ':' },
    { type: 'url' },
    aliasName,
    { type: 'pattern', pattern: '/\\S+', is: 'a file' },
  ],
};
