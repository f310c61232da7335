import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/pfsync/pfsync-interface-gateway.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync } from '../../../harness/interfaces.ts';
import { checkFix, findingsIn } from '../../../harness/rule.ts';

const on = (key: string) => hasync({ pfsyncenabled: 'on', pfsyncinterface: key });
const node = (key: string, more: string, enable = '<enable></enable>') =>
  `\t<interfaces>\n\t\t<${key}>\n\t\t\t${enable}<ipaddr>172.16.1.2</ipaddr><subnet>24</subnet>\n${more}\t\t</${key}>\n\t</interfaces>\n`;
const gateway = (name: string, field = 'gateway') => `\t\t\t<${field}>${name}</${field}>\n`;

function found(source: string): string[] {
  return findingsIn([rule], parseFixture(source)).map(each => each.message);
}

test('pfsync-interface-gateway: in either family', () => {
  assert.deepEqual(found(node('opt1', gateway('GW4') + gateway('GW6', 'gatewayv6')) + on('opt1')), [
    'OPT1 carries pfsync and has the gateway GW4; the SYNC network leads nowhere.',
    'OPT1 carries pfsync and has the gateway GW6; the SYNC network leads nowhere.',
  ]);
});

test('pfsync-interface-gateway: silent without one, on the WAN, on a disabled interface, and without pfsync', () => {
  assert.deepEqual(found(node('opt1', gateway('') + gateway('none', 'gatewayv6')) + on('opt1')), []);
  assert.deepEqual(found(node('wan', gateway('WANGW')) + on('wan')), []);
  assert.deepEqual(found(node('opt1', gateway('GW4'), '') + on('opt1')), []);
  assert.deepEqual(found(node('opt1', gateway('GW4')) + hasync({ pfsyncinterface: 'opt1' })), []);
  assert.deepEqual(found(node('opt1', gateway('GW4')) + on('lan')), []);
});

test('pfsync-interface-gateway: the fix takes it off the interface', () => {
  checkFix(rule, {
    before: node('opt1', gateway('GW4')) + on('opt1'),
    after: node('opt1', '') + on('opt1'),
    title: 'Take the gateway GW4 off OPT1',
  });
});
