import { sameSubnet } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { type InterfacePair, sharedInterfaces } from '../../model/interfacePairs.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { valuePlace } from '../../model/read.ts';
import { setText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'interface-role-mismatch',
  topic: 'interface',
  severity: 'error',
  since: '0.1.0',
  summary: 'An interface key means the same network on both nodes: its description is the same.',
  why: `The key joins the two nodes, but people go by the description. Where \`opt1\` is SYNC on one node and DMZ on the other, the
rules written for the one are copied to the other.

Where both are in the same network only the name differs, and the finding is a warning. Capitals and blanks make no difference; an
interface without a description says nothing, nor does a tunnel or one that either node has disabled.

Source: Netgate's documentation, "XMLRPC Config Sync" (requirements), "Troubleshooting High Availability".`,
  fix: "Where both are in the same network: gives the secondary's interface the primary's description, unless another one there has it.",
  messages: {
    role: '{key} is {primary} on the primary, but {secondary} on the secondary.',
    name: '{key} is called {primary} on the primary, but {secondary} on the secondary, in the same network.',
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr></opt1>
	</interfaces>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[DMZ]]></descr></opt1>
		                                           ^^^^^^^^^^^^^^^ error: opt1 is SYNC on the primary, but DMZ on the secondary.
	</interfaces>
`,
    right: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr></opt1>
	</interfaces>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[Sync]]></descr></opt1>
	</interfaces>
`,
  },
  *check({ primary, secondary }) {
    for (const pair of sharedInterfaces(primary, secondary)) {
      const [here, there] = [pair.primary.descr, pair.secondary.descr];
      if (!here || !there || nameOf(here.value) === nameOf(there.value)) continue;
      const isSameNetwork = shareNetwork(pair);
      const title = `Call ${pair.key} ${here.value} on the secondary`;
      yield {
        at: valuePlace(there.element),
        message: isSameNetwork ? 'name' : 'role',
        severity: isSameNetwork ? 'warning' : 'error',
        data: { key: pair.key, primary: here.value, secondary: there.value },
        related: [{ at: valuePlace(here.element), message: `On the primary it is ${here.value}.` }],
        fixes: (): Fix[] => {
          if (!isSameNetwork || isNameTaken(secondary, pair)) return [];
          const edits = [setText(secondary, there.element, here.value)];
          return [{ title, applicability: 'suggestion', edits: [{ document: secondary.document, edits }] }];
        },
      };
    }
  },
});

/** Whether another interface of the secondary has the primary's description, in capitals or not: two of them are one name in the ruleset. */
function isNameTaken(secondary: Config, { key, primary }: InterfacePair): boolean {
  const name = primary.descr?.value.toUpperCase();
  return [...secondary.query(readInterfaces).values()].some(
    each => each.key !== key && each.isEnabled && each.title.toUpperCase() === name,
  );
}

function nameOf(descr: string): string {
  return descr.toLowerCase().replace(/[\s_-]+/g, '');
}

function shareNetwork({ primary, secondary }: InterfacePair): boolean {
  if (primary.ipv4 && secondary.ipv4) return sameSubnet(primary.ipv4.subnet, secondary.ipv4.subnet);
  return !!primary.ipv6 && !!secondary.ipv6 && sameSubnet(primary.ipv6.subnet, secondary.ipv6.subnet);
}
