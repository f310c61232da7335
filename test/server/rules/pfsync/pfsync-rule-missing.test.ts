import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import rule from '../../../../server/src/rules/pfsync/pfsync-rule-missing.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces } from '../../../harness/interfaces.ts';
import { checkFix, findingsIn } from '../../../harness/rule.ts';

const sync = interfaces(
  iface('lan', 'vmx1', { address: '10.0.0.2/8' }),
  iface('opt1', 'vmx2', { descr: 'SYNC', address: '172.16.1.2/24' }),
);
const on = hasync({ pfsyncenabled: 'on', pfsyncinterface: 'opt1' });
const filter = (...rules: readonly string[]) =>
  `\t<filter>\n${rules.map(each => `\t\t<rule>${each}</rule>\n`).join('')}\t</filter>\n`;
const pass = (protocol: string) => `<interface>opt1</interface><protocol>${protocol}</protocol>`;

function found(source: string): number {
  return findingsIn([rule], parseFixture(source)).length;
}

test('pfsync-rule-missing: what lets pfsync in', () => {
  assert.equal(found(sync + filter(pass('tcp'), pass('carp')) + on), 1);
  assert.equal(found(sync + filter() + on), 1);
  assert.equal(found(sync + filter(pass('tcp'), pass('pfsync')) + on), 0);
  assert.equal(found(sync + filter('<interface>opt1</interface>') + on), 0, 'any protocol');
  assert.equal(found(sync + filter('<interface>nodes</interface>') + on), 0, 'an interface group');
  assert.equal(found(sync + filter(`${pass('pfsync')}<disabled></disabled>`) + on), 1);
});

test('pfsync-rule-missing: silent where pfsync does not run, where pf is off, and where there are no rules to look at', () => {
  assert.equal(found(sync + filter() + hasync({ pfsyncinterface: 'opt1' })), 0);
  assert.equal(found(sync + filter() + hasync({ pfsyncenabled: 'on', pfsyncinterface: 'opt9' })), 0);
  assert.equal(found(sync + filter() + hasync({ pfsyncenabled: 'on', pfsyncinterface: 'lo0' })), 0);
  assert.equal(found(sync + filter() + hasync({ pfsyncenabled: 'on' })), 0);
  assert.equal(found(sync + on), 0, 'no filter');
  assert.equal(
    found(`\t<system>\n\t\t<disablefilter>enabled</disablefilter>\n\t</system>\n${sync}${filter()}${on}`),
    0,
  );
  const disabled = interfaces(iface('opt1', 'vmx2', { address: '172.16.1.2/24', isEnabled: false }));
  assert.equal(found(disabled + filter() + on), 0);
});

test('pfsync-rule-missing: with IPv6 alone on the interface, a rule for IPv6 will do', () => {
  const six = interfaces(iface('opt1', 'vmx2', { address6: '2001:db8::2/64' }));
  assert.equal(found(six + filter(`<ipprotocol>inet6</ipprotocol>${pass('pfsync')}`) + on), 0);
  assert.equal(found(six + filter() + on), 1);
});

const added = `		<rule>
			<id></id>
			<tracker>1655200301</tracker>
			<type>pass</type>
			<interface>opt1</interface>
			<ipprotocol>inet</ipprotocol>
			<tag></tag>
			<tagged></tagged>
			<max></max>
			<max-src-nodes></max-src-nodes>
			<max-src-conn></max-src-conn>
			<max-src-states></max-src-states>
			<statetimeout></statetimeout>
			<statetype><![CDATA[keep state]]></statetype>
			<os></os>
			<protocol>pfsync</protocol>
			<source>
				<network>opt1</network>
			</source>
			<destination>
				<any></any>
			</destination>
			<descr><![CDATA[State synchronisation (pfsync)]]></descr>
		</rule>
`;

test('pfsync-rule-missing: the fix adds a rule behind the others, as pfSense writes it, with a tracker of its own', () => {
  const first = `\t\t<rule><tracker>1655200300</tracker>${pass('tcp')}</rule>\n`;
  const separator = '\t\t<separator></separator>\n';
  const before = `\t<filter>\n${first}${separator}\t</filter>\n`;
  checkFix(rule, {
    before: sync + before + on,
    after: `${sync}\t<filter>\n${first}${added}${separator}\t</filter>\n${on}`,
    title: 'Add a rule that lets pfsync in on SYNC (opt1)',
  });
  checkFix(rule, {
    before: sync + filter() + on,
    after: `${sync}\t<filter>\n${added.replace('1655200301', '1000000001')}\t</filter>\n${on}`,
  });
});

test('pfsync-rule-missing: the rule has the elements of the one in the tutorial', () => {
  const tags = (text: string) => [...text.matchAll(/<([a-z][\w-]*)>/g)].map(each => each[1]);
  const rules = readFileSync('samples/tutorial/main-pfSense.xml', 'utf8').split('<rule>');
  const written = rules.find(each => each.includes('<protocol>pfsync'))?.replace(/<updated>[\s\S]*/, '');
  assert.deepEqual(tags(added).slice(1), tags(written ?? ''));
});
