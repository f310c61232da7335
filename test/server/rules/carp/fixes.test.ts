import assert from 'node:assert/strict';
import test from 'node:test';
import type { Finding } from '../../../../server/src/rules/finding.ts';
import { rules } from '../../../../server/src/rules/index.ts';
import fc from '../../../harness/fastCheck.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { applyFix, findingsIn } from '../../../harness/rule.ts';
import { pair, primaryInterfaces, secondaryInterfaces, vip, virtualip } from './vips.ts';

const carp = rules.filter(rule => rule.topic === 'carp');

/** A CARP VIP whose fields are now right, now wrong, from so few values that VIPs meet and clash. */
const carpVips = fc
  .record({
    mode: fc.constant('carp'),
    interface: fc.constantFrom('lan', 'lan', 'wan', 'opt1'),
    vhid: fc.constantFrom('1', '2', '3', '3', '300', ''),
    advskew: fc.constantFrom('0', '100', '', '254', '50', 'x'),
    advbase: fc.constantFrom('1', '2', ''),
    password: fc.constantFrom('', '<![CDATA[a]]>', '<![CDATA[b]]>'),
    uniqid: fc.constantFrom('1', '2', '3', '4', '5'),
    subnet_bits: fc.constantFrom('8', '24', '32'),
    subnet: fc.constantFrom('10.0.0.0', '10.0.0.1', '10.0.0.3', '192.168.1.10', '192.168.1.12', '2001:db8::1'),
  })
  .map(vip);

const nodes = fc
  .record({
    primary: fc.array(carpVips, { maxLength: 3 }),
    secondary: fc.option(fc.array(carpVips, { maxLength: 3 }), { nil: undefined }),
  })
  .map(({ primary, secondary }) =>
    pair(primaryInterfaces + virtualip(...primary), secondaryInterfaces + virtualip(...(secondary ?? primary))),
  );

const numRuns = process.env.PFSENSE_HA_THOROUGH === '1' ? 1_000 : 40;

test('CARP fixes: each makes its finding go away and brings no error', () => {
  let applied = 0;
  fc.assert(
    fc.property(nodes, source => {
      const fixes = findingsIn(carp, parseFixture(source)).map(finding => finding.fixes().length);
      fixes.forEach((count, i) => {
        for (let which = 0; which < count; which++) {
          checkOne(source, { finding: i, fix: which });
          applied++;
        }
      });
    }),
    { numRuns },
  );
  assert.ok(applied > numRuns, `only ${applied} fixes were tried`);
});

function checkOne(source: string, chosen: { readonly finding: number; readonly fix: number }): void {
  const fixture = parseFixture(source);
  const before = findingsIn(carp, fixture);
  const finding = before[chosen.finding];
  const fix = finding?.fixes()[chosen.fix];
  assert.ok(finding && fix);
  applyFix(fix);
  const after = findingsIn(carp, fixture);
  // Two rows that are wrong alike bear the same message, so what is counted is the rule's findings.
  const same = (findings: readonly Finding[]) => findings.filter(each => each.rule === finding.rule).length;
  assert.ok(same(after) < same(before), `“${fix.title}” leaves as many findings: ${finding.rule}, ${finding.message}`);
  for (const { id } of carp) {
    const errors = (findings: readonly Finding[]) =>
      findings.filter(each => each.rule === id && each.severity === 'error').length;
    assert.ok(errors(after) <= errors(before), `“${fix.title}” for ${finding.rule} brings ${id}`);
  }
}
