import { type Address, formatAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { isHostname } from '../../model/hostname.ts';
import {
  counterpartHa,
  defaultKeaPort,
  hasOwnAddress,
  type KeaSide,
  keaLocalName,
  keaPortOf,
  type RunningKeaHa,
  readRunningKeaHas,
} from '../../model/keaHa.ts';
import { childPlace } from '../../model/read.ts';
import { setChildText } from '../../model/write.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'kea-ha-name-invalid',
  topic: 'kea',
  severity: 'error',
  since: '0.1.0',
  summary: "Both ends of Kea's high availability have a name, an address and a port, and the names differ.",
  why: `pfSense writes the two ends into Kea's configuration as they are. An end without an address, with a name that is no hostname or
with a port that is none makes a configuration that Kea refuses: **then no DHCP server runs at all**. The same holds where both
ends have one name. A local name that is not written is the hostname, so that two nodes with one hostname need names of their
own here.

pfSense's form checks the names and the addresses, but not what arrives by synchronisation or by a restored file. Values are
looked at only while Kea is chosen and its high availability is enabled.

Source: pfSense \`src/usr/local/pfSense/include/www/services_dhcp.inc\` (dhcp_validate_settings_post),
\`src/etc/inc/services.inc\`.`,
  messages: {
    noName: "The high availability of Kea's {server} server has no remote name.",
    name: "{value}, the {side} name in the high availability of Kea's {server} server, is no hostname.",
    sameName: "Both ends in the high availability of Kea's {server} server are called {value}.",
    noAddress: "The high availability of Kea's {server} server has no {side} address.",
    address:
      "{value}, the {side} address in the high availability of Kea's {server} server, is no IPv4 or IPv6 address.",
    port: "{value}, the {side} port in the high availability of Kea's {server} server, is no port from 1 to 65535.",
  },
  fix: 'Takes the value from the other node, where that has one that fits.',
  examples: {
    wrong: `
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<role>primary</role>
			<localname>fw1</localname>
			<localip>172.16.1.2</localip>
			<remotename></remotename>
			 ^^^^^^^^^^ error: The high availability of Kea's DHCP server has no remote name.
			<remoteip>172.16.1</remoteip>
			          ^^^^^^^^ error: 172.16.1, the remote address in the high availability of Kea's DHCP server, is no IPv4 or IPv6 address.
		</ha>
	</kea>
`,
    right: `
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<role>primary</role>
			<localname>fw1</localname>
			<localip>172.16.1.2</localip>
			<remotename>fw2</remotename>
			<remoteip>172.16.1.3</remoteip>
		</ha>
	</kea>
`,
  },
  *check({ node, peer }) {
    for (const running of node.query(readRunningKeaHas)) {
      const other = counterpartHa(peer, running);
      for (const { child, message, side } of problemsOf(running)) {
        yield {
          at: childPlace(running.ha.element, child),
          message,
          data: { server: running.server, side, value: shown(running, child) },
          fixes: () => {
            const text = repair(running, other, child);
            if (text === undefined) return [];
            const edit = setChildText(node, running.ha.element, { name: child, text });
            const title = `Set ${child} to ${text}`;
            return [{ title, applicability: 'suggestion', edits: [{ document: node.document, edits: [edit] }] }];
          },
        };
      }
    }
  },
});

type Child = `${KeaSide}${'name' | 'ip' | 'port'}`;

interface Problem {
  readonly child: Child;
  readonly side: KeaSide;
  readonly message: 'noName' | 'name' | 'sameName' | 'noAddress' | 'address' | 'port';
}

const sides: readonly KeaSide[] = ['local', 'remote'];

function problemsOf(running: RunningKeaHa): readonly Problem[] {
  const { ha, config } = running;
  const called = ha.remote.name?.value.trim();
  const problems: Problem[] = [];
  if (called === undefined) problems.push({ child: 'remotename', side: 'remote', message: 'noName' });
  else if (called === keaLocalName(running))
    problems.push({ child: 'remotename', side: 'remote', message: 'sameName' });
  for (const side of sides) {
    const name = ha[side].name?.value.trim();
    if (name !== undefined && !isHostname(name)) problems.push({ child: `${side}name`, side, message: 'name' });
    if (!ha[side].address) {
      const isEmpty = config.text(ha.element.child(`${side}ip`)) === '';
      problems.push({ child: `${side}ip`, side, message: isEmpty ? 'noAddress' : 'address' });
    }
    if (keaPortOf(running, side) === undefined) problems.push({ child: `${side}port`, side, message: 'port' });
  }
  // A name that is no hostname on both ends is one mistake on each.
  return problems.filter(
    ({ message, child }) =>
      message !== 'sameName' || !problems.some(each => each.child === child && each.message === 'name'),
  );
}

/** What the element holds. */
function shown({ config, ha }: RunningKeaHa, child: Child): string {
  return config.text(ha.element.child(child)).trim();
}

/** What the partner says of that end; absent where that is no better. */
function repair(running: RunningKeaHa, other: RunningKeaHa | undefined, child: Child): string | undefined {
  switch (child) {
    case 'remotename': {
      const name = other && keaLocalName(other);
      return name !== undefined && isHostname(name) && name !== keaLocalName(running) ? name : undefined;
    }
    case 'localname': {
      const name = other?.ha.remote.name?.value.trim();
      const isFree = name !== running.ha.remote.name?.value.trim() && other && name !== keaLocalName(other);
      return name !== undefined && isHostname(name) && isFree ? name : undefined;
    }
    case 'remoteip':
      return addressText(other?.config, other?.ha.local.address?.value);
    case 'localip':
      return addressText(running.config, other?.ha.remote.address?.value);
    case 'remoteport':
      return String((other && keaPortOf(other, 'local')) ?? defaultKeaPort(running));
    case 'localport':
      return String((other && keaPortOf(other, 'remote')) ?? defaultKeaPort(running));
  }
}

/** An address that the node really has. */
function addressText(config: Config | undefined, address: Address | undefined) {
  return config && address && hasOwnAddress(config, address) ? formatAddress(address) : undefined;
}
