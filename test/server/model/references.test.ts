import assert from 'node:assert/strict';
import test from 'node:test';
import type { Config } from '../../../server/src/model/config.ts';
import { duplicatesOf, keyTitle } from '../../../server/src/model/references/duplicates.ts';
import {
  definitionsAt,
  definitionsOf,
  kindsOf,
  labelOf,
  nameElementOf,
  namesUsed,
  type ReferenceUse,
  resolve,
  retargetUse,
  slotsAt,
  undefinedReferences,
  userOf,
  usesIn,
  usesOf,
  usesOfNames,
} from '../../../server/src/model/references/references.ts';
import { readUnused } from '../../../server/src/model/references/unused.ts';
import { spanOf } from '../../../server/src/syntax/tree.ts';
import fc from '../../harness/fastCheck.ts';
import { configOf } from './readers.ts';

const text = `	<version>23.3</version>
	<interfaces>
		<wan><enable></enable><if>vmx0</if></wan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[DMZ]]></descr></opt1>
	</interfaces>
	<aliases>
		<alias><name>WEB</name><type>host</type><address>10.0.0.80 MAIL printer</address><descr><![CDATA[Web &amp; mail]]></descr></alias>
		<alias><name>MAIL</name><type>host</type><address>10.0.0.25</address></alias>
	</aliases>
	<gateways>
		<gateway_item><interface>wan</interface><name>WANGW</name></gateway_item>
		<gateway_group><name>BOTH</name><item>WANGW|1|_vip5f01</item></gateway_group>
	</gateways>
	<virtualip><vip><mode>carp</mode><interface>wan</interface><uniqid>5f01</uniqid><subnet>192.0.2.1</subnet></vip></virtualip>
	<filter>
		<rule><type>pass</type><interface>wan</interface><source><address>WEB</address></source><destination><network>opt1ip</network></destination><descr>a</descr></rule>
		<rule><type>pass</type><interface>wan,opt1</interface><floating>yes</floating><disabled></disabled><source><address>WEB</address></source></rule>
	</filter>
	<dhcpd><opt1><enable></enable></opt1></dhcpd>
	<dnshaper><queue><name>UP</name><queue><name>UP_A</name><queue><name>UP_B</name></queue></queue></queue></dnshaper>
	<cert><refid>5f0a</refid><descr><![CDATA[GUI]]></descr></cert>
	<cert><refid>5f0b</refid></cert>
`;

function shown(config: Config, use: ReferenceUse): string {
  const { start, end } = spanOf(use.place);
  const source = config.document.buffer.slice(start, end);
  return `${userOf(config, use)}: ${source}${use.isActive ? '' : ' (off)'}`;
}

test('references: the uses of a thing, with the place of each name', () => {
  const config = configOf(text);
  const uses = (kind: Parameters<typeof usesOf>[1], name: string) =>
    usesOf(config, kind, name).map(use => shown(config, use));
  assert.deepEqual(uses('alias', 'WEB'), ['Firewall rule (a): WEB', 'Firewall rule: WEB (off)']);
  assert.deepEqual(uses('alias', 'MAIL'), ['Alias (WEB): MAIL']);
  assert.deepEqual(uses('gateway', 'WANGW'), ['Gateway group (BOTH): WANGW']);
  assert.deepEqual(uses('vip', '5f01'), ['Gateway group (BOTH): _vip5f01']);
  assert.deepEqual(uses('interface', 'opt1'), [
    'Firewall rule (a): opt1ip',
    'Firewall rule: opt1 (off)',
    'DHCP server (opt1): opt1',
  ]);
  assert.deepEqual(uses('alias', 'printer'), []);
});

test('references: the names in one element', () => {
  const config = configOf(text);
  const rule = config.find('filter/rule');
  const network = rule?.find('destination/network');
  assert.ok(rule && network);
  const [use, ...others] = usesIn(config, network);
  assert.ok(use && others.length === 0);
  assert.deepEqual(resolve(config, use.slot, use.text), {
    is: 'defined',
    candidate: { kind: 'interface', name: 'opt1', from: 0, to: 4 },
    definitions: definitionsOf(config, 'interface').get('opt1'),
  });
  const address = config.find('aliases/alias/address');
  assert.ok(address);
  // An address is none; a host may be one.
  assert.deepEqual(
    usesIn(config, address).map(each => [each.text, each.from, resolve(config, each.slot, each.text).is]),
    [
      ['MAIL', 10, 'defined'],
      ['printer', 15, 'known'],
    ],
  );
  assert.deepEqual(usesIn(config, rule), []);
  const dhcp = config.find('dhcpd/opt1');
  assert.deepEqual(dhcp && usesIn(config, dhcp).map(each => shown(config, each)), ['DHCP server (opt1): opt1']);
});

