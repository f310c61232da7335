import type { Role } from '../../pair/manifest.ts';
import { Credentials } from '../../sync/node/credentials.ts';
import type { Outcome } from '../disk.ts';
import type { Terminal } from '../terminal.ts';

const passwordOfNode = {
  primary: 'PFSENSE_HA_PRIMARY_PASSWORD',
  secondary: 'PFSENSE_HA_SECONDARY_PASSWORD',
} as const satisfies Record<Role, string>;

/**
 * User name and password for a node: from the environment, else asked for at a terminal. They are never taken from the
 * command line, which other users of the machine can read, nor from a file.
 */
export async function askCredentials(
  node: { readonly role: Role; readonly origin: string },
  terminal: Terminal,
): Promise<Outcome<Credentials>> {
  const { env } = terminal;
  const variable = passwordOfNode[node.role];
  const user = env.PFSENSE_HA_USER || 'admin';
  const given = env[variable] || env.PFSENSE_HA_PASSWORD;
  const password =
    given || (await terminal.ask?.(`Password of "${user}" on ${node.origin} (${node.role}): `, 'hidden'));
  if (password === undefined || password === '') {
    const problem = `no password is known for "${user}" on the ${node.role}. Set ${variable} or PFSENSE_HA_PASSWORD in the environment.`;
    return { isDone: false, problem };
  }
  const reading = Credentials.of(user, password);
  if (reading.kind === 'refused')
    return { isDone: false, problem: `the credentials of the ${node.role} cannot be used: ${reading.message}` };
  return { isDone: true, value: reading.credentials };
}
