import { childPlace } from '../../model/read.ts';
import { duplicatesOf, keyTitle } from '../../model/references/duplicates.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'reference-duplicate',
  topic: 'reference',
  severity: 'error',
  since: '0.1.0',
  summary: 'Names and numbers by which something is referred to are unique.',
  why: `Aliases, gateways, schedules, interface groups, users and authentication servers are known by name, certificates by refid,
VIPs by uniqid, OpenVPN servers and IPsec phase 1 entries by number, VLANs by parent and tag. pfSense's forms refuse a second
one of the same; a file that was edited, or merged from two, may have it. pfSense then takes the first or the last of the two,
here the one and there the other. Two enabled interfaces with one description (upper and lower case count as the same) are one
name in the ruleset, so that the rules of both end up on one of them.

A tracker id that two enabled firewall rules share breaks nothing: counters, states and log entries are told apart by it, and
those of the two rules run together. That happens where rules are copied by hand or by a script, so this is a hint, and of several
rules with one id the second alone is marked.

What is switched off does not count, save for aliases, gateways and accounts, whose names are taken all the same.

Source: the checks of pfSense's forms (\`src/usr/local/www\`, \`src/usr/local/pfSense/include/www\`); \`src/etc/inc/filter.inc\`
(filter_generate_aliases), \`util.inc\` (alias_make_table), \`gwlb.inc\`, \`certs.inc\` (lookup_cert), \`openvpn.inc\`, \`auth.inc\`.`,
  messages: {
    taken: 'The {key} is taken already: {effect}.',
  },
  examples: {
    wrong: `
	<aliases>
		<alias><name>WEB</name><type>host</type><address>10.0.0.80</address></alias>
		<alias><name>MAIL</name><type>host</type><address>10.0.0.25</address></alias>
		<alias><name>WEB</name><type>host</type><address>10.0.0.81</address></alias>
		             ^^^ error: The alias WEB is taken already: which of the two a rule gets depends on where it is named.
	</aliases>
`,
    right: `
	<aliases>
		<alias><name>WEB</name><type>host</type><address>10.0.0.80 10.0.0.81</address></alias>
		<alias><name>MAIL</name><type>host</type><address>10.0.0.25</address></alias>
	</aliases>
`,
  },
  *check({ node }) {
    for (const duplicate of duplicatesOf(node)) {
      const { key, first, second, ordinal } = duplicate;
      // Of what does no harm, and comes by copying rules, one is enough to be told of.
      if (key.isHarmless && ordinal > 1) continue;
      const child = key.children.at(-1) ?? '';
      yield {
        at: childPlace(second, child),
        message: 'taken',
        data: { key: keyTitle(duplicate), effect: key.effect },
        related: [{ at: childPlace(first, child), message: 'The first one.' }],
        ...(key.isHarmless && { severity: 'hint' as const }),
      };
    }
  },
});
