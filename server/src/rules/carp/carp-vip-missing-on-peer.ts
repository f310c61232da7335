import { formatAddress, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { childPlace } from '../../model/read.ts';
import { conflictsOf } from '../../model/vipConflicts.ts';
import { copyToPrimary, copyToSecondary, isAddressTaken, primarySkew } from '../../model/vipCopies.ts';
import {
  isAmbiguous,
  isVhidTaken,
  pairAliasesOnCarp,
  pairCarpVips,
  type VipPair,
  type VipPairs,
} from '../../model/vipPairs.ts';
import { setVipField, type VipField } from '../../model/virtualIpEdits.ts';
import {
  addressText,
  prefixLengthFor,
  secondarySkew,
  skewOf,
  type VirtualIp,
  vhidOf,
  vipInterfaceName,
  vipName,
} from '../../model/virtualIps.ts';
import { removeElement } from '../../model/write.ts';
import { sends } from '../../pair/sync/areas.ts';
import type { Fix } from '../finding.ts';
import { definePairRule, type PairInput } from '../rule.ts';

export default definePairRule({
  id: 'carp-vip-missing-on-peer',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'Both nodes have the same CARP VIPs: interface, VHID, address and prefix length.',
  why: `A VIP that one node does not have is lost with the other, and one that has another VHID or another address there is two
VIPs, each without a backup. An IP alias on a CARP VIP moves with it, so it has to be on both nodes as well.

The configuration sync copies all of these from the primary to the secondary, and deletes what the secondary alone has. So a
VIP that is on the secondary only was added on the wrong node. Other IP aliases, proxy ARP and other VIPs may differ: the sync
does not copy them, or no CARP depends on them. A VIP whose interface is disabled or missing on its own node is not looked for.

Source: Netgate's documentation, "Configuring High Availability"; pfSense \`src/etc/rc.filter_synchronize\`,
\`src/usr/local/www/xmlrpc.php\` (restore_config_section).`,
  fix: `Copies the VIP to the secondary with an advskew of 100 more, where nothing there is in its way. One that is on the secondary
only is copied to the primary, or removed. A VHID, address or prefix length that differs is set to the primary's.`,
  messages: {
    missing: '{kind} {vip} on {interface} is missing on the secondary, which cannot take it over.',
    extra: '{kind} {vip} on {interface} is on the secondary only.',
    extraDeleted: '{kind} {vip} on {interface} is on the secondary only; the next synchronisation deletes it.',
    vhid: 'CARP VIP {address} on {interface} has VHID {secondary} on the secondary, {primary} on the primary.',
    mask: 'CARP VIP {address} on {interface} has the prefix length /{secondary} on the secondary, /{primary} on the primary.',
    address: 'VHID {vhid} on {interface} is {secondary} on the secondary, {primary} on the primary.',
  },
  examples: {
    wrong: `
--- primary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<advskew>0</advskew>
			<subnet_bits>8</subnet_bits>
			<subnet>10.0.0.1</subnet>
			        ^^^^^^^^ error: CARP VIP 10.0.0.1 (VHID 2) on lan is missing on the secondary, which cannot take it over.
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip></virtualip>
`,
    right: `
--- primary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<advskew>0</advskew>
			<subnet_bits>8</subnet_bits>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<advskew>100</advskew>
			<subnet_bits>8</subnet_bits>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ primary, secondary }) {
    const nodes = { primary, secondary };
    const carp = pairCarpVips(nodes);
    const aliases = pairAliasesOnCarp(nodes);
    for (const vip of [...carp.primaryOnly, ...aliases.primaryOnly]) {
      if (isLive(primary, vip) && !isIllegible(primary, vip))
        yield { ...reportOn(vip, primary, secondary), message: 'missing', fixes: () => copyFixes(vip, nodes, carp) };
    }
    const message = sends(primary, 'virtualip') ? 'extraDeleted' : 'extra';
    for (const vip of [...carp.secondaryOnly, ...aliases.secondaryOnly]) {
      if (isLive(secondary, vip) && !isIllegible(secondary, vip))
        yield { ...reportOn(vip, secondary, primary), message, fixes: () => extraFixes(vip, nodes, carp) };
    }
    for (const pair of carp.pairs) {
      const difference = differenceOf(pair, nodes);
      if (difference) yield difference;
      const mask = maskDifferenceOf(pair, nodes);
      if (mask) yield mask;
    }
  },
});

function reportOn(vip: VirtualIp, node: Config, other: Config) {
  const section = other.top('virtualip');
  return {
    at: childPlace(vip.element, 'subnet'),
    data: {
      kind: vip.mode === 'carp' ? 'CARP VIP' : 'IP alias',
      vip: vipName(node, vip),
      interface: vipInterfaceName(node, vip),
    },
    related: section ? [{ at: section.namePlace, message: 'The VIPs of the other node.' }] : [],
  };
}

function copyFixes(vip: VirtualIp, { primary, secondary }: PairInput, carp: VipPairs): readonly Fix[] {
  const edit = copyToSecondary({ vip, from: primary, to: secondary }, carp);
  if (!edit) return [];
  return [
    {
      title: `Copy ${vipName(primary, vip)} to the secondary`,
      applicability: 'suggestion',
      edits: [{ document: secondary.document, edits: [edit] }],
    },
  ];
}

function extraFixes(vip: VirtualIp, { primary, secondary }: PairInput, carp: VipPairs): readonly Fix[] {
  const fixes: Fix[] = [];
  const edit = copyToPrimary({ vip, from: secondary, to: primary }, carp);
  const name = vipName(secondary, vip);
  if (edit) {
    const skew = vip.mode === 'carp' ? skewOf(secondary, vip) : undefined;
    const wanted = skew === undefined ? undefined : secondarySkew(primarySkew(skew));
    const behind =
      wanted === undefined || wanted === skew
        ? undefined
        : setVipField(secondary, vip, { name: 'advskew', text: String(wanted) });
    fixes.push({
      title: behind
        ? `Copy ${name} to the primary, and set advskew to ${wanted} on the secondary`
        : `Copy ${name} to the primary`,
      applicability: 'suggestion',
      edits: [
        { document: primary.document, edits: [edit] },
        ...(behind ? [{ document: secondary.document, edits: [behind] }] : []),
      ],
    });
  }
  if (!isReferredTo(secondary, vip)) {
    fixes.push({
      title: `Remove ${name} from the secondary`,
      applicability: 'dangerous',
      edits: [{ document: secondary.document, edits: [removeElement(vip.element)] }],
    });
  }
  return fixes;
}

/** What a VIP that is on both nodes has differently: its VHID where the address is the same, or its address where the VHID is. */
function differenceOf(pair: VipPair, { primary, secondary }: PairInput) {
  const [first, second] = [pair.primary, pair.secondary];
  const address = first.address?.value;
  if (!address || !second.address) return undefined;
  const data = { interface: vipInterfaceName(secondary, second) };
  if (first.vhid && second.vhid && first.vhid.value !== second.vhid.value) {
    const vhid = first.vhid.value;
    return {
      at: second.vhid.element.contentPlace,
      message: 'vhid' as const,
      data: { ...data, address: addressText(secondary, second), primary: vhid, secondary: second.vhid.value },
      related: [{ at: first.vhid.element.contentPlace, message: 'The VHID on the primary.' }],
      fixes: () => {
        if (vhidOf(first) === undefined || isVhidTaken(secondary, first)) return [];
        if (isAmbiguous(first, [primary, secondary])) return [];
        const fields = [{ name: 'vhid', text: vhid } as const];
        return [setOnSecondary(second, secondary, { title: `the VHID to ${vhid}`, fields })];
      },
    };
  }
  if (sameAddress(address, second.address.value)) return undefined;
  return {
    at: second.address.element.contentPlace,
    message: 'address' as const,
    data: {
      ...data,
      vhid: second.vhid?.value ?? '',
      primary: addressText(primary, first),
      secondary: addressText(secondary, second),
    },
    related: [{ at: childPlace(first.element, 'subnet'), message: 'The address on the primary.' }],
    fixes: () => addressFixes(pair, { primary, secondary }),
  };
}

/** A prefix length that differs where neither node's interface tells the right one; else that is carp-mask-mismatch. */
function maskDifferenceOf(pair: VipPair, { primary, secondary }: PairInput) {
  const [first, second] = [pair.primary, pair.secondary];
  const [here, there] = [first.prefixLength, second.prefixLength];
  if (!here || !there || here.value === there.value) return undefined;
  // Another address is a finding of its own, whose fix takes the prefix length along.
  if (!first.address || !second.address || !sameAddress(first.address.value, second.address.value)) return undefined;
  if (prefixLengthFor(primary, first) || prefixLengthFor(secondary, second)) return undefined;
  return {
    at: there.element.contentPlace,
    message: 'mask' as const,
    data: {
      address: addressText(secondary, second),
      interface: vipInterfaceName(secondary, second),
      primary: here.value,
      secondary: there.value,
    },
    related: [{ at: here.element.contentPlace, message: 'The prefix length on the primary.' }],
    fixes: () => {
      // What makes the primary's wrong, such as being the network address with that mask, is not to be copied.
      if (conflictsOf(first, { node: primary, peer: secondary }).length > 0) return [];
      const fields = [{ name: 'subnet_bits', text: String(here.value) } as const];
      return [setOnSecondary(second, secondary, { title: `the prefix length to /${here.value}`, fields })];
    },
  };
}

/** The fix that gives a VIP of the secondary other texts. */
function setOnSecondary(
  vip: VirtualIp,
  secondary: Config,
  change: { readonly title: string; readonly fields: readonly { readonly name: VipField; readonly text: string }[] },
): Fix {
  const edits = change.fields.map(field => setVipField(secondary, vip, field));
  return {
    title: `Set ${change.title} on the secondary`,
    applicability: 'suggestion',
    edits: [{ document: secondary.document, edits }],
  };
}

/** Gives the secondary's VIP the primary's address and, where it differs, prefix length; not where that would be wrong there. */
function addressFixes(
  { primary: first, secondary: second }: VipPair,
  { primary, secondary }: PairInput,
): readonly Fix[] {
  const { address, prefixLength } = first;
  if (!address || !prefixLength || isAddressTaken(secondary, address.value)) return [];
  if (conflictsOf(first, { node: primary, peer: secondary }).length > 0) return [];
  const wanted = prefixLengthFor(secondary, first) ?? prefixLength;
  if (wanted.value !== prefixLength.value) return [];
  const text = formatAddress(address.value);
  const subnet = { name: 'subnet', text } as const;
  if (second.prefixLength?.value === wanted.value) {
    return [setOnSecondary(second, secondary, { title: `the address to ${text}`, fields: [subnet] })];
  }
  const fields = [{ name: 'subnet_bits', text: String(wanted.value) } as const, subnet];
  return [setOnSecondary(second, secondary, { title: `the address to ${text}/${wanted.value}`, fields })];
}

/** Whether a VIP can be up on its own node, as far as its interface is concerned. */
function isLive(config: Config, { interfaceKey }: VirtualIp): boolean {
  const interfaces = config.query(readInterfaces);
  return interfaceKey !== undefined && (interfaces.size === 0 || interfaces.get(interfaceKey)?.isEnabled === true);
}

/** Whether a text stands where the address belongs that is none: `value-invalid` tells of it, and the other node may well have the VIP. */
function isIllegible(config: Config, { element, address }: VirtualIp): boolean {
  return !address && config.text(element.child('subnet')) !== '';
}

/** Whether anything in the file names the VIP. */
function isReferredTo(config: Config, { uniqid }: VirtualIp): boolean {
  return uniqid !== undefined && config.document.buffer.toString().includes(`_vip${uniqid.value}`);
}