test('references: what may be named in an element, also in one that is empty', () => {
  const config = configOf(
    '<filter><rule><source><address></address></source></rule></filter><aliases><alias><type>port</type><address></address></alias></aliases><gateways><gateway_group><item></item></gateway_group></gateways><dhcpd><lan></lan></dhcpd>',
  );
  const kinds = (path: string) => {
    const element = config.find(path);
    assert.ok(element, path);
    return slotsAt(config, element).map(({ slot }) => slot.targets.map(target => target.kind).join(' '));
  };
  assert.deepEqual(kinds('filter/rule/source/address'), ['alias']);
  assert.deepEqual(kinds('filter/rule/source'), []);
  assert.deepEqual(kinds('filter/rule'), []);
  // Of the slots for an alias of hosts and for one of ports, the latter.
  assert.deepEqual(kinds('aliases/alias/address'), ['alias']);
  assert.deepEqual(kinds('gateways/gateway_group/item'), ['gateway', 'vip']);
  assert.deepEqual(kinds('dhcpd/lan'), ['interface']);
  assert.deepEqual(kinds('filter'), []);
});

test('references: what an element is the name of', () => {
  const config = configOf(text);
  const at = (path: string) => {
    const element = config.find(path);
    assert.ok(element, path);
    return definitionsAt(config, element).map(({ kind, name }) => `${kind} ${name}`);
  };
  assert.deepEqual(at('aliases/alias/name'), ['alias WEB']);
  assert.deepEqual(at('interfaces/opt1'), ['interface opt1']);
  assert.deepEqual(at('aliases/alias/type'), []);
  assert.deepEqual(at('dnshaper/queue/queue/queue/name'), ['limiter UP_B']);
  assert.deepEqual(at('cert/refid'), ['certificate 5f0a']);
});

test('references: the things of a kind, with their names and labels', () => {
  const config = configOf(text);
  const all = (kind: Parameters<typeof definitionsOf>[1]) =>
    [...definitionsOf(config, kind).values()]
      .flat()
      .map(each => [each.name, labelOf(config, each), nameElementOf(each).name]);
  assert.deepEqual(all('alias'), [
    ['WEB', 'Web & mail', 'name'],
    ['MAIL', undefined, 'name'],
  ]);
  assert.deepEqual(all('interface'), [
    ['wan', undefined, 'wan'],
    ['opt1', 'DMZ', 'opt1'],
  ]);
  assert.deepEqual(
    all('limiter').map(([name]) => name),
    ['UP', 'UP_A', 'UP_B'],
  );
  assert.deepEqual(all('certificate'), [
    ['5f0a', 'GUI', 'refid'],
    ['5f0b', undefined, 'refid'],
  ]);
});

test('references: a name in CDATA or with a reference beside it has its place', () => {
  const config = configOf(
    '<interfaces><lan></lan></interfaces><aliases><alias><name>A</name><type>port</type><address><![CDATA[80 MISSING]]></address></alias><alias><name>B</name><type>port</type><address>80&#32;GONE</address></alias><alias><name>C</name><type>port</type><address>X&#88; XX</address></alias></aliases>',
  );
  const places = undefinedReferences(config).map(({ use }) => {
    const { start, end } = spanOf(use.place);
    return config.document.buffer.slice(start, end);
  });
  // Of XX the first is written another way.
  assert.deepEqual(places, ['MISSING', 'GONE', 'X&#88;', 'XX']);
});

test('references: a use is made one of another name, with the rest as it is', () => {
  const config = configOf(text);
  const [use] = usesOf(config, 'gateway', 'WANGW');
  assert.ok(use);
  const resolution = resolve(config, use.slot, use.text);
  assert.ok(resolution.is === 'defined');
  config.document.edit(retargetUse(config, use, { candidate: resolution.candidate, name: 'WAN2GW' }));
  assert.equal(config.text(config.find('gateways/gateway_group/item')), 'WAN2GW|1|_vip5f01');
});

