import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-area-off.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkFix, checkRule, findingsIn } from '../../../harness/rule.ts';

function config(areas: string, body: string, version = '23.9'): string {
  const boxes = areas
    .split(' ')
    .filter(area => area !== '')
    .map(area => `\t\t<synchronize${area}>on</synchronize${area}>\n`)
    .join('');
  return `	<version>${version}</version>\n	<hasync>\n		<synchronizetoip>172.16.1.3</synchronizetoip>\n${boxes}	</hasync>\n${body}`;
}

function messages(source: string): string[] {
  return findingsIn([rule], parseFixture(source)).map(finding => finding.message);
}

const aliases = '	<aliases>\n		<alias><name>WEB</name></alias>\n	</aliases>\n';
const rules = '	<filter><rule><type>pass</type></rule></filter>\n';

test('sync-area-off: rules or NAT without aliases, on the box where there is one', () => {
  assert.deepEqual(messages(config('rules', aliases + rules)), [
    'The primary synchronises firewall rules, but not its aliases: the secondary may get rules that name aliases it does not have.',
  ]);
  checkRule(
    rule,
    `
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<synchronizenat>on</synchronizenat>
		<synchronizealiases></synchronizealiases>
		 ^^^^^^^^^^^^^^^^^^ warning: The primary synchronises NAT, but not its aliases: the secondary may get rules that name aliases it does not have.
	</hasync>
${aliases}`,
  );
});

test('sync-area-off: silent without a target, on a secondary, and where there is nothing to synchronise', () => {
  const off = '	<hasync>\n		<synchronizerules>on</synchronizerules>\n	</hasync>\n';
  assert.deepEqual(messages(off + aliases), []);
  assert.deepEqual(
    messages(`--- primary.xml\n${config('aliases', aliases)}--- secondary.xml\n${config('rules', aliases)}`),
    [],
  );
  assert.deepEqual(messages(config('rules', rules)), []);
  const initial =
    '	<system><webgui><ssl-certref>62a856d41c9a3</ssl-certref></webgui><user><name>admin</name><uid>0</uid></user></system>\n	<cert><refid>62a856d41c9a3</refid></cert>\n	<nat><outbound><mode>automatic</mode></outbound></nat>\n	<wol></wol>\n	<openvpn></openvpn>\n';
  assert.deepEqual(messages(config('rules', initial + rules)), []);
});

test('sync-area-off: what only the secondary has counts as well', () => {
  assert.deepEqual(
    messages(`--- primary.xml\n${config('nat', '')}--- secondary.xml\n	<version>23.9</version>\n${aliases}`),
    [
      'The primary synchronises NAT, but not its aliases: the secondary may get rules that name aliases it does not have.',
    ],
  );
});

test('sync-area-off: schedules go with rules, certificates with OpenVPN', () => {
  const schedules = '	<schedules><schedule><name>work</name></schedule></schedules>\n';
  const ca = '	<ca><refid>62a856d41c9a3</refid></ca>\n';
  assert.deepEqual(messages(config('rules openvpn', rules + schedules + ca)), []);
  assert.equal(messages(config('nat', schedules + ca)).length, 2);
});

test('sync-area-off: boxes of another version are not missed', () => {
  const relay =
    '	<dhcrelay><enable></enable></dhcrelay>\n	<load_balancer><lbpool><name>a</name></lbpool></load_balancer>\n';
  assert.deepEqual(messages(config('rules', relay, '19.1')), [
    'The primary does not synchronise its load balancer: what is changed there never reaches the secondary.',
  ]);
  assert.deepEqual(messages(config('rules', relay)), [
    'The primary does not synchronise its DHCP relay: what is changed there never reaches the secondary.',
  ]);
});

test('sync-area-off: silent on DHCP where the nodes divide the pool', () => {
  const served = (address: string, from: string) =>
    `	<interfaces><lan><enable></enable><ipaddr>${address}</ipaddr><subnet>24</subnet></lan></interfaces>\n	<dhcpd><lan><enable></enable><range><from>10.0.0.${from}0</from><to>10.0.0.${from}9</to></range></lan></dhcpd>\n`;
  const secondary = `--- secondary.xml\n	<version>23.9</version>\n`;
  assert.deepEqual(
    messages(`--- primary.xml\n${config('rules', served('10.0.0.2', '10'))}${secondary}${served('10.0.0.3', '11')}`),
    [],
  );
  assert.deepEqual(messages(`--- primary.xml\n${config('rules', served('10.0.0.2', '10'))}${secondary}`), [
    'The primary does not synchronise its DHCP server: what is changed there never reaches the secondary.',
  ]);
});

test('sync-area-off: the fix ticks the box; where the secondary would lose something it is dangerous', () => {
  checkFix(rule, { before: config('rules', aliases + rules), after: config('rules aliases', aliases + rules) });
  const applicability = (secondary: string) =>
    findingsIn(
      [rule],
      parseFixture(
        `--- primary.xml\n${config('rules', aliases)}--- secondary.xml\n	<version>23.9</version>\n${secondary}`,
      ),
    ).flatMap(finding => finding.fixes().map(fix => fix.applicability));
  assert.deepEqual(applicability(''), ['suggestion']);
  assert.deepEqual(applicability(aliases.replace('WEB', 'OTHER')), ['dangerous']);
});

test('sync-area-off: a target and no box at all is one finding, and one fix', () => {
  const before = config('', aliases + rules);
  assert.deepEqual(messages(before), [
    'The primary names 172.16.1.3 as the target of its configuration sync, but no area is ticked: nothing is sent.',
  ]);
  // pfSense's form writes the boxes in front of the target.
  const boxes = '\t\t<synchronizerules>on</synchronizerules>\n\t\t<synchronizealiases>on</synchronizealiases>\n';
  const after = before.replace('\t\t<synchronizetoip>', `${boxes}\t\t<synchronizetoip>`);
  checkFix(rule, { before, after, title: 'Synchronise all areas' });
});
