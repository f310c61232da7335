import { type Address, formatAddress, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { addressOf, haSyncPlace, readHaSync, setHaSync } from '../../model/hasync.ts';
import { isHostname } from '../../model/hostname.ts';
import { type Interface, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { movingVip } from '../../model/keaHa.ts';
import { type Read, valuePlace } from '../../model/read.ts';
import { readVersion } from '../../model/version.ts';
import { type VirtualIp, vipsAt } from '../../model/virtualIps.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'sync-target-mismatch',
  topic: 'sync',
  severity: 'error',
  since: '0.1.0',
  summary: "The primary synchronises its configuration to the secondary's address on the SYNC interface.",
  why: `\`synchronizetoip\` is where the primary sends its configuration. It must be an address that the secondary has for itself: at
the primary's own address it talks to itself, and a VIP is held by the **master**, so the sync would reach whoever that is.
At no address of the secondary it fails, with a notice on the primary alone.

Best is the address on the SYNC interface, which needs neither a VIP nor any other network to work. Another address of the
secondary works as long as that network does, and is a warning. Where no pfsync interface is chosen, any address of the
secondary is right. An IP alias that stands on no CARP VIP does not move, and is as good as an interface's address. A primary
without a target, but with areas ticked and a password, is a warning: pfSense sends nothing and says nothing of it. Where the
secondary has dynamic addresses, the file cannot tell that a target is wrong; nor can it of a name, which pfSense took up to 2.4.

Source: Netgate's documentation, "XMLRPC Config Sync"; pfSense \`src/usr/local/www/system_hasync.php\`,
\`src/etc/rc.filter_synchronize\`.`,
  fix: "Sets the secondary's address on the SYNC interface.",
  messages: {
    missing:
      'Areas are ticked and a password is set, but there is no sync target: the primary sends its configuration to nobody.',
    invalid: 'The sync target {target} is no IP address.',
    own: "The sync target {target} is the primary's own address.",
    vip: 'The sync target {target} is a VIP, which the master holds; it must be an address of the secondary itself.',
    unknown: 'The sync target {target} is no address of the secondary.',
    elsewhere:
      "The sync target {target} is the secondary's address on {interface}; the SYNC interface is {sync} with {expected}.",
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncinterface>opt1</pfsyncinterface>
		<synchronizetoip>172.16.1.2</synchronizetoip>
		                 ^^^^^^^^^^ error: The sync target 172.16.1.2 is the primary's own address.
	</hasync>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.3</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
    right: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncinterface>opt1</pfsyncinterface>
		<synchronizetoip>172.16.1.3</synchronizetoip>
	</hasync>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.3</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
  },
  *check({ primary, secondary }) {
    const hasync = primary.query(readHaSync);
    const target = hasync.synchronizeToIp;
    const interfaces = secondary.query(readInterfaces);
    if (!target) {
      const at = haSyncPlace(hasync, 'synchronizetoip');
      if (at && hasync.password && hasync.areas.size > 0) yield { at, message: 'missing', severity: 'warning' };
      return;
    }
    if (interfaces.size === 0) return;
    const sync = syncInterface(primary, secondary);
    const place = { at: valuePlace(target.element), fixes: () => point(primary, sync, target) };
    const address = addressOf(target)?.value;
    if (!address) {
      if (mayBeName(primary, target.value)) return;
      yield { ...place, message: 'invalid', data: { target: target.value } };
      return;
    }
    // Where both nodes have the address, it leads to the primary itself.
    if (holderOf(primary, address) || aliasAt(primary, address)) {
      yield { ...place, message: 'own', data: { target: target.value } };
      return;
    }
    const alias = aliasAt(secondary, address);
    const holder = holderOf(secondary, address) ?? interfaces.get(alias?.interfaceKey ?? '');
    if (holder) {
      const expected = sync && addressIn(sync, address.family);
      if (!sync || !expected || holder.key === sync.key || sameAddress(expected.value, address)) return;
      yield {
        ...place,
        message: 'elsewhere',
        severity: 'warning',
        data: {
          target: target.value,
          interface: interfaceName(secondary, holder.key),
          sync: interfaceName(secondary, sync.key),
          expected: formatAddress(expected.value),
        },
        related: [{ at: valuePlace(expected.element), message: "The secondary's address on the SYNC interface." }],
      };
      return;
    }
    if (movingVip(primary, address) || movingVip(secondary, address))
      yield { ...place, message: 'vip', data: { target: target.value } };
    else if (!alias && ![...interfaces.values()].some(isDynamic))
      yield { ...place, message: 'unknown', data: { target: target.value } };
  },
});

/** The form asks for an address from pfSense 2.5 on, which writes 21.4; before, it took a name as well. */
function mayBeName(config: Config, text: string): boolean {
  if ((config.query(readVersion).number ?? Number.POSITIVE_INFINITY) >= 21.4) return false;
  // Digits alone are an address gone wrong.
  return /[a-z]/i.test(text) && isHostname(text);
}

/** The secondary's interface that pfsync uses; where the secondary has chosen none, that of the primary's key. */
function syncInterface(primary: Config, secondary: Config): Interface | undefined {
  const key = secondary.query(readHaSync).pfsyncInterface ?? primary.query(readHaSync).pfsyncInterface;
  const one = key && secondary.query(readInterfaces).get(key.value);
  return one?.isEnabled ? one : undefined;
}

function addressIn(one: Interface, family: 4 | 6): Read<Address> | undefined {
  return (family === 4 ? one.ipv4 : one.ipv6)?.address;
}

/** The enabled interface that has the address for itself. */
function holderOf(config: Config, address: Address): Interface | undefined {
  return [...config.query(readInterfaces).values()].find(one => {
    const own = one.isEnabled ? addressIn(one, address.family) : undefined;
    return own !== undefined && sameAddress(own.value, address);
  });
}

/** The IP alias with that address that stays on its node: on an enabled interface or the loopback, and not on a CARP VIP. */
function aliasAt(config: Config, address: Address): VirtualIp | undefined {
  return vipsAt(config, address).find(({ mode, parent, interfaceKey }) => {
    if (mode !== 'ipalias' || !parent || parent.kind === 'vip') return false;
    return parent.kind === 'loopback' || config.query(readInterfaces).get(interfaceKey ?? '')?.isEnabled === true;
  });
}

/** Whether the interface may have an address that the file does not tell. */
function isDynamic({ isEnabled, kind }: Interface): boolean {
  return isEnabled && (kind === 'dhcp' || kind === 'pppoe' || kind === 'other');
}

function point(primary: Config, sync: Interface | undefined, target: Read<string>): Fix[] {
  const address = sync && (addressIn(sync, addressOf(target)?.value.family ?? 4) ?? sync.ipv4?.address);
  const now = addressOf(target)?.value;
  if (!address || (now && sameAddress(now, address.value))) return [];
  const text = formatAddress(address.value);
  const edits = setHaSync(primary, { synchronizetoip: text });
  return [
    {
      title: `Set the sync target ${text} on the primary`,
      applicability: 'suggestion',
      edits: [{ document: primary.document, edits }],
    },
  ];
}
