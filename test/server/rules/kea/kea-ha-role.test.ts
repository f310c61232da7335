import test from 'node:test';
import rule from '../../../../server/src/rules/kea/kea-ha-role.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';
import { keaNode, marked, pair, swap } from './haPair.ts';

const [primary, secondary] = [keaNode(2), keaNode(3)];
const tail = "in the high availability of Kea's DHCP server; the";

test('kea-ha-role: opposite roles, written or not, also exchanged', () => {
  checkRule(rule, pair(primary, secondary));
  checkRule(rule, pair(swap(primary, '<role>primary</role>', '<role></role>'), secondary));
  checkRule(
    rule,
    pair(
      swap(primary, '<role>primary</role>', '<role>standby</role>'),
      swap(secondary, '<role>standby</role>', '<role>primary</role>'),
    ),
  );
});

test('kea-ha-role: two standbys, and the primary is put right', () => {
  const wrong = swap(primary, '<role>primary</role>', '<role>standby</role>');
  const says = `error: Both nodes have the role standby ${tail} primary must be primary.`;
  checkRule(rule, pair(marked(wrong, '<role>', { on: 'standby', says }), secondary));
  checkFix(rule, { before: pair(wrong, secondary), after: pair(primary, secondary) });
});

test('kea-ha-role: a missing role means primary', () => {
  const wrong = swap(secondary, '\t\t\t<role>standby</role>\n', '');
  const says = `error: Both nodes have the role primary ${tail} secondary must be standby.`;
  checkRule(rule, pair(primary, marked(wrong, '<ha>', { on: 'ha', says })));
  checkFix(rule, { before: pair(primary, wrong), after: pair(primary, secondary) });
});

test('kea-ha-role: secondary is no role', () => {
  const wrong = swap(secondary, '<role>standby</role>', '<role>secondary</role>');
  const says = `error: secondary is no role ${tail} secondary must be standby.`;
  checkRule(rule, pair(primary, marked(wrong, '<role>', { on: 'secondary', says })));
  checkFix(rule, { before: pair(primary, wrong), after: pair(primary, secondary) });
});

test('kea-ha-role: silent where high availability is off on a node, ISC runs, or the version has none', () => {
  const wrong = swap(secondary, '<role>standby</role>', '<role>primary</role>');
  checkRule(rule, pair(primary, swap(wrong, '\t\t<ha>\n\t\t\t<enable></enable>\n', '\t\t<ha>\n')));
  checkRule(rule, pair(primary, swap(wrong, '<dhcpbackend>kea', '<dhcpbackend>isc')));
  checkRule(rule, pair(primary, `	<version>23.3</version>\n${wrong}`));
});
