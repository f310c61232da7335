import type { Config } from '../../model/config.ts';
import { type Interface, readInterfaces } from '../../model/interfaces.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'interface-set-mismatch',
  topic: 'interface',
  severity: 'error',
  since: '0.1.0',
  summary: 'Both nodes have the same interface keys.',
  why: `The configuration sync copies firewall rules, NAT, DHCP and virtual IPs **by interface key** (\`wan\`, \`lan\`, \`opt1\` …),
never the interfaces themselves. A key that only one node has leaves what was copied for it without an interface,
or on the wrong one.

An interface is never synchronised: assign the missing one on the other node, in the same order. One that is disabled does no
harm until somebody enables it, and is a warning.

Source: Netgate's documentation, "XMLRPC Config Sync" (requirements); pfSense \`src/etc/rc.filter_synchronize\`.`,
  messages: {
    missing: 'Interface {key} ({title}) exists on the {here} only; the {there} has no {key}.',
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<wan><enable></enable><if>vmx0</if></wan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr></opt1>
		 ^^^^ error: Interface opt1 (SYNC) exists on the primary only; the secondary has no opt1.
	</interfaces>
--- secondary.xml
	<interfaces>
		<wan><enable></enable><if>vmx0</if></wan>
	</interfaces>
`,
    right: `
--- primary.xml
	<interfaces>
		<wan><enable></enable><if>vmx0</if></wan>
		<opt1><enable></enable><if>vmx2</if></opt1>
	</interfaces>
--- secondary.xml
	<interfaces>
		<wan><enable></enable><if>vmx0</if></wan>
		<opt1><enable></enable><if>vmx2</if></opt1>
	</interfaces>
`,
  },
  *check({ primary, secondary }) {
    const [here, there] = [primary.query(readInterfaces), secondary.query(readInterfaces)];
    if (here.size === 0 || there.size === 0) return;
    for (const one of missing(here, there)) yield report(one, secondary, { here: 'primary', there: 'secondary' });
    for (const one of missing(there, here)) yield report(one, primary, { here: 'secondary', there: 'primary' });
  },
});

function missing(from: ReadonlyMap<string, Interface>, other: ReadonlyMap<string, Interface>): Interface[] {
  return [...from.values()].filter(each => !other.has(each.key));
}

function report(one: Interface, other: Config, sides: { readonly here: string; readonly there: string }) {
  const section = other.top('interfaces');
  return {
    at: one.element.namePlace,
    message: 'missing' as const,
    severity: one.isEnabled ? ('error' as const) : ('warning' as const),
    data: { key: one.key, title: one.title, ...sides },
    related: section ? [{ at: section.namePlace, message: `The ${sides.there}'s interfaces.` }] : [],
  };
}
