import { isPfWord, isProtocolOrService, isSystemUser } from './reservedNames.ts';

/** What bears a name that a person chooses, and that may be changed. */
export type RenamableKind =
  | 'alias'
  | 'interface'
  | 'interface-group'
  | 'gateway'
  | 'gateway-group'
  | 'schedule'
  | 'user'
  | 'group'
  | 'vip';

/** What of a thing itself its name depends on. */
export interface Bearer {
  readonly kind: RenamableKind;
  /** Of an interface: the NIC behind it. */
  readonly nic?: string;
  /** Of a group of users: it is known to an authentication server alone. */
  readonly isRemote?: true;
}

/**
 * Why pfSense would not take a name, whatever else is in the config, as a sentence; absent where it would. Pages and
 * functions of pfSense that ask so: firewall_aliases_edit.php, interfaces.php, interfaces_groups_edit.php,
 * util.inc:is_validaliasname (gateways and schedules, too), system_usermanager.php, system_groupmanager.php.
 */
export function shapeProblem(bearer: Bearer, name: string): string | undefined {
  if (name === '') return 'A name cannot be empty.';
  return checks[bearer.kind](name, bearer);
}

type Check = (name: string, bearer: Bearer) => string | undefined;

const checks: Readonly<Record<RenamableKind, Check>> = {
  alias: name =>
    aliasName(name) ??
    reserved(name) ??
    (name.startsWith('cpzoneid_') ? 'pfSense keeps names that begin with cpzoneid_ for captive portals.' : undefined),
  gateway: aliasName,
  'gateway-group': aliasName,
  schedule: aliasName,
  interface: interfaceDescription,
  'interface-group': groupName,
  user: name =>
    characters(name, /[^\w.-]/, 'letters, digits, dots, hyphens and underscores') ??
    atMost(name, 32) ??
    (isSystemUser(name) ? `The system itself has a user ${name}.` : undefined),
  group: (name, { isRemote }) =>
    isRemote
      ? characters(name, /[^\w. -]/, 'letters, digits, dots, hyphens, underscores and spaces')
      : (characters(name, /[^\w.-]/, 'letters, digits, dots, hyphens and underscores') ?? atMost(name, 16)),
  vip: name => (/^[\da-f]{13}$/.test(name) ? undefined : 'A uniqid is 13 hexadecimal digits, in lower case.'),
};

function aliasName(name: string): string | undefined {
  const problem = characters(name, /\W/, 'letters, digits and underscores') ?? atMost(name, 31);
  if (problem !== undefined) return problem;
  if (/^(?:_+|\d+)$/.test(name)) return 'A name cannot consist of digits or of underscores alone.';
  if (name === 'port' || name === 'pass') return `pf gives ${name} a meaning of its own.`;
  return isProtocolOrService(name) ? `${name} is the name of a protocol or a service.` : undefined;
}

/** What stands in a ruleset beside the words of pf. */
function reserved(name: string): string | undefined {
  if (isPfWord(name)) return `pf gives ${name} a meaning of its own.`;
  return name.startsWith('pkg_') ? 'pfSense keeps names that begin with pkg_ for packages.' : undefined;
}

function interfaceDescription(name: string, { nic = '' }: Bearer): string | undefined {
  const problem = characters(name, /\W/, 'letters, digits and underscores') ?? reserved(name);
  if (problem !== undefined) return problem;
  if (/^\d+$/.test(name)) return 'The description of an interface cannot consist of digits alone.';
  if (/^(?:ovpn|ipsec)/.test(nic)) return atMost(name, 25);
  return /^(?:gif|gre)/.test(nic) ? atMost(name, 22) : undefined;
}

function groupName(name: string): string | undefined {
  const problem = characters(name, /\W/, 'letters, digits and underscores') ?? atMost(name, 15) ?? reserved(name);
  if (problem !== undefined) return problem;
  return /^\d|\d$/.test(name) ? 'The name of an interface group neither begins nor ends with a digit.' : undefined;
}

function characters(name: string, strange: RegExp, allowed: string): string | undefined {
  return strange.test(name) ? `The name may contain only ${allowed}.` : undefined;
}

function atMost(name: string, most: number): string | undefined {
  return name.length > most ? `The name has ${name.length} characters, and pfSense takes ${most} at most.` : undefined;
}
