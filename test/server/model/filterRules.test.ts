import assert from 'node:assert/strict';
import test from 'node:test';
import { readFilterRules } from '../../../server/src/model/filterRules.ts';
import { parseFixture } from '../../harness/fixture.ts';

const { config } = parseFixture(`
	<filter>
		<rule></rule>
		<rule>
			<id></id><tracker>1655000001</tracker><type>pass</type><interface>opt1</interface><ipprotocol>inet46</ipprotocol>
			<protocol>pfsync</protocol><source><network>opt1</network></source><destination><any></any></destination>
			<descr><![CDATA[States]]></descr><nosync></nosync>
		</rule>
		<rule>
			<type>block</type><interface>wan, lan</interface><ipprotocol>inet6</ipprotocol><floating>yes</floating><direction>any</direction>
			<source><any></any></source><destination><address>2001:db8::1</address><port>443</port><not></not></destination><disabled></disabled>
		</rule>
		<rule>
			<interface>wan</interface><protocol>tcp</protocol><direction>out</direction><quick>yes</quick><nopfsync></nopfsync>
			<gateway>WANGW</gateway><sched>office</sched><associated-rule-id>nat_1</associated-rule-id>
			<source><any></any></source><destination><network>wanip</network></destination>
		</rule>
		<rule><type>match</type><floating>yes</floating><quick>yes</quick><direction>out</direction></rule>
		<separator><wan></wan></separator>
	</filter>
`).files[0]!;

test('filter rules: in the order of the file, without empty ones', () => {
  const rules = config.query(readFilterRules);
  assert.deepEqual(
    rules.map(rule => rule.action),
    ['pass', 'block', 'pass', 'match'],
  );
  assert.deepEqual(
    rules.map(rule => rule.interfaces),
    [['opt1'], ['wan', 'lan'], ['wan'], []],
  );
  assert.deepEqual(
    rules.map(rule => rule.family),
    ['both', 6, 4, 4],
  );
});

test('filter rules: direction and quick count in floating rules alone', () => {
  assert.deepEqual(
    config.query(readFilterRules).map(rule => [rule.isFloating, rule.direction, rule.isQuick]),
    [
      [false, 'in', true],
      [true, 'any', false],
      [false, 'in', true],
      [true, 'out', true],
    ],
  );
});

test('filter rules: endpoints, flags and references, with their elements', () => {
  const [states, blocked, forward] = config.query(readFilterRules);
  assert.ok(states && blocked && forward);
  assert.deepEqual(
    [states.source.kind, states.source.value?.value, states.destination.kind],
    ['network', 'opt1', 'any'],
  );
  assert.equal(states.protocol?.value, 'pfsync');
  assert.equal(states.tracker?.element.name, 'tracker');
  assert.deepEqual([states.isNotSynchronised, states.isDisabled, states.isStateLocal], [true, false, false]);
  const { destination } = blocked;
  assert.deepEqual(
    [destination.kind, destination.value?.value, destination.port?.value, destination.isInverted],
    ['address', '2001:db8::1', '443', true],
  );
  assert.equal(blocked.isDisabled, true);
  assert.deepEqual(
    [forward.gateway?.value, forward.schedule?.value, forward.associatedRule?.value, forward.isStateLocal],
    ['WANGW', 'office', 'nat_1', true],
  );
});