test('references: what a missing name would be, in words', () => {
  const config = configOf(
    '<interfaces><lan></lan></interfaces><filter><rule><interface>opt7</interface></rule><rule><interface>GROUP</interface></rule></filter><openvpn><openvpn-server><interface>FAILOVER</interface></openvpn-server></openvpn>',
  );
  assert.deepEqual(
    undefinedReferences(config).map(({ use, candidate }) => kindsOf(use.slot, candidate)),
    ['interface', 'interface or interface group', 'interface or gateway group'],
  );
});

test('references: what is off counts as a use, and is told apart', () => {
  const config = configOf(text);
  const isUsed = namesUsed(config, 'alias');
  assert.deepEqual(['WEB', 'MAIL', 'printer', 'NONE'].map(isUsed), [true, true, true, false]);
  assert.ok(namesUsed(config, 'vip')('5f01'));
  assert.deepEqual(
    usesOfNames(config, 'alias', new Set(['WEB', 'MAIL'])).map(({ use, name }) => `${name}: ${shown(config, use)}`),
    ['WEB: Firewall rule (a): WEB', 'WEB: Firewall rule: WEB (off)', 'MAIL: Alias (WEB): MAIL'],
  );
});

/** What all of the above say of a config, to be compared. */
function state(of: Config) {
  return {
    undefined: undefinedReferences(of).map(({ use, candidate }) => [candidate.name, shown(of, use)]),
    unused: readUnused(of).map(({ title }) => title),
    duplicates: duplicatesOf(of).map(keyTitle),
    web: usesOf(of, 'alias', 'WEB').map(use => shown(of, use)),
    opt1: usesOf(of, 'interface', 'opt1').map(use => shown(of, use)),
    isUsed: ['WEB', 'MAIL', 'WANGW', 'opt1'].map(namesUsed(of, 'alias')),
  };
}

/** The same text, read from the beginning. */
function afresh(config: Config): Config {
  const fresh = configOf('');
  fresh.document.edit({ from: 0, to: fresh.document.buffer.length, text: config.document.buffer.toString() });
  return fresh;
}

test('references: edits count what they touch, and nothing is left of what they take away', () => {
  const config = configOf(text);
  state(config);
  const replace = (from: string, to: string) => {
    const at = config.document.buffer.toString().indexOf(from);
    assert.ok(at >= 0, from);
    config.document.edit({ from: at, to: at + from.length, text: to });
    assert.deepEqual(state(config), state(afresh(config)), `${from} → ${to}`);
  };
  replace('<address>WEB</address></source><destination>', '<address>WEBS</address></source><destination>');
  replace('<disabled></disabled>', '');
  replace('<name>MAIL</name>', '<name>WEB</name>');
  replace(
    '	<filter>\n',
    '	<filter>\n		<rule><interface>opt9</interface><source><address>NEW</address></source></rule>\n',
  );
  replace('<refid>5f0b</refid>', '<refid>5f0a</refid>');
  replace('<rule><type>pass</type><interface>wan</interface>', '<rule><type>pass</type><interface>opt1</interface>');
  replace('<refid>5f0a</refid><descr>', '<refid>5f0c</refid><descr>');
  replace('<name>WEB</name>', '<name>WEBS</name>');
  replace('WEBS', 'W');
  const before = JSON.stringify(state(config));
  assert.match(before, /opt9/);
});

test('references: whatever is edited, what was kept says the same as a fresh reading', () => {
  const tokens = ['WEB', 'MAIL', 'opt1', 'wan', '<rule>', '</rule>', '<disabled></disabled>', 'name>', 'a', ''];
  const edit = fc.record({
    at: fc.nat({ max: 0xffff }),
    length: fc.oneof(fc.constant(0), fc.nat({ max: 12 }), fc.nat({ max: 400 })),
    text: fc.constantFrom(...tokens),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), edits => {
      const config = configOf(text);
      for (const { at, length, text: inserted } of edits) {
        const { buffer } = config.document;
        const from = at % (buffer.length + 1);
        config.document.edit({ from, to: Math.min(buffer.length, from + length), text: inserted });
        assert.deepEqual(state(config), state(afresh(config)));
      }
    }),
    { numRuns: 60 },
  );
});
