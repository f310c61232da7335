import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/pfsync/pfsync-disabled.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const sync = interfaces(iface('opt1', 'vmx2', { address: '172.16.1.2/24' }));
const on = hasync({ pfsyncenabled: 'on', pfsyncinterface: 'opt1' });

test('pfsync-disabled: an empty value is off, and told on its name', () => {
  checkRule(
    rule,
    `--- primary.xml
	<hasync>
		<pfsyncenabled></pfsyncenabled>
		 ^^^^^^^^^^^^^ error: pfsync is off on the primary, but enabled on the secondary: connections do not survive a fail-over.
	</hasync>
--- secondary.xml
${on}`,
  );
});

test('pfsync-disabled: off on both may be a decision, so it is a warning on the primary', () => {
  checkRule(
    rule,
    `--- primary.xml
	<hasync>
	 ^^^^^^ warning: pfsync is off on both nodes: connections do not survive a fail-over.
	</hasync>
--- secondary.xml
	<system></system>
`,
  );
});

test('pfsync-disabled: off on both is no fault where pf is turned off, too, and there are no states', () => {
  const routes = '\t<system><disablefilter>enabled</disablefilter></system>\n';
  checkRule(rule, pair(`${routes}${hasync({})}`, routes));
  const oneNode = findingsIn([rule], parseFixture(pair(`${routes}${hasync({})}`, '\t<system></system>\n')));
  assert.equal(oneNode.length, 1);
});

test('pfsync-disabled: a pair without hasync on the primary is not for this rule', () => {
  assert.deepEqual(findingsIn([rule], parseFixture(pair('\t<system></system>\n', '\t<system></system>\n'))), []);
});

test('pfsync-disabled: the fix goes where the form writes it, and takes the interface along', () => {
  checkFix(rule, {
    before: pair(sync + on, `${sync}${hasync({ synchronizetoip: '', username: '' })}`),
    after: pair(
      sync + on,
      `${sync}${hasync({ pfsyncenabled: 'on', pfsyncinterface: 'opt1', synchronizetoip: '', username: '' })}`,
    ),
    title: 'Turn pfsync on',
  });
});

test('pfsync-disabled: no fix where the nodes would then use different interfaces', () => {
  checkNoFix(rule, pair(on, hasync({ pfsyncinterface: 'lan' })));
  checkNoFix(rule, pair(on, hasync({ username: '' })));
});

test('pfsync-disabled: a missing section is told on the root and inserted', () => {
  checkFix(rule, {
    before: pair(sync + on, sync),
    after: pair(sync + on, `${sync}${on}`),
  });
});

test('pfsync-disabled: on both at once', () => {
  checkFix(rule, {
    before: pair(hasync({ pfsyncinterface: 'opt1' }), hasync({ pfsyncenabled: 'off', pfsyncinterface: 'opt1' })),
    after: pair(on, on),
    title: 'Turn pfsync on on both nodes',
  });
});

test('pfsync-disabled: a file without a root says nothing', () => {
  checkRule(rule, pair(hasync({ username: '' }), '<?xml version="1.0"?>\n'));
});

test('pfsync-disabled: no fix where no interface is chosen, or one that cannot carry pfsync', () => {
  checkNoFix(rule, pair(hasync({ username: '' }), hasync({ pfsyncenabled: 'off' })));
  const disabled = interfaces(iface('opt1', 'vmx2', { address: '172.16.1.3/24', isEnabled: false }));
  checkNoFix(rule, pair(on, disabled + hasync({ pfsyncinterface: 'opt1' })));
});

test('pfsync-disabled: a peer that is wrong is set right with it, on either node', () => {
  const node = (address: string, fields: Readonly<Record<string, string>>) =>
    interfaces(iface('opt1', 'vmx2', { address })) + hasync({ pfsyncinterface: 'opt1', ...fields });
  checkFix(rule, {
    before: pair(
      node('172.16.1.2/24', { pfsyncenabled: 'on', pfsyncpeerip: '172.16.1.9' }),
      node('172.16.1.3/24', { pfsyncenabled: '', pfsyncpeerip: '' }),
    ),
    after: pair(
      node('172.16.1.2/24', { pfsyncenabled: 'on', pfsyncpeerip: '172.16.1.3' }),
      node('172.16.1.3/24', { pfsyncenabled: 'on', pfsyncpeerip: '172.16.1.2' }),
    ),
    title: 'Turn pfsync on, with the peers 172.16.1.2 and 172.16.1.3',
  });
});

test('pfsync-disabled: a peer that is no address is mended with it, or there is no fix', () => {
  const node = (address: string, fields: Readonly<Record<string, string>>) =>
    interfaces(iface('opt1', 'vmx2', { address })) + hasync({ pfsyncinterface: 'opt1', ...fields });
  const secondary = node('172.16.1.3/24', { pfsyncenabled: 'on', pfsyncpeerip: '172.16.1.2' });
  checkFix(rule, {
    before: pair(node('172.16.1.2/24', { pfsyncenabled: '', pfsyncpeerip: 'fw-b' }), secondary),
    after: pair(node('172.16.1.2/24', { pfsyncenabled: 'on', pfsyncpeerip: '172.16.1.3' }), secondary),
  });
  checkNoFix(
    rule,
    pair(
      node('172.16.1.2/24', { pfsyncenabled: '', pfsyncpeerip: 'fw-b' }),
      node('dhcp', { pfsyncenabled: 'on', pfsyncpeerip: '172.16.1.2' }),
    ),
  );
});
