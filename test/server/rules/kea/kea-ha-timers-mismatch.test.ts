import test from 'node:test';
import rule from '../../../../server/src/rules/kea/kea-ha-timers-mismatch.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';
import { keaNode, marked, pair, swap } from './haPair.ts';

const withTimer = (own: 2 | 3, timer: string) => swap(keaNode(own), '</remoteip>\n', `</remoteip>\n\t\t\t${timer}\n`);
const [primary, secondary] = [keaNode(2), keaNode(3)];

test('kea-ha-timers-mismatch: each of the five settings', () => {
  const settings = [
    ['heartbeatdelay', 'heartbeat delay', '10000 ms', ' ms'],
    ['maxresponsedelay', 'response delay', '60000 ms', ' ms'],
    ['maxackdelay', 'ack delay', '60000 ms', ' ms'],
    ['maxunackedclients', 'number of unacked clients', '0', ''],
    ['maxrejectedleaseupdates', 'number of rejected lease updates', '10', ''],
  ] as const;
  for (const [name, title, standard, unit] of settings) {
    const wrong = withTimer(3, `<${name}>777</${name}>`);
    const says = `warning: The ${title} of Kea's DHCP server is 777${unit} on the secondary and ${standard} on the primary.`;
    checkRule(rule, pair(primary, marked(wrong, `<${name}>`, { on: '777', says })));
  }
});

test("kea-ha-timers-mismatch: the primary's value is copied", () => {
  checkFix(rule, {
    before: pair(withTimer(2, '<heartbeatdelay>5000</heartbeatdelay>'), secondary),
    after: pair(
      withTimer(2, '<heartbeatdelay>5000</heartbeatdelay>'),
      withTimer(3, '<heartbeatdelay>5000</heartbeatdelay>'),
    ),
  });
  checkFix(rule, {
    before: pair(primary, withTimer(3, '<maxackdelay>1</maxackdelay>')),
    after: pair(primary, withTimer(3, '<maxackdelay>60000</maxackdelay>')),
  });
});

test('kea-ha-timers-mismatch: a default that is written is no difference, and no number is none', () => {
  checkRule(rule, pair(primary, withTimer(3, '<heartbeatdelay>10000</heartbeatdelay>')));
  checkRule(rule, pair(withTimer(2, '<maxackdelay></maxackdelay>'), secondary));
  checkRule(rule, pair(primary, withTimer(3, '<heartbeatdelay>10s</heartbeatdelay>')));
});

test('kea-ha-timers-mismatch: silent where high availability is off on a node', () => {
  const wrong = withTimer(3, '<heartbeatdelay>5000</heartbeatdelay>');
  checkRule(rule, pair(primary, swap(wrong, '\t\t<ha>\n\t\t\t<enable></enable>\n', '\t\t<ha>\n')));
});
